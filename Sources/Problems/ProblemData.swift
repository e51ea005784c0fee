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

  /// - Precondition: both have the same number of rows.
  package init(inputs: Matrix, targets: Matrix) {
    precondition(
      inputs.rows == targets.rows,
      "\(inputs.rows) rows of inputs and \(targets.rows) rows of targets"
    )
    self.inputs = inputs
    self.targets = targets
  }

  package var rowCount: Int { inputs.rows }

  /// Its first rows, at most so many; itself where it has no more.
  package func first(_ count: Int) -> DataPart {
    if rowCount <= count { return self }
    let part = DataPart(
      inputs: Matrix(rows: count, columns: inputs.columns),
      targets: Matrix(rows: count, columns: targets.columns)
    )
    for (from, to) in [(inputs.view, part.inputs.view), (targets.view, part.targets.view)] {
      for row in 0..<count {
        for column in 0..<from.columns { to[row, column] = from[row, column] }
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
  ///   many inputs as `inputForm` says.
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
