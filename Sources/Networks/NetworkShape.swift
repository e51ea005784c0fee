/// What a network is built for.
package struct NetworkShape: Hashable, Sendable {
  package let inputCount: Int
  /// Outputs of each task's head, shape [K].
  package let outputCounts: [Int]
  /// Which of the problem's tasks these are, shape [K]: a head starts from the same values whether
  /// it is trained alone or beside others.
  package let taskIndices: [Int]
  /// Rows of a training batch.
  package let batchRows: Int

  package init(inputCount: Int, outputCounts: [Int], taskIndices: [Int], batchRows: Int) {
    self.inputCount = inputCount
    self.outputCounts = outputCounts
    self.taskIndices = taskIndices
    self.batchRows = batchRows
  }

  package var taskCount: Int { outputCounts.count }
}
