internal import Kernels

/// Losses and log-losses over one part of the data, in Double.
enum TaskLoss {
  /// Mean of the task's training loss over the rows whose target is present, in network units.
  static func mean(task: TaskDescription, outputs: MatrixView, targets: MatrixView) -> Double {
    switch task.loss {
    case .crossEntropy, .binaryCrossEntropy:
      logLoss(task: task, outputs: outputs, targets: targets)
    case .squared: elementMean(outputs, targets) { $0 * $0 }
    case .absolute: elementMean(outputs, targets) { abs($0) }
    case .huber:
      elementMean(outputs, targets) { difference in
        let size = abs(difference)
        return size <= task.huberDelta
          ? difference * difference / 2 : task.huberDelta * (size - task.huberDelta / 2)
      }
    }
  }

  /// Mean negative log-probability of the true class, in nats; nan without a row.
  static func logLoss(task: TaskDescription, outputs: MatrixView, targets: MatrixView) -> Double {
    var sum = 0.0
    var count = 0
    for row in 0..<targets.rows {
      let target = targets[row, 0]
      if target.isNaN { continue }
      if case .binary = task.kind {
        sum += softplus(target > 0 ? -Double(outputs[row, 0]) : Double(outputs[row, 0]))
      } else {
        sum += logSumExp(outputs, row: row) - Double(outputs[row, Int(target)])
      }
      count += 1
    }
    return count > 0 ? sum / Double(count) : .nan
  }

  /// `log(1 + exp(x))` without overflow.
  private static func softplus(_ x: Double) -> Double {
    max(x, 0) + Portable.log1p(Portable.exp(-abs(x)))
  }

  /// `log(sum(exp(z)))` of one row without overflow.
  private static func logSumExp(_ outputs: MatrixView, row: Int) -> Double {
    var largest = Double(outputs[row, 0])
    for column in 1..<outputs.columns { largest = max(largest, Double(outputs[row, column])) }
    var sum = 0.0
    for column in 0..<outputs.columns {
      sum += Portable.exp(Double(outputs[row, column]) - largest)
    }
    return largest + Portable.log(sum)
  }

  /// Mean of a function of the difference output minus target, over present rows and outputs.
  private static func elementMean(
    _ outputs: MatrixView,
    _ targets: MatrixView,
    _ function: (Double) -> Double
  ) -> Double {
    var sum = 0.0
    var count = 0
    for row in 0..<targets.rows where !targets[row, 0].isNaN {
      for column in 0..<targets.columns {
        sum += function(Double(outputs[row, column]) - Double(targets[row, column]))
      }
      count += targets.columns
    }
    return count > 0 ? sum / Double(count) : .nan
  }
}
