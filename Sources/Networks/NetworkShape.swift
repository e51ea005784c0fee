package import Kernels

/// What a network is built for.
package struct NetworkShape: Hashable, Sendable {
  package let input: InputForm
  /// Outputs of each task's head, shape [K].
  package let outputCounts: [Int]
  /// Which of the problem's tasks these are, shape [K]: a head starts from the same values whether
  /// it is trained alone or beside others.
  package let taskIndices: [Int]
  /// Rows of a training batch.
  package let batchRows: Int

  package init(input: InputForm, outputCounts: [Int], taskIndices: [Int], batchRows: Int) {
    self.input = input
    self.outputCounts = outputCounts
    self.taskIndices = taskIndices
    self.batchRows = batchRows
  }

  /// A shape whose input rows are columns in no order.
  package init(inputCount: Int, outputCounts: [Int], taskIndices: [Int], batchRows: Int) {
    self.init(
      input: .columns(inputCount),
      outputCounts: outputCounts,
      taskIndices: taskIndices,
      batchRows: batchRows
    )
  }

  package var inputCount: Int { input.count }
  package var taskCount: Int { outputCounts.count }
}
