/// The checks a step passes before a rule may use it; a rule that refuses changes no state.
extension StepStatistics {
  /// The first task in the batch with a loss, or a statistic that `needs` asks for, which is not finite.
  ///
  /// Of an inner-product matrix of one batch the diagonal is looked at: a task gradient that is not finite makes
  /// its own entry so, and only the diagonal tells which task it was.
  package func nonFiniteTask(needs: StepNeeds) -> StepWeights.Refusal? {
    for k in 0..<taskCount where isPresent[k] && !isFinite(task: k, needs: needs.kinds) {
      return StepWeights.Refusal(task: k, reason: .nonFinite)
    }
    return nil
  }

  private func isFinite(task k: Int, needs: StepNeeds.Kinds) -> Bool {
    let diagonal = k * taskCount + k
    var sum = losses[k]
    if needs.contains(.lastLayerNorms) || needs.contains(.sharedNorms) { sum += gradientNorms[k] }
    if needs.contains(.gramian) || needs.contains(.representationGramian) {
      sum += gramian[diagonal]
    }
    if needs.contains(.crossGramian) {
      // Of two batches: a finite diagonal does not bound the rest.
      for j in 0..<taskCount where isPresent[j] { sum += abs(crossGramian[k * taskCount + j]) }
    }
    if needs.contains(.lookAhead) { sum += lookAheadSlopes[k] }
    if needs.contains(.groupGramians) {
      for entry in stride(from: diagonal, to: groupGramians.count, by: taskCount * taskCount) {
        sum += groupGramians[entry]
      }
    }
    guard sum.isFinite else { return false }
    if needs.contains(.jacobian) {
      guard unsafe isFinite(row: k, of: jacobian) else { return false }
    }
    if needs.contains(.representation) {
      guard unsafe isFinite(row: k, of: representationGradients) else { return false }
    }
    return true
  }

  /// Whether row k of a matrix of `taskCount` rows is finite: `x - x` is 0 for finite numbers only.
  private func isFinite(row k: Int, of matrix: UnsafeMutableBufferPointer<Double>) -> Bool {
    let columns = matrix.count / taskCount
    var difference = SIMD8<Double>()
    var column = 0
    while column + 8 <= columns {
      for lane in 0..<8 {
        let value = unsafe matrix[k * columns + column + lane]
        difference[lane] += value - value
      }
      column += 8
    }
    while column < columns {
      let value = unsafe matrix[k * columns + column]
      difference[0] += value - value
      column += 1
    }
    return difference.sum() == 0
  }

  /// The first task whose loss is below `bound`.
  func taskWithLoss(below bound: Double) -> StepWeights.Refusal? {
    for k in 0..<taskCount where losses[k] < bound {
      return StepWeights.Refusal(task: k, reason: .nonPositiveLoss)
    }
    return nil
  }

  /// The first task whose loss is not above `bound`.
  func taskWithLoss(notAbove bound: Double) -> StepWeights.Refusal? {
    for k in 0..<taskCount where losses[k] <= bound {
      return StepWeights.Refusal(task: k, reason: .nonPositiveLoss)
    }
    return nil
  }
}
