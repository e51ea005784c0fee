internal import Kernels
package import Settings

/// Uncertainty weighting (UW): each task's observation noise is learnt and divides its loss.
///
/// `F = sum over k of (a_k exp(-s_k) l_k + s_k / 2)`, where `s_k` is the log-variance of task k.
/// Weights are `w_k = a_k exp(-s_k)`; `s` descends along `dF/ds_k = 1/2 - a_k exp(-s_k) l_k`
/// together with the network and comes to rest at `w_k = 1 / (2 l_k)`. With form `half` all `a_k` are
/// 1/2; with form `by_task` they are 1/2 for regressions and 1 for classifications, unless `factor`
/// gives them.
///
/// Weights are positive; their sum is free, K/2 at the start. A loss that goes to 0 sends its weight
/// to infinity unless `clamp` is set. A negative loss would make F unbounded below and is refused.
///
/// Source: Kendall, Gal and Cipolla, "Multi-Task Learning Using Uncertainty to Weigh Losses for
/// Scene Geometry and Semantics", CVPR 2018, equations 7 and 10.
///
/// Departures: the parameter is the log-variance, as the source recommends, never the variance;
/// `s` has no weight decay.
package struct UncertaintyWeighting: WeightingMethod {
  package static let name = "uw"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Learn each task's noise and divide its loss by it.",
    formula: "F = sum a_k exp(-s_k) l_k + s_k / 2, w_k = a_k exp(-s_k)",
    source: "Kendall et al., Multi-Task Learning Using Uncertainty to Weigh Losses, CVPR 2018",
    passes: "1 backward",
    settings: [
      ("form", "half (default): a_k = 1/2; by_task: 1/2 for regressions, 1 for classifications"),
      ("factor", "by_task only: the a_k themselves, one for each task"),
      ("init", "start of the log-variances s, default 0, -20 to 20"),
      ("learning_rate", "of s, default the network's"),
      ("clamp", "keep s within -20 to 20, default false"),
    ],
    traps: [
      "The parameter may be sigma, log sigma or log sigma^2; formulas differ by factors of 2.",
      "Some libraries start s at -0.5 or -0.7, or apply the network's weight decay to it.",
      "Some report exp(-s) as the weight. Ours is the derivative of F with respect to the loss.",
    ]
  )

  package let sumFactor = 1.0
  package var state: [(name: String, values: [Double])] { [("log_variance", logVariances.values)] }

  private let factors: [Double]
  private let isClamped: Bool
  private var logVariances: OwnParameters

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let form = try settings.choice("form", of: ["half", "by_task"], default: "half")
    if form == "half" {
      factors = Array(repeating: 0.5, count: context.taskCount)
    } else {
      factors = try context.taskNumbers(
        "factor",
        default: context.taskKinds.map { $0 == .regression ? 0.5 : 1 },
        in: 1e-6...1e6,
        &settings
      )
    }
    logVariances = try OwnParameters(
      context: context,
      initial: 0,
      in: UncertaintyWeighting.bounds,
      settings: &settings
    )
    isClamped = try settings.flag("clamp", default: false)
  }

  /// Log-variances beyond these mean weights outside 2e-9 to 5e8.
  private static let bounds = -20.0...20.0

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(below: 0)
    guard result.refusal == nil else { return }
    result.objective = 0
    for k in 0..<step.taskCount {
      let s = logVariances.values[k]
      let weight = factors[k] * Portable.exp(-s)
      result.shared[k] = weight
      result.heads[k] = weight
      result.objective += weight * step.losses[k] + s / 2
      logVariances.gradient[k] = 0.5 - weight * step.losses[k]
    }
    logVariances.descend(networkRate: step.learningRate)
    if isClamped { logVariances.clamp(to: UncertaintyWeighting.bounds) }
  }

  package mutating func carry(_ memory: inout TaskMemory) { logVariances.carry(&memory) }

  package mutating func restore(_ state: [String: [Double]]) {
    logVariances.restore(state["log_variance"])
  }
}
