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

  package var rule: any WeightingMethod
  package let name: String
  package let heads: Heads
  /// Factor applied to the native shared weights and to weighted heads: 1 on native scale.
  package let scaleFactor: Double
  /// Whether the weights are then rescaled so that they sum to the number of tasks.
  private let fixesSum: Bool
  /// Whether the rule's native head factors are weights, which the scale applies to.
  private let hasWeightedHeads: Bool

  package init(
    rule: any WeightingMethod,
    name: String,
    heads: Heads,
    scaleFactor: Double,
    fixesSum: Bool = false
  ) {
    self.rule = rule
    self.name = name
    self.heads = heads
    self.scaleFactor = scaleFactor
    self.fixesSum = fixesSum
    hasWeightedHeads = rule.family == .loss
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
    if fixesSum { fixSum(of: &result) }
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

  private func fixSum(of result: inout StepWeights) {
    let count = result.shared.count
    switch result.update {
    case .combination, .representationDirection:
      // Also where the weights are all 1 and so equal unweighted heads: their factor is 1.
      let areHeadsWeights = result.heads == result.shared
      guard let factor = Self.factor(fixing: result.shared, in: 0..<count) else {
        result.isPolicy = true
        return
      }
      result.objective *= factor
      for k in 0..<count { result.shared[k] *= factor }
      if areHeadsWeights { for k in 0..<count { result.heads[k] = result.shared[k] } }
      // What a combination is clipped by would change its sum.
      if case .combination = result.update {
        result.sharedFactor = 1
      } else {
        result.sharedFactor *= factor
      }
    case .groupCombinations:
      for start in stride(from: 0, to: result.groupShared.count, by: count) {
        let group = start..<start + count
        if let factor = Self.factor(fixing: result.groupShared, in: group) {
          for i in group { result.groupShared[i] *= factor }
        } else {
          result.isPolicy = true
        }
      }
    case .direction: preconditionFailure("\(name) answers a direction; no fixed sum")
    }
  }

  /// What makes the weights in a range sum to their number; nil when no positive factor does.
  private static func factor(fixing weights: [Double], in range: Range<Int>) -> Double? {
    var sum = 0.0
    var largest = 0.0
    for k in range {
      sum += weights[k]
      largest = max(largest, abs(weights[k]))
    }
    let factor = Double(range.count) / sum
    return sum > 0 && (factor * largest).isFinite ? factor : nil
  }
}
