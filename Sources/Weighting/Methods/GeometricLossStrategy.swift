internal import Kernels
package import Settings

/// Geometric loss strategy (GLS): the geometric mean of the losses.
///
/// `F = (product over k of l_k)^(1/K) = exp(mean over k of log l_k)`, computed through logarithms,
/// and `w_k = F / (K l_k)`.
///
/// Weights are positive; their sum is free. Multiplying one loss by a multiplies F by `a^(1/K)` and
/// leaves the direction of the update. Losses below 1e-30 are refused: at 0 the gradient is undefined.
///
/// Source: Chennupati, Sistu, Yogamani and Rawashdeh, "MultiNet++: Multi-Stream Feature Aggregation
/// and Geometric Loss Strategy for Multi-Task Learning", CVPR Workshops 2019.
///
/// Departures: none. Settings: none.
package struct GeometricLossStrategy: WeightingMethod {
  package static let name = "gls"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Train on the geometric mean of the task losses.",
    formula: "F = (prod l_k)^(1/K), w_k = F / (K l_k)",
    source: "Chennupati et al., MultiNet++, CVPR Workshops 2019",
    passes: "1 backward",
    traps: [
      "One library reports weights that are not those of the gradient; its training is right."
    ]
  )

  package let sumFactor = 1.0

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {}

  /// Losses below this are taken for 0.
  private static let smallestLoss = 1e-30

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(below: GeometricLossStrategy.smallestLoss)
    guard result.refusal == nil else { return }
    let taskCount = Double(step.taskCount)
    var meanLog = 0.0
    for k in 0..<step.taskCount { meanLog += Portable.log(step.losses[k]) / taskCount }
    result.objective = Portable.exp(meanLog)
    for k in 0..<step.taskCount {
      let weight = result.objective / (taskCount * step.losses[k])
      result.shared[k] = weight
      result.heads[k] = weight
    }
  }
}
