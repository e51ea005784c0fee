internal import Kernels
package import Settings

/// Revised uncertainty weighting (RUW): UW with a regulariser that is never negative.
///
/// `F = sum over k of (l_k / (2 c_k^2) + ln(1 + c_k^2))` with weights `w_k = 1 / (2 c_k^2)`; `c`
/// descends along `dF/dc_k = -l_k / c_k^3 + 2 c_k / (1 + c_k^2)` together with the network.
///
/// Weights are positive; their sum is free, K/2 at the start. The sign of `c` has no meaning and 0 is
/// singular, so that `|c|` is kept at 1e-3 or more. A negative loss would make F unbounded below and
/// is refused.
///
/// Source: Liebel and Körner, "Auxiliary Tasks in Multi-task Learning", arXiv 1805.06334, 2018.
///
/// Departures: the bound on `|c|`.
package struct RevisedUncertaintyWeighting: WeightingMethod {
  package static let name = "ruw"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Learn each task's noise, paying ln(1 + c^2) for it.",
    formula: "F = sum l_k / (2 c_k^2) + ln(1 + c_k^2), w_k = 1 / (2 c_k^2)",
    source: "Liebel and Körner, Auxiliary Tasks in Multi-task Learning, arXiv 1805.06334, 2018",
    passes: "1 backward",
    settings: [
      ("init", "start of the noise scales c, default 1, 1e-3 to 1e3"),
      ("learning_rate", "of c, default the network's"),
    ],
    traps: ["Some code leaves out the 1/2, or writes log(1 + sigma) of another parameter."]
  )

  package let sumFactor = 1.0
  package var state: [(name: String, values: [Double])] { [("sigma", scales.values)] }

  private var scales: OwnParameters

  /// The least `|c|`: a weight of at most 5e5.
  private static let smallest = 1e-3

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    scales = try OwnParameters(
      context: context,
      initial: 1,
      in: RevisedUncertaintyWeighting.smallest...1e3,
      settings: &settings
    )
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(below: 0)
    guard result.refusal == nil else { return }
    result.objective = 0
    for k in 0..<step.taskCount {
      let c = scales.values[k]
      let weight = 1 / (2 * c * c)
      result.shared[k] = weight
      result.heads[k] = weight
      result.objective += weight * step.losses[k] + Portable.log1p(c * c)
      scales.gradient[k] = -step.losses[k] / (c * c * c) + 2 * c / (1 + c * c)
    }
    scales.descend(networkRate: step.learningRate)
    for k in scales.values.indices {
      let c = scales.values[k]
      let smallest = RevisedUncertaintyWeighting.smallest
      if abs(c) < smallest { scales.set(k, to: c < 0 ? -smallest : smallest) }
    }
  }

  package mutating func carry(_ memory: inout TaskMemory) { scales.carry(&memory) }

  package mutating func restore(_ state: [String: [Double]]) {
    scales.restore(state["sigma"])
  }
}
