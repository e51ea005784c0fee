package import Settings

/// Equal weights with a step of constant length: the summed gradient, normed.
///
/// `w_k = sqrt(K / 1^T G 1)`, the same for every task, so that `d = sum over k of w_k g_k` has the
/// length `sqrt(K)`. G is the Gramian of the task gradients.
///
/// Rules that answer a direction of fixed length (`nash_mtl` without its clip) take away what the
/// length of the gradient tells an optimizer, beside what they do for the balance of tasks. This is the
/// first alone. A rule balances tasks only where it does better than this.
///
/// Weights are positive and equal. Where the gradients sum to 0 the weights are 1 and the step is
/// flagged. One task: its gradient has length 1. Heads are not weighted.
///
/// Source: none; a control of this benchmark.
///
/// Departures: none.
package struct UnitLength: WeightingMethod {
  package static let name = "unit"
  package static let description = MethodDescription(
    family: .control,
    idea: "Follow the sum of the task gradients with a step of constant length.",
    formula: "w_k = sqrt(K / 1^T G 1), the same for all tasks; |d| = sqrt(K)",
    source: "a control of this benchmark",
    passes: "K backward",
    traps: ["Adam norms its steps already; under SGD the length no longer shrinks by itself."]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor = 1.0

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {}

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    var largest = 0.0
    for k in 0..<step.taskCount { largest = max(largest, step.gramian[k * step.taskCount + k]) }
    // In units of the longest gradient, so that no sum overflows.
    var squaredNorm = 0.0
    for product in step.gramian { squaredNorm += product / largest }
    // A sum below the rounding of its terms is that of gradients which cancel.
    let exists = squaredNorm > Double(step.gramian.count) * Double.ulpOfOne
    let weight = (Double(step.taskCount) / squaredNorm / largest).squareRoot()
    result.isPolicy = !exists
    result.fill(shared: exists ? weight : 1, heads: 1)
  }
}
