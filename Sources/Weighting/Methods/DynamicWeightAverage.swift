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
  /// Sums of the losses of the current epoch, and the steps in them; shape [K].
  private var sums: [Double]
  private var stepCounts: [Double]
  /// Epochs ended in which the task had labels, shape [K].
  private var epochCounts: [Double]
  private var older: [Double]
  private var newer: [Double]
  /// `L_k(e-1) / L_k(e-2)`, 1 before there are two epochs; shape [K].
  private var ratios: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    temperature = try settings.number("temperature", default: 2, in: 1e-6...1e6)
    sums = Array(repeating: 0, count: context.taskCount)
    stepCounts = sums
    epochCounts = sums
    older = sums
    newer = sums
    ratios = Array(repeating: 1, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    let taskCount = Double(step.taskCount)
    let hasRatios = epochCounts.contains { $0 > 1 }
    for k in 0..<step.taskCount {
      let ratio = ratios[k]
      if ratio < 0 || !ratio.isFinite { result.isPolicy = true }
      result.shared[k] = hasRatios ? (ratio.isFinite ? ratio : 1) / temperature : 1
      sums[k] += step.losses[k]
      stepCounts[k] += 1
    }
    if hasRatios {
      Softmax.replace(&result.shared)
      for k in result.shared.indices { result.shared[k] *= taskCount }
    }
    result.useSharedAsObjective(of: step)
  }

  /// Closes the epoch's means; a task without a label in the epoch keeps those it has.
  package mutating func endEpoch() {
    for k in sums.indices where stepCounts[k] > 0 {
      older[k] = newer[k]
      newer[k] = sums[k] / stepCounts[k]
      sums[k] = 0
      stepCounts[k] = 0
      epochCounts[k] += 1
      if epochCounts[k] > 1 { ratios[k] = newer[k] / older[k] }
    }
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    memory.perTask(&sums)
    memory.perTask(&stepCounts)
    memory.perTask(&epochCounts)
    memory.perTask(&older)
    memory.perTask(&newer)
    memory.perTask(&ratios)
  }

  package mutating func restore(_ state: [String: [Double]]) {
    guard let older = state["average_two_epochs_ago"], let newer = state["average_last_epoch"]
    else { return }
    precondition(older.count == self.older.count && newer.count == self.newer.count)
    self.older = older
    self.newer = newer
    for k in ratios.indices {
      epochCounts[k] = 2
      ratios[k] = newer[k] / older[k]
    }
  }
}
