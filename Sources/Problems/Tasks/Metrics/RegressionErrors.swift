internal import Kernels

/// Sums of errors of a regression over the rows whose target is present, and what follows.
struct RegressionErrors {
  private var rows = 0
  /// Per output, in original units, shape [targetCount].
  private var squares: [Double]
  /// Per output, squared distance of the targets from their own mean, in original units.
  private var spreads: [Double]
  /// Over all outputs, in original units.
  private var absolutes = 0.0
  /// Over all outputs, in network units.
  private var networkSquares = 0.0
  private var targetSquares = 0.0

  init(task: TaskDescription, outputs: MatrixView, targets: MatrixView) {
    squares = Array(repeating: 0, count: task.targetCount)
    spreads = squares
    var means = squares
    for row in 0..<targets.rows where !targets[row, 0].isNaN {
      rows += 1
      for column in 0..<targets.columns { means[column] += Double(targets[row, column]) }
    }
    for column in means.indices { means[column] /= Double(rows) }
    for row in 0..<targets.rows where !targets[row, 0].isNaN {
      for column in 0..<targets.columns {
        let scale = task.targetScale[column]
        let target = Double(targets[row, column])
        let error = Double(outputs[row, column]) - target
        let distance = scale * (target - means[column])
        squares[column] += (scale * error) * (scale * error)
        spreads[column] += distance * distance
        absolutes += abs(scale * error)
        networkSquares += error * error
        targetSquares += target * target
      }
    }
  }

  /// Root of the mean squared error over rows and outputs, in original units.
  var rmse: Double {
    rows > 0 ? (squares.reduce(0, +) / Double(rows * squares.count)).squareRoot() : .nan
  }

  /// Mean absolute error over rows and outputs, in original units.
  var mae: Double { rows > 0 ? absolutes / Double(rows * squares.count) : .nan }

  /// `R² = 1 - sum (o - t)² / sum (t - mean(t))²`, the mean over outputs; at most 1.
  ///
  /// The mean is that of the part the metric is read on. nan where an output's targets are
  /// constant.
  var r2: Double {
    var sum = 0.0
    for column in squares.indices {
      if spreads[column] == 0 { return .nan }
      sum += 1 - squares[column] / spreads[column]
    }
    return rows > 0 ? sum / Double(squares.count) : .nan
  }

  /// `sum (o - t)² / sum t²` in network units: 1 for predicting zero, 0 when perfect.
  ///
  /// Each task's loss on a scale of its own, whatever the size of its targets: the test loss Chen
  /// et al. (GradNorm, ICML 2018, section 4) sum over tasks is normalised in this spirit.
  var relativeLoss: Double {
    rows > 0 && targetSquares > 0 ? networkSquares / targetSquares : .nan
  }
}
