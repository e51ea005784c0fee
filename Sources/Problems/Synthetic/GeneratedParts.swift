internal import Kernels

/// The rows of the three parts of a generated problem, training first.
struct GeneratedParts {
  private var parts: [DataPart] = []

  /// Draws all rows in order.
  ///
  /// - Parameters:
  ///   - counts: rows of each part.
  ///   - inputCount: columns of the inputs.
  ///   - targetCount: columns of the targets.
  ///   - draw: fills one row: inputs of shape [inputCount], targets of shape [targetCount].
  init(
    counts: SampleCounts,
    inputCount: Int,
    targetCount: Int,
    draw: (_ inputs: inout [Double], _ targets: inout [Double]) -> Void
  ) {
    var x = Array(repeating: 0.0, count: inputCount)
    var y = Array(repeating: 0.0, count: targetCount)
    for count in [counts.train, counts.validation, counts.test] {
      let inputs = Matrix(rows: count, columns: inputCount)
      let targets = Matrix(rows: count, columns: targetCount)
      for row in 0..<count {
        draw(&x, &y)
        for column in x.indices { inputs.view[row, column] = Float(x[column]) }
        for column in y.indices { targets.view[row, column] = Float(y[column]) }
      }
      parts.append(DataPart(inputs: inputs, targets: targets))
    }
  }

  /// Standardises every input column by the mean and deviation of its training rows.
  func standardizeInputs() {
    let training = parts[0].inputs
    for column in 0..<training.columns {
      let values = (0..<training.rows).map { Double(training[$0, column]) }
      guard let fitted = Standardization(fitting: values, imputing: false) else { continue }
      for part in parts {
        for row in 0..<part.rowCount {
          let value = fitted.standardized(Double(part.inputs[row, column]))
          part.inputs[row, column] = Float(value)
        }
      }
    }
  }

  /// Standardises target columns by the mean and deviation of their training rows.
  ///
  /// - Returns: what was fitted, in the order of the columns.
  func standardizeTargets(_ columns: Range<Int>) -> [Standardization] {
    columns.map { column in
      let training = parts[0].targets
      let values = (0..<training.rows).map { Double(training[$0, column]) }
      let fitted = Standardization(fitting: values, imputing: false) ?? .none
      for part in parts {
        for row in 0..<part.rowCount {
          let original = Double(part.targets[row, column])
          part.targets[row, column] = Float(fitted.standardized(original))
        }
      }
      return fitted
    }
  }

  /// Takes the labels of one target column from training rows.
  ///
  /// - Parameters:
  ///   - column: the target's column.
  ///   - rows: the training rows that keep their label.
  func keepLabels(ofColumn column: Int, inRows rows: some Sequence<Int32>) {
    let targets = parts[0].targets
    var isKept = Array(repeating: false, count: targets.rows)
    for row in rows { isKept[Int(row)] = true }
    for row in isKept.indices where !isKept[row] { targets[row, column] = .nan }
  }

  /// The parts with the tasks they belong to.
  func data(tasks: [TaskDescription], inputForm: InputForm? = nil) -> ProblemData {
    ProblemData(
      tasks: tasks,
      train: parts[0],
      validation: parts[1],
      test: parts[2],
      inputForm: inputForm
    )
  }
}
