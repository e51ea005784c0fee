package import Settings

/// Fixed weights: a linear scalarization of the task losses.
///
/// `F = sum over k of alpha_k l_k`, where `alpha` are the weights given. A weight of 0 switches a
/// task off. On sum scale the weights are multiplied by `K / sum(alpha)`. A sweep over weights is the
/// rival every adaptive method must beat.
///
/// Source: classical; Xin, Ghorbani, Gilmer, Garg and Firat, "Do Current Multi-Task Optimization
/// Methods in Deep Learning Even Help?", NeurIPS 2022.
package struct StaticWeighting: WeightingMethod {
  package static let name = "static"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Train on a fixed combination of the task losses.",
    formula: "w_k = alpha_k",
    source: "Xin et al., Do Current Multi-Task Optimization Methods Even Help?, NeurIPS 2022",
    passes: "1 backward",
    settings: [("weights", "one for each task, 0 or more, not all 0; required")],
    traps: ["On native scale the sum of the weights is a hidden learning rate."]
  )

  package static func exampleSettings(taskCount: Int) -> String {
    "weights: \(Array(repeating: 0.7, count: taskCount))"
  }

  package let sumFactor: Double
  private let weights: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let count = context.allTaskCount
    let all = try settings.numbers(
      "weights",
      default: nil,
      in: StaticWeighting.range,
      count: count...count
    )
    let sum = all.reduce(0, +)
    guard sum > 0 else { throw settings.error("weights", "expected a weight above 0") }
    sumFactor = Double(count) / sum
    weights = context.present?.map { all[$0] } ?? all
  }

  /// Far beyond any useful weight, and far from overflow.
  private static let range = 0.0...1e9

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.objective = 0
    for k in 0..<step.taskCount {
      result.shared[k] = weights[k]
      result.heads[k] = weights[k]
      result.objective += weights[k] * step.losses[k]
    }
  }
}
