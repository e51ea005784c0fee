/// The scale of a run's weights and how its heads are trained: what makes a rule's native answer that
/// of the run.
struct WeightConvention: Sendable {
  let scale: ConfiguredMethod.Scale
  let heads: ConfiguredMethod.Heads

  /// The constant factor on a rule's native weights.
  func factor(of rule: any WeightingMethod) -> Double { scale == .native ? 1 : rule.sumFactor }

  /// Asks a rule about a step it serves all tasks of, and brings its answer to the convention; a weight
  /// that is not finite refuses the step.
  func answer(
    _ step: borrowing StepStatistics,
    by rule: inout any WeightingMethod,
    _ scaleFactor: Double,
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
    applyScale(scaleFactor, to: &result)
    resolveHeads(of: &result, family: rule.family, scaleFactor)
    if scale == .fixedSum { fixSum(of: &result, taskCount: step.isPresent.count { $0 }) }
    if let task = result.task(withWeightBeyond: .greatestFiniteMagnitude) {
      result.refusal = StepWeights.Refusal(task: task, reason: .nonFiniteWeight)
    }
  }

  private func applyScale(_ scaleFactor: Double, to result: inout StepWeights) {
    result.objective *= scaleFactor
    for k in result.shared.indices { result.shared[k] *= scaleFactor }
    switch result.update {
    case .combination: break
    case .groupCombinations:
      for i in result.groupShared.indices { result.groupShared[i] *= scaleFactor }
    case .direction, .representationDirection: result.sharedFactor *= scaleFactor
    }
  }

  private func resolveHeads(
    of result: inout StepWeights,
    family: MethodDescription.Family,
    _ scaleFactor: Double
  ) {
    for k in result.heads.indices {
      switch heads {
      case .native: if family == .loss { result.heads[k] *= scaleFactor }
      case .own: result.heads[k] = 1
      case .weighted: result.heads[k] = result.shared[k]
      }
    }
  }

  private func fixSum(of result: inout StepWeights, taskCount: Int) {
    let count = result.shared.count
    let sum = Double(taskCount)
    switch result.update {
    case .combination, .representationDirection:
      // Also where the weights are all 1 and so equal unweighted heads: their factor is 1.
      let areHeadsWeights = result.heads == result.shared
      guard let factor = Self.factor(bringing: result.shared, in: 0..<count, to: sum) else {
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
        if let factor = Self.factor(bringing: result.groupShared, in: group, to: sum) {
          for i in group { result.groupShared[i] *= factor }
        } else {
          result.isPolicy = true
        }
      }
    case .direction: preconditionFailure("a direction has no fixed sum")
    }
  }

  /// What brings the sum of the weights in a range to `wanted`; nil when no positive factor does.
  private static func factor(
    bringing weights: [Double],
    in range: Range<Int>,
    to wanted: Double
  ) -> Double? {
    var sum = 0.0
    var largest = 0.0
    for k in range {
      sum += weights[k]
      largest = max(largest, abs(weights[k]))
    }
    let factor = wanted / sum
    return sum > 0 && (factor * largest).isFinite ? factor : nil
  }
}
