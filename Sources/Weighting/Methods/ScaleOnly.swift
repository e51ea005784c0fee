package import Settings

/// The scale that inverse losses bring, without their balance: one weight for all tasks.
///
/// `w_k = K / sum over j of l_j`, the same for every task and a constant in the backward pass.
///
/// Rules whose weights grow as losses fall (`si`, `uw`, `imtl_l`, `gls`) do two things: they shift
/// weight between tasks, and they lengthen the step while training goes on, which acts like a rising
/// learning rate. This is the second alone. A rule balances tasks only where it does better than this.
///
/// Weights are positive and equal. Where the losses sum to 0 the weights are 1 and the step is flagged;
/// a negative loss is refused. One task: its weight is `1 / l`.
///
/// Source: none; a control of this benchmark.
///
/// Departures: none.
package struct ScaleOnly: WeightingMethod {
  package static let name = "scale_only"
  package static let description = MethodDescription(
    family: .control,
    idea: "Divide all losses by their mean: the scale of inverse losses without any balance.",
    formula: "w_k = K / sum_j l_j, the same for all tasks",
    source: "a control of this benchmark",
    passes: "1 backward",
    traps: ["With scale: fixed_sum it is equal weighting."]
  )

  package let sumFactor = 1.0

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {}

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(below: 0)
    guard result.refusal == nil else { return }
    var sum = 0.0
    for k in 0..<step.taskCount { sum += step.losses[k] }
    let weight = Double(step.taskCount) / sum
    let exists = weight.isFinite && weight > 0
    result.isPolicy = !exists
    for k in 0..<step.taskCount { result.shared[k] = exists ? weight : 1 }
    result.useSharedAsObjective(of: step)
  }
}
