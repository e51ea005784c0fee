internal import Kernels
package import Settings

/// Impartial loss balance (IMTL-L): learnt scales that make all scaled losses comparable.
///
/// `F = sum over k of (exp(s_k) l_k - s_k)` with weights `w_k = exp(s_k)`; `s` descends along
/// `dF/ds_k = exp(s_k) l_k - 1` together with the network and comes to rest where every scaled loss
/// is 1. It is twice UW's objective of form `half` with `-s` for its log-variance.
///
/// Weights are positive; their sum is free, K at the start. A loss that goes to 0 sends its weight to
/// infinity unless `clamp` is set. A negative loss would make F unbounded below and is refused.
///
/// Source: Liu, Li, Kuang, Xue, Chen, Yang, Liao and Zhang, "Towards Impartial Multi-Task Learning",
/// ICLR 2021, section 3.2.
///
/// Departures: none.
package struct ImpartialLossBalance: WeightingMethod {
  package static let name = "imtl_l"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Learn a scale for each loss so that all scaled losses become 1.",
    formula: "F = sum exp(s_k) l_k - s_k, w_k = exp(s_k)",
    source: "Liu et al., Towards Impartial Multi-Task Learning, ICLR 2021",
    passes: "1 backward",
    settings: [
      ("init", "start of the log-scales s, default 0, -20 to 20"),
      ("learning_rate", "of s, default the network's"),
      ("clamp", "keep s within -20 to 20, default false"),
    ],
    traps: ["It is 2 UW with s for -s: the same resting point, but under SGD twice the speed."]
  )

  package let sumFactor = 1.0
  package var state: [(name: String, values: [Double])] { [("log_scale", logScales.values)] }

  private let isClamped: Bool
  private var logScales: OwnParameters

  /// Log-scales beyond these mean weights outside 2e-9 to 5e8.
  private static let bounds = -20.0...20.0

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    logScales = try OwnParameters(
      context: context,
      initial: 0,
      in: ImpartialLossBalance.bounds,
      settings: &settings
    )
    isClamped = try settings.flag("clamp", default: false)
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
      let s = logScales.values[k]
      let weight = Portable.exp(s)
      result.shared[k] = weight
      result.heads[k] = weight
      result.objective += weight * step.losses[k] - s
      logScales.gradient[k] = weight * step.losses[k] - 1
    }
    logScales.descend(networkRate: step.learningRate)
    if isClamped { logScales.clamp(to: ImpartialLossBalance.bounds) }
  }

  package mutating func carry(_ memory: inout TaskMemory) { logScales.carry(&memory) }

  package mutating func restore(_ state: [String: [Double]]) {
    logScales.restore(state["log_scale"])
  }
}
