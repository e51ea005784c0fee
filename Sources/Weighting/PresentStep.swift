/// A step as a rule of some of the tasks sees it: their statistics, and nothing of the others.
@safe final class PresentStep {
  /// The statistics of the tasks in `present`; its task gradients belong to this object.
  private(set) var statistics: StepStatistics

  /// - Parameters:
  ///   - step: Of all tasks.
  ///   - present: Positions of the tasks with a label, ascending.
  init(_ step: borrowing StepStatistics, present: [Int]) {
    let square = step.taskCount * step.taskCount
    let pairs = present.flatMap { first in present.map { first * step.taskCount + $0 } }
    statistics = StepStatistics(taskCount: present.count)
    statistics.step = step.step
    statistics.epoch = step.epoch
    statistics.endsEpoch = step.endsEpoch
    statistics.learningRate = step.learningRate
    for (index, task) in present.enumerated() {
      statistics.losses[index] = step.losses[task]
      statistics.validationLosses[index] = step.validationLosses[task]
      statistics.gradientNorms[index] = step.gradientNorms[task]
      statistics.lookAheadSlopes[index] = step.lookAheadSlopes[task]
    }
    for (index, pair) in pairs.enumerated() {
      statistics.gramian[index] = step.gramian[pair]
      statistics.crossGramian[index] = step.crossGramian[pair]
    }
    for group in stride(from: 0, to: step.groupGramians.count, by: square) {
      for pair in pairs { statistics.groupGramians.append(step.groupGramians[group + pair]) }
    }
    unsafe statistics.representation = step.representation
    unsafe statistics.jacobian = rows(present, of: step.jacobian, step.taskCount)
    unsafe statistics.representationGradients =
      rows(present, of: step.representationGradients, step.taskCount)
  }

  deinit {
    unsafe statistics.jacobian.deallocate()
    unsafe statistics.representationGradients.deallocate()
  }
}

/// A copy of some rows of a matrix of `rowCount` rows.
private func rows(
  _ present: [Int],
  of matrix: UnsafeMutableBufferPointer<Double>,
  _ rowCount: Int
) -> UnsafeMutableBufferPointer<Double> {
  let columns = matrix.count / rowCount
  let copy = UnsafeMutableBufferPointer<Double>.allocate(capacity: present.count * columns)
  for (index, task) in present.enumerated() {
    for column in 0..<columns {
      unsafe copy.initializeElement(
        at: index * columns + column,
        to: matrix[task * columns + column]
      )
    }
  }
  return unsafe copy
}
