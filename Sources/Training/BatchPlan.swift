internal import Problems

/// Which training rows the batches of a run are made of, and how many of them.
///
/// Where the tasks have their rows in common, a batch is one block of rows that may be labelled for
/// every task. Where each has rows of its own, it is a block for every task that is trained, side by
/// side, each drawn from that task's rows alone: the targets of the others are missing there, and the
/// loss of a task is the mean over its own block. A task's blocks are the same rows whatever is trained
/// beside it.
///
/// An epoch is one pass over all rows; where tasks have rows of their own, over those of the task with
/// the most steps, trained or not, so that single-task networks train as long as others. Tasks with
/// fewer begin anew meanwhile, in another order.
package struct BatchPlan: Sendable {
  /// What one block of every batch is drawn from.
  struct Block: Sendable {
    /// Places in the training part.
    let rows: Range<Int>
    /// Rows in a batch.
    let count: Int
    /// Tells the random streams of blocks apart: 0 for rows in common, else one more than the place
    /// of the task in its problem.
    let stream: UInt64
  }

  let blocks: [Block]
  /// Rows of a batch, of all blocks together.
  package let batchRows: Int
  /// Batches of an epoch.
  package let epochSteps: Int

  /// The batches of a run.
  ///
  /// - Parameters:
  ///   - tasks: What is trained.
  ///   - most: Rows of a block, fewer where there are not so many.
  package init(_ tasks: TrainingTasks, most: Int) {
    self.init(tasks) { min(most, $0) }
  }

  /// - Parameters:
  ///   - tasks: What is trained.
  ///   - count: Rows of a block that is drawn from so many.
  init(_ tasks: TrainingTasks, rowsOfBlock count: (_ rowCount: Int) -> Int) {
    let part = tasks.data.train
    guard let rowsOfTask = part.rowsOfTask else {
      self.init(rowCount: part.rowCount, batchRows: count(part.rowCount))
      return
    }
    self.init(
      blocks: tasks.indices.map { task in
        let rows = rowsOfTask[task]
        return Block(rows: rows, count: count(rows.count), stream: UInt64(task) + 1)
      },
      epochSteps: rowsOfTask.map { $0.count / count($0.count) }.max() ?? 0
    )
  }

  /// Batches of rows that all tasks have in common.
  ///
  /// - Precondition: `batchRows` is from 1 to `rowCount`.
  init(rowCount: Int, batchRows: Int) {
    precondition(batchRows >= 1 && batchRows <= rowCount, "\(batchRows) of \(rowCount) rows")
    self.init(
      blocks: [Block(rows: 0..<rowCount, count: batchRows, stream: 0)],
      epochSteps: rowCount / batchRows
    )
  }

  private init(blocks: [Block], epochSteps: Int) {
    self.blocks = blocks
    batchRows = blocks.reduce(0) { $0 + $1.count }
    self.epochSteps = epochSteps
  }
}
