package import Settings

/// Equal weights: the sum of the task losses.
///
/// `F = sum over k of l_k` (`reduction: sum`, w = 1) or `F = (1/K) sum over k of l_k`
/// (`reduction: mean`, w = 1/K, brought back to 1 on sum scale).
///
/// Source: classical; as a strong baseline in Kurin, De Palma, Kostrikov, Whiteson and Mudigonda,
/// "In Defense of the Unitary Scalarization for Deep Multi-Task Learning", NeurIPS 2022.
package struct EqualWeighting: WeightingMethod {
  package static let name = "equal"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Train on the plain sum of the task losses.",
    formula: "w_k = 1",
    source: "Kurin et al., In Defense of the Unitary Scalarization, NeurIPS 2022",
    passes: "1 backward",
    settings: [("reduction", "sum (default): w = 1; mean: w = 1/K")],
    traps: ["One library documents 1/K but sums; another has both. Ours sums."]
  )

  package let sumFactor: Double
  private let weight: Double

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let reduction = try settings.choice("reduction", of: ["sum", "mean"], default: "sum")
    weight = reduction == "mean" ? 1 / Double(context.taskCount) : 1
    sumFactor = 1 / weight
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.objective = 0
    for k in 0..<step.taskCount {
      result.shared[k] = weight
      result.heads[k] = weight
      result.objective += weight * step.losses[k]
    }
  }
}
