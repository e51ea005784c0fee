internal import Kernels
internal import Problems

/// Predicts for every row what a task's labelled training rows say on average: the mean of each
/// output, or the shares of the classes.
///
/// Each class counts one row more than it has, so that a class that no training row has costs a
/// finite loss.
struct MeanPredictor {
  private let task: TaskDescription
  private let data: ProblemData
  private let targetColumns: Range<Int>
  /// The prediction in network units, shape [outputCount].
  private let outputs: [Float]

  init(_ tasks: TrainingTasks, task: Int) {
    self.task = tasks[task]
    data = tasks.data
    targetColumns = tasks.targetColumns(of: task)
    let targets = data.train.targets.view.columns(targetColumns)
    switch self.task.kind {
    case .regression: outputs = MeanPredictor.means(targets)
    case .binary:
      let counts = MeanPredictor.classCounts(targets, classCount: 2)
      outputs = [Float(Portable.log(counts[1] / counts[0]))]
    case .multiclass(let classCount):
      let counts = MeanPredictor.classCounts(targets, classCount: classCount)
      outputs = counts.map { Float(Portable.log($0)) }
    }
  }

  /// The task's training loss on one part; `nan` where no row has a label.
  func loss(on part: SplitPart) -> Double {
    let targets = data[part].targets
    let predictions = Matrix(rows: targets.rows, columns: outputs.count)
    for row in 0..<targets.rows {
      for column in outputs.indices { predictions[row, column] = outputs[column] }
    }
    return TaskMetrics(
      task: task,
      outputs: predictions.view,
      targets: targets.view.columns(targetColumns)
    ).value(.loss)
  }

  private static func means(_ targets: MatrixView) -> [Float] {
    var sums = Array(repeating: 0.0, count: targets.columns)
    var count = 0.0
    for row in 0..<targets.rows {
      let values = unsafe targets.start + row * targets.stride
      guard unsafe !values[0].isNaN else { continue }
      count += 1
      for column in sums.indices { sums[column] += unsafe Double(values[column]) }
    }
    return sums.map { Float($0 / count) }
  }

  private static func classCounts(_ targets: MatrixView, classCount: Int) -> [Double] {
    var counts = Array(repeating: 1.0, count: classCount)
    for row in 0..<targets.rows {
      let label = unsafe targets.start[row * targets.stride]
      if !label.isNaN { counts[Int(label)] += 1 }
    }
    return counts
  }
}
