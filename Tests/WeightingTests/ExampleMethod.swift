@testable package import Weighting

internal import Kernels
package import Settings

/// Loss-balanced task weighting (LBTW): less weight for tasks whose loss has fallen furthest.
///
/// `w_k = (l_k / l_k(0))^alpha`, with `l_k(0)` the loss of task k on the first batch of the epoch; the
/// weights are constants in the backward pass.
///
/// Weights are 0 or more and all 1 on the first batch of an epoch. Where `l_k(0)` is 0 the weight is
/// 1 and the step is flagged; a negative loss is refused.
///
/// Source: Liu, Liang and Gitter, "Loss-Balanced Task Weighting to Reduce Negative Transfer in
/// Multi-Task Learning", AAAI 2019 (student abstract), algorithm 1.
///
/// Departures: none.
package struct LossBalancedTaskWeighting: WeightingMethod {
  package static let name = "lbtw"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Weigh down the tasks whose loss has fallen furthest since the epoch began.",
    formula: "w_k = (l_k / l_k(0))^alpha, l_k(0) on the epoch's first batch",
    source: "Liu, Liang and Gitter, Loss-Balanced Task Weighting, AAAI 2019",
    passes: "1 backward",
    settings: [("alpha", "default 0.5, 0 to 10; 0 is equal weighting")],
    traps: ["Some versions keep the losses of the very first batch instead of each epoch's."]
  )

  package let sumFactor = 1.0
  private let alpha: Double
  /// Losses on the first batch of the epoch, and the epoch; shape [K].
  private var startLosses: [Double]
  private var epochs: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    alpha = try settings.number("alpha", default: 0.5, in: 0...10)
    startLosses = Array(repeating: 0, count: context.taskCount)
    epochs = Array(repeating: -1, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(below: 0)
    guard result.refusal == nil else { return }
    for k in 0..<step.taskCount {
      if epochs[k] != Double(step.epoch) {
        epochs[k] = Double(step.epoch)
        startLosses[k] = step.losses[k]
      }
      let ratio = step.losses[k] / startLosses[k]
      if !ratio.isFinite { result.isPolicy = true }
      result.shared[k] = ratio.isFinite ? Portable.pow(ratio, alpha) : 1
    }
    result.useSharedAsObjective(of: step)
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    memory.perTask(&startLosses)
    memory.perTask(&epochs)
  }
}
