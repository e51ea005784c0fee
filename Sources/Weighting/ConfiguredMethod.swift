/// A method as one run uses it: the rule, the scale of its weights and its head convention.
package struct ConfiguredMethod: Sendable {
  /// How heads are trained beside a shared update.
  package enum Heads: String, CaseIterable, Sendable {
    /// As the method's source has it.
    case native
    /// Every head follows its own unweighted gradient.
    case own
    /// Head k follows its gradient times the weight of task k.
    case weighted
  }

  /// The scale of the weights.
  package enum Scale: String, CaseIterable, Sendable {
    /// That of the sum of losses: the native weights times `sumFactor`, a constant.
    case sum
    /// Weights rescaled at each step so that they sum to the number of tasks.
    case fixedSum = "fixed_sum"
    /// As the method's source has it.
    case native
  }

  /// The keys that every method has beside its own, with their meaning.
  package static let settings = [
    (
      key: "scale",
      meaning: "sum (default): on the scale of the sum of losses; fixed_sum: weights sum to K at "
        + "each step; native: as published"
    ),
    (key: "heads", meaning: "native (default): as the source has it; own; weighted"),
  ]

  package var rule: any WeightingMethod
  package let name: String
  package let heads: Heads
  /// Factor applied to the native shared weights and to weighted heads: 1 on native scale.
  package let scaleFactor: Double
  private let convention: WeightConvention
  private let maker: RuleMaker
  /// The rule that answered the last step, if that was without labels of some tasks.
  private var partial: (rule: any WeightingMethod, tasks: [Int])?

  /// - Parameters:
  ///   - maker: Makes the rule.
  ///   - rule: Of all tasks, at its start.
  ///   - scale: The scale of its weights.
  ///   - heads: How heads are trained.
  init(_ maker: RuleMaker, rule: any WeightingMethod, scale: Scale, heads: Heads) {
    self.maker = maker
    self.rule = rule
    self.heads = heads
    convention = WeightConvention(scale: scale, heads: heads)
    name = maker.type.name
    scaleFactor = convention.factor(of: rule)
  }

  /// Answers one step on this run's scale and with its head convention.
  ///
  /// A loss or a needed statistic that is not finite refuses the step before the rule sees it, so
  /// that no state changes. Otherwise `shared`, `groupShared` and `objective` come out times
  /// `scaleFactor`; for updates that are a vector of their own the factor goes into `sharedFactor`.
  /// With a fixed sum they are then rescaled once more, so that `shared` (or every group of
  /// `groupShared`) sums to the number of tasks, and heads that are the weights follow. A sum that is
  /// not positive leaves the weights as they are, and flags the step.
  ///
  /// A task without a label in the batch has no part in the step: the answer is that of the same rule
  /// for the other tasks, with what it remembers of them, on their scale; the absent task's weights
  /// are 0, and what the rule remembers of it stays. Without any label all weights are 0.
  ///
  /// - Parameters:
  ///   - step: What the step offers; all that `rule.needs` asks for must be valid.
  ///   - draws: The method's random draws.
  ///   - result: Overwritten; when its `refusal` is not nil, nothing else in it holds.
  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    partial = nil
    if step.hasAllTasks || rule.weighsAbsentTasks {
      convention.answer(step, by: &rule, scaleFactor, draws: &draws, into: &result)
    } else {
      weighPresent(step, draws: &draws, into: &result)
    }
    if step.endsEpoch, result.refusal == nil { rule.endEpoch() }
  }

  /// Tells the losses on the same batch after the parameter step, shape [K].
  package mutating func observe(lossesAfter losses: [Double]) {
    guard let partial else { return rule.observe(lossesAfter: losses) }
    var present = partial.rule
    present.observe(lossesAfter: partial.tasks.map { losses[$0] })
    TaskMemory.move(from: &present, Array(partial.tasks.indices), to: &rule, partial.tasks)
  }

  /// Answers for the tasks with a label by a rule of their own.
  private mutating func weighPresent(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    let isPresent = step.isPresent
    let present = isPresent.indices.filter { isPresent[$0] }
    result.clear()
    guard !present.isEmpty else {
      result.objective = 0
      return
    }
    var presentRule = maker.rule(of: present)
    TaskMemory.move(from: &rule, present, to: &presentRule, Array(present.indices))
    let presentStep = PresentStep(step, present: present)
    var answer = StepWeights(taskCount: present.count, buffersOf: result)
    convention.answer(
      presentStep.statistics,
      by: &presentRule,
      convention.factor(of: presentRule),
      draws: &draws,
      into: &answer
    )
    result.take(answer, of: present)
    guard answer.refusal == nil else { return }
    TaskMemory.move(from: &presentRule, Array(present.indices), to: &rule, present)
    partial = (presentRule, present)
  }
}
