package import Settings

/// Optimal uncertainty weighting (UW-O): the inverse losses.
///
/// `w_k = 1 / l_k`, constant in the backward pass: the analytic optimum of the uncertainty objective.
/// Its gradient is that of `sum over k of log l_k`, so that runs equal those of `si`.
///
/// Weights are positive; their sum is free. Losses must be above 0; below 1e-12 they are raised by
/// 1e-8 first.
///
/// Source: Kirchdorfer, Elich, Kutsche, Stuckenschmidt, Schott and Köhler, "Analytical
/// Uncertainty-Based Loss Weighting in Multi-Task Learning", GCPR 2024.
///
/// Departures: the bound below which losses are raised. Settings: none.
package struct OptimalUncertaintyWeighting: WeightingMethod {
  package static let name = "uw_o"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Weigh tasks by their inverse losses.",
    formula: "w_k = 1 / l_k",
    source: "Kirchdorfer et al., Analytical Uncertainty-Based Loss Weighting, GCPR 2024",
    passes: "1 backward",
    traps: [
      "The gradient is that of the sum of log losses: the same method as si under another name."
    ]
  )

  package let sumFactor = 1.0

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {}

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(notAbove: 0)
    guard result.refusal == nil else { return }
    for k in 0..<step.taskCount {
      result.shared[k] = OptimalUncertaintyWeighting.inverse(of: step.losses[k])
    }
    result.useSharedAsObjective(of: step)
  }

  /// `1 / loss`, with a loss that is all but 0 raised by 1e-8 first.
  static func inverse(of loss: Double) -> Double {
    loss < 1e-12 ? 1 / (loss + 1e-8) : 1 / loss
  }
}
