package import Problems

/// The tasks one run trains, chosen from those of its problem.
package struct TrainingTasks: Sendable {
  package let data: ProblemData
  /// Positions in the problem's list of tasks, ascending, shape [K].
  package let indices: [Int]

  /// - Parameters:
  ///   - data: The problem's data.
  ///   - indices: The tasks to train, nil for all of them.
  package init(_ data: ProblemData, indices: [Int]? = nil) {
    self.data = data
    self.indices = indices ?? Array(data.tasks.indices)
  }

  package var count: Int { indices.count }
  package subscript(_ task: Int) -> TaskDescription { data.tasks[indices[task]] }

  /// The loss of each task as a step computes it, shape [K].
  var lossKernels: [LossKernel] {
    (0..<count).map { LossKernel(self[$0], targetColumns: targetColumns(of: $0)) }
  }

  /// Columns of the task's targets in the target matrices.
  package func targetColumns(of task: Int) -> Range<Int> {
    let first = data.targetOffsets[indices[task]]
    return first..<first + self[task].targetCount
  }
}
