internal import Kernels

/// What predicting the same for every row achieves: the mean of the training labels, or the shares
/// of the classes among them, whose largest is the majority.
package enum ConstantBaseline {
  /// Metrics of one task on one part, in the order of its description; nan where one is undefined.
  package static func scores(
    ofTask i: Int,
    _ data: ProblemData,
    on part: SplitPart
  ) -> [Double] {
    evaluated(ofTask: i, data, on: part) { metrics in
      data.tasks[i].metrics.map { metrics.value($0) }
    }
  }

  /// Training loss of one task on one part; nan where no row of it has a label.
  package static func loss(ofTask i: Int, _ data: ProblemData, on part: SplitPart) -> Double {
    evaluated(ofTask: i, data, on: part) { $0.value(.loss) }
  }

  /// Name of the class that is predicted: the first of those that most training rows have; nil for a
  /// regression.
  package static func majority(ofTask i: Int, _ data: ProblemData) -> String? {
    let task = data.tasks[i]
    guard task.kind.classCount > 0 else { return nil }
    let targets = data.targets(ofTask: i, in: .train)
    let counts = counts(targets, classCount: task.kind.classCount)
    guard let most = counts.max(), let index = counts.firstIndex(of: most) else { return nil }
    return task.classNames[index]
  }

  private static func evaluated<Result>(
    ofTask i: Int,
    _ data: ProblemData,
    on part: SplitPart,
    _ read: (TaskMetrics) -> Result
  ) -> Result {
    let task = data.tasks[i]
    let constant = prediction(task, data.targets(ofTask: i, in: .train))
    let targets = data.targets(ofTask: i, in: part)
    let outputs = Matrix(rows: targets.rows, columns: task.outputCount)
    return withExtendedLifetime(outputs) {
      let view = outputs.view
      for row in 0..<targets.rows {
        for (column, value) in constant.enumerated() { view[row, column] = value }
      }
      return read(TaskMetrics(task: task, outputs: view, targets: targets))
    }
  }

  /// Network outputs that say the mean or the shares.
  private static func prediction(_ task: TaskDescription, _ targets: MatrixView) -> [Float] {
    switch task.kind {
    case .regression(let outputs): (0..<outputs).map { mean(targets, column: $0) }
    case .binary:
      {
        let counts = counts(targets, classCount: 2)
        return [Float(Portable.log(counts[1] / counts[0]))]
      }()
    case .multiclass(let classes):
      counts(targets, classCount: classes).map { Float(Portable.log($0)) }
    }
  }

  private static func mean(_ targets: MatrixView, column: Int) -> Float {
    var sum = 0.0
    var count = 0
    for row in 0..<targets.rows where !targets[row, 0].isNaN {
      sum += Double(targets[row, column])
      count += 1
    }
    return count == 0 ? 0 : Float(sum / Double(count))
  }

  /// Training rows of each class; half a row for a class that has none, whose share is not zero.
  private static func counts(_ targets: MatrixView, classCount: Int) -> [Double] {
    var counts = Array(repeating: 0.0, count: classCount)
    for row in 0..<targets.rows where !targets[row, 0].isNaN { counts[Int(targets[row, 0])] += 1 }
    return counts.map { max($0, 0.5) }
  }
}
