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

  package var rule: any WeightingMethod
  package let name: String
  package let heads: Heads
  /// Factor applied to the native shared weights and to weighted heads: 1 on native scale.
  package let scaleFactor: Double
  /// Whether the rule's native head factors are weights, which the scale applies to.
  private let hasWeightedHeads: Bool

  package init(rule: any WeightingMethod, name: String, heads: Heads, scaleFactor: Double) {
    self.rule = rule
    self.name = name
    self.heads = heads
    self.scaleFactor = scaleFactor
    hasWeightedHeads = rule.family == .loss
  }

  /// Answers one step on this run's scale and with its head convention.
  ///
  /// A loss or a needed statistic that is not finite refuses the step before the rule sees it, so
  /// that no state changes. Otherwise `shared`, `groupShared` and `objective` come out times
  /// `scaleFactor`; for updates that are a vector of their own the factor goes into `sharedFactor`.
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
    result.update = .combination
    result.sharedFactor = 1
    result.objective = .nan
    result.isPolicy = false
    result.refusal = step.nonFiniteTask(needs: rule.needs)
    guard result.refusal == nil else { return }
    rule.weigh(step, draws: &draws, into: &result)
    guard result.refusal == nil else { return }
    applyScale(to: &result)
    resolveHeads(of: &result)
  }

  private func applyScale(to result: inout StepWeights) {
    result.objective *= scaleFactor
    for k in result.shared.indices { result.shared[k] *= scaleFactor }
    switch result.update {
    case .combination: break
    case .groupCombinations:
      for i in result.groupShared.indices { result.groupShared[i] *= scaleFactor }
    case .direction, .representationDirection: result.sharedFactor *= scaleFactor
    }
  }

  private func resolveHeads(of result: inout StepWeights) {
    for k in result.heads.indices {
      switch heads {
      case .native: if hasWeightedHeads { result.heads[k] *= scaleFactor }
      case .own: result.heads[k] = 1
      case .weighted: result.heads[k] = result.shared[k]
      }
    }
  }
}
