internal import Kernels
package import Settings

/// Scale-invariant loss (SI): the sum of the logarithms of the losses.
///
/// Form `log`: `F = sum over k of log l_k`, `w_k = 1 / l_k`. Form `log1p`:
/// `F = sum over k of log(1 + l_k)`, `w_k = 1 / (1 + l_k)`, which is not scale invariant.
///
/// Weights are positive; their sum is free. Form `log` refuses losses that are not above 0, form
/// `log1p` those not above -1.
///
/// Source: as a baseline in Navon, Shamsian, Achituve, Maron, Kawaguchi, Chechik and Fetaya,
/// "Multi-Task Learning as a Bargaining Game", ICML 2022.
///
/// Departures: none.
package struct ScaleInvariantLoss: WeightingMethod {
  package static let name = "si"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Train on the sum of the log losses.",
    formula: "F = sum log l_k, w_k = 1 / l_k",
    source: "Navon et al., Multi-Task Learning as a Bargaining Game, ICML 2022 (baseline)",
    passes: "1 backward",
    settings: [("form", "log (default) or log1p")],
    traps: ["One published benchmark uses log(1 + l), which is not scale invariant."]
  )

  package let sumFactor = 1.0

  /// What is added to a loss before its logarithm is taken.
  private let shift: Double

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    shift = try settings.choice("form", of: ["log", "log1p"], default: "log") == "log" ? 0 : 1
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(notAbove: -shift)
    guard result.refusal == nil else { return }
    result.objective = 0
    for k in 0..<step.taskCount {
      let weight = 1 / (shift + step.losses[k])
      result.shared[k] = weight
      result.heads[k] = weight
      result.objective +=
        shift == 0 ? Portable.log(step.losses[k]) : Portable.log1p(step.losses[k])
    }
  }
}
