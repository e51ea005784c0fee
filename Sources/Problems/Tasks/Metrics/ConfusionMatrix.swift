internal import Kernels

/// Counts of true against predicted classes, and what follows from them.
///
/// A multi-class prediction is the first class with the largest logit; a binary one is class 1
/// when the logit is positive (probability above one half).
struct ConfusionMatrix {
  /// Rows of true class i predicted as class j, row-major, shape [classCount, classCount].
  let counts: [Int]
  let classCount: Int
  /// Whether every output of a present row was a number; else every metric is nan.
  let isFinite: Bool

  init(task: TaskDescription, outputs: MatrixView, targets: MatrixView) {
    classCount = task.kind.classCount
    var counts = Array(repeating: 0, count: classCount * classCount)
    var isFinite = true
    for row in 0..<targets.rows {
      let target = targets[row, 0]
      if target.isNaN { continue }
      for column in 0..<outputs.columns where !outputs[row, column].isFinite { isFinite = false }
      let predicted = ConfusionMatrix.predictedClass(outputs, row: row)
      counts[Int(target) * classCount + predicted] += 1
    }
    self.counts = counts
    self.isFinite = isFinite
  }

  /// Share of rows on the diagonal, from 0 to 1; nan without a row.
  var accuracy: Double {
    let total = counts.reduce(0, +)
    guard isFinite && total > 0 else { return .nan }
    let right = (0..<classCount).reduce(0) { $0 + counts[$1 * classCount + $1] }
    return Double(right) / Double(total)
  }

  /// Share of rows off the diagonal, in percent; nan without a row.
  var errorRate: Double {
    let total = counts.reduce(0, +)
    guard isFinite && total > 0 else { return .nan }
    let right = (0..<classCount).reduce(0) { $0 + counts[$1 * classCount + $1] }
    return 100 * Double(total - right) / Double(total)
  }

  /// Mean over classes of `F1 = 2 TP / (2 TP + FP + FN)`, from 0 to 1; nan without a row.
  ///
  /// Classes that occur neither among the targets nor among the predictions are left out, as in
  /// scikit-learn's `f1_score(average="macro")`.
  var macroF1: Double {
    var sum = 0.0
    var occurring = 0
    for i in 0..<classCount {
      let right = counts[i * classCount + i]
      var touched = 0
      for j in 0..<classCount {
        touched += counts[i * classCount + j] + counts[j * classCount + i]
      }
      if touched == 0 { continue }
      sum += 2 * Double(right) / Double(touched)
      occurring += 1
    }
    return isFinite && occurring > 0 ? sum / Double(occurring) : .nan
  }

  private static func predictedClass(_ outputs: MatrixView, row: Int) -> Int {
    if outputs.columns == 1 { return outputs[row, 0] > 0 ? 1 : 0 }
    var best = 0
    for column in 1..<outputs.columns where outputs[row, column] > outputs[row, best] {
      best = column
    }
    return best
  }
}
