package import Settings

/// Soft optimal uncertainty weighting (UW-SO): the softmax of the inverse losses.
///
/// `w = softmax((1 / l) / T)`, constant in the backward pass, and `F = sum over k of w_k l_k`:
/// the optimum of the uncertainty objective, `1 / l_k`, tamed by a softmax of temperature T.
///
/// Weights are positive and sum to 1 (K on sum scale). A small T makes them one-hot on the *smallest*
/// loss. Losses must be above 0; below 1e-12 they are raised by 1e-8 first.
///
/// Source: Kirchdorfer, Elich, Kutsche, Stuckenschmidt, Schott and Köhler, "Analytical
/// Uncertainty-Based Loss Weighting in Multi-Task Learning", GCPR 2024.
///
/// Departures: the source searches T for every problem; it is 1 unless set.
package struct SoftOptimalUncertaintyWeighting: WeightingMethod {
  package static let name = "uw_so"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Weigh tasks by a softmax of their inverse losses.",
    formula: "w = softmax((1 / l) / T)",
    source: "Kirchdorfer et al., Analytical Uncertainty-Based Loss Weighting, GCPR 2024",
    passes: "1 backward",
    settings: [("temperature", "T, default 1, 1e-6 to 1e6; must be tuned")],
    traps: ["Library forks omit the stop-gradient: the weights are constants in the backward pass."]
  )

  package let sumFactor: Double

  private let temperature: Double

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    temperature = try settings.number("temperature", default: 1, in: 1e-6...1e6)
    sumFactor = Double(context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(notAbove: 0)
    guard result.refusal == nil else { return }
    for k in 0..<step.taskCount {
      result.shared[k] = OptimalUncertaintyWeighting.inverse(of: step.losses[k]) / temperature
    }
    Softmax.replace(&result.shared)
    result.useSharedAsObjective(of: step)
  }
}
