package import Settings

/// Dynamic weight average (DWA): more weight for tasks whose loss fell least from epoch to epoch.
///
/// With `L_k(e)` the mean loss of task k over all batches of epoch e, `r_k = L_k(e-1) / L_k(e-2)` and
/// `w = K softmax(r / T)`; in the first two epochs `w = 1`. Weights are constant within an epoch.
///
/// Weights are positive and sum to K. A ratio with a denominator of 0 counts as 1, and losses that
/// change sign are outside the method's domain; both are flagged. One task has weight 1.
///
/// Source: Liu, Johns and Davison, "End-to-End Multi-Task Learning with Attention", CVPR 2019,
/// equation 7.
///
/// Departures: none.
///
/// Settings: `temperature` (T, default 2, from 1e-6 to 1e6).
package struct DynamicWeightAverage: WeightingMethod {
  package static let name = "dwa"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Weigh up the tasks whose mean loss fell least over the last two epochs.",
    formula: "w = K softmax(r / T), r_k = L_k(e-1) / L_k(e-2)",
    source: "Liu et al., End-to-End Multi-Task Learning with Attention, CVPR 2019",
    passes: "1 backward",
    settings: [("temperature", "T, default 2, 1e-6 to 1e6")],
    traps: [
      "Some benchmarks replace epochs by windows of 25 steps and divide the weights by K.",
      "Ours uses true epochs.",
    ]
  )

  package let sumFactor = 1.0
  package var state: [(name: String, values: [Double])] {
    [("average_two_epochs_ago", older), ("average_last_epoch", newer)]
  }

  private let temperature: Double
  /// Sums of the losses of the current epoch, shape [K].
  private var sums: [Double]
  private var stepsInEpoch = 0
  private var epochsEnded = 0
  private var older: [Double]
  private var newer: [Double]
  /// The weights of the current epoch, shape [K].
  private var weights: [Double]
  private var isOutsideDomain = false

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    temperature = try settings.number("temperature", default: 2, in: 1e-6...1e6)
    sums = Array(repeating: 0, count: context.taskCount)
    older = sums
    newer = sums
    weights = Array(repeating: 1, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    for k in 0..<step.taskCount {
      result.shared[k] = weights[k]
      sums[k] += step.losses[k]
    }
    result.useSharedAsObjective(of: step)
    result.isPolicy = isOutsideDomain
    stepsInEpoch += 1
    if step.endsEpoch { endEpoch() }
  }

  private mutating func endEpoch() {
    for k in sums.indices {
      older[k] = newer[k]
      newer[k] = sums[k] / Double(stepsInEpoch)
      sums[k] = 0
    }
    stepsInEpoch = 0
    epochsEnded += 1
    if epochsEnded > 1 { updateWeights() }
  }

  private mutating func updateWeights() {
    isOutsideDomain = false
    for k in weights.indices {
      var ratio = newer[k] / older[k]
      if ratio < 0 || !ratio.isFinite { isOutsideDomain = true }
      if !ratio.isFinite { ratio = 1 }
      weights[k] = ratio / temperature
    }
    Softmax.replace(&weights)
    for k in weights.indices { weights[k] *= Double(weights.count) }
  }

  package mutating func restore(_ state: [String: [Double]]) {
    guard let older = state["average_two_epochs_ago"], let newer = state["average_last_epoch"]
    else { return }
    precondition(older.count == self.older.count && newer.count == self.newer.count)
    self.older = older
    self.newer = newer
    epochsEnded = 2
    updateWeights()
  }
}
