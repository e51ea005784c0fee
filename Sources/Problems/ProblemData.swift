package import Kernels

/// Which part of the data.
package enum SplitPart: String, CaseIterable, Sendable {
  /// Lowers the losses.
  case train
  /// Decides learning rates and checkpoints.
  case validation
  /// Read at most once per run, and never while tuning.
  case test
}

/// One part of a problem's rows.
package final class DataPart: Sendable {
  /// Inputs, shape [rowCount, inputCount]; each row padded to a multiple of 16 floats by zeros.
  package let inputs: Matrix
  /// Targets in network units, shape [rowCount, sum of targetCount], tasks side by side; NaN where
  /// missing, class indices as floats.
  package let targets: Matrix
  /// The rows of each task where every task has rows of its own, one after the other, shape
  /// [taskCount]; nil where tasks have all rows in common.
  ///
  /// A task's targets are missing in the rows of others.
  package let rowsOfTask: [Range<Int>]?

  /// - Parameters:
  ///   - inputs: The inputs of all rows.
  ///   - targets: The targets of all rows.
  ///   - rowCounts: Rows of each task where every task has rows of its own, in the order of the
  ///     tasks; nil where they have all rows in common.
  /// - Precondition: both have the same number of rows, and `rowCounts` sum to it.
  package init(inputs: Matrix, targets: Matrix, rowCounts: [Int]? = nil) {
    precondition(
      inputs.rows == targets.rows,
      "\(inputs.rows) rows of inputs and \(targets.rows) rows of targets"
    )
    self.inputs = inputs
    self.targets = targets
    var next = 0
    rowsOfTask = rowCounts?.map { count in
      next += count
      return next - count..<next
    }
    precondition(
      rowCounts == nil || next == inputs.rows,
      "\(next) rows of tasks and \(inputs.rows) rows of inputs"
    )
  }

  package var rowCount: Int { inputs.rows }

  /// The rows that may have a task's label: its own, or all.
  package func rows(ofTask i: Int) -> Range<Int> { rowsOfTask?[i] ?? 0..<rowCount }

  /// About so many of its rows, the first ones, of every task its share where tasks have rows of
  /// their own; itself where it has no more.
  package func first(_ count: Int) -> DataPart {
    if rowCount <= count { return self }
    let kept = (rowsOfTask ?? [0..<rowCount]).map { $0.prefix(max(1, count * $0.count / rowCount)) }
    let rows = kept.flatMap { $0 }
    let part = DataPart(
      inputs: Matrix(rows: rows.count, columns: inputs.columns),
      targets: Matrix(rows: rows.count, columns: targets.columns),
      rowCounts: rowsOfTask == nil ? nil : kept.map { $0.count }
    )
    for (from, to) in [(inputs.view, part.inputs.view), (targets.view, part.targets.view)] {
      for (place, row) in rows.enumerated() {
        for column in 0..<from.columns { to[place, column] = from[row, column] }
      }
    }
    return part
  }
}

/// What one seed makes of a problem: tasks, and rows in three parts.
package struct ProblemData: Sendable {
  /// What a row of inputs is.
  package let inputForm: InputForm
  package let tasks: [TaskDescription]
  /// First target column of each task, shape [taskCount].
  package let targetOffsets: [Int]
  package let train: DataPart
  package let validation: DataPart
  package let test: DataPart
  /// Name of each input, shape [inputCount]; empty where inputs have no names.
  package let inputNames: [String]

  /// - Precondition: all parts have the same columns, as many target columns as the tasks have and as
  ///   many inputs as `inputForm` says; all or none of them say which rows each task has.
  package init(
    tasks: [TaskDescription],
    train: DataPart,
    validation: DataPart,
    test: DataPart,
    inputNames: [String] = [],
    inputForm: InputForm? = nil
  ) {
    var offsets: [Int] = []
    var next = 0
    for task in tasks {
      offsets.append(next)
      next += task.targetCount
    }
    for part in [train, validation, test] {
      let rowLists = part.rowsOfTask?.count
      precondition(
        rowLists == (train.rowsOfTask == nil ? nil : tasks.count),
        "rows of \(rowLists ?? 0) tasks, expected all parts with those of \(tasks.count), or none"
      )
      precondition(
        part.targets.columns == next && part.inputs.columns == train.inputs.columns,
        "\(part.inputs.columns) inputs and \(part.targets.columns) target columns, expected "
          + "\(train.inputs.columns) and \(next)"
      )
    }
    self.inputForm = inputForm ?? .columns(train.inputs.columns)
    precondition(
      self.inputForm.count == train.inputs.columns,
      "\(train.inputs.columns) inputs as \(self.inputForm)"
    )
    self.tasks = tasks
    targetOffsets = offsets
    self.train = train
    self.validation = validation
    self.test = test
    self.inputNames = inputNames
  }

  package var inputCount: Int { inputForm.count }

  /// Whether every task has rows of its own, which no other task labels.
  package var hasOwnRows: Bool { train.rowsOfTask != nil }

  /// The rows of one part.
  package subscript(part: SplitPart) -> DataPart {
    switch part {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }

  /// The target columns of one task in one part, shape [rowCount, targetCount].
  package func targets(ofTask i: Int, in part: SplitPart) -> MatrixView {
    self[part].targets.view
      .columns(targetOffsets[i]..<(targetOffsets[i] + tasks[i].targetCount))
  }
}
