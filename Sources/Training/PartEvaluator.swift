internal import Kernels
internal import Networks
internal import Problems

/// Losses and metrics of a network on one part of the data: on the rows that its tasks may label.
final class PartEvaluator {
  private let tasks: TrainingTasks
  private let inputs: MatrixView
  private let targets: MatrixView
  /// Keeps what the views show.
  private let part: DataPart
  private let evaluator: Evaluator
  private let kernels: KernelTable
  private let lossKernels: [LossKernel]

  init(_ tasks: TrainingTasks, part: DataPart, network: Network, kernels: KernelTable) {
    self.tasks = tasks
    self.part = part
    self.kernels = kernels
    let ranges = tasks.indices.map { part.rows(ofTask: $0) }
    let rows = (ranges.map { $0.lowerBound }.min() ?? 0)..<(ranges.map { $0.upperBound }.max() ?? 0)
    inputs = part.inputs.view.rows(rows)
    targets = part.targets.view.rows(rows)
    evaluator = network.makeEvaluator(rowCount: rows.count)
    lossKernels = tasks.lossKernels
  }

  /// Mean loss of each task at the parameters as they are, shape [K].
  func losses() -> [Double] {
    evaluator.evaluate(inputs)
    return (0..<tasks.count).map { task in
      // The gradient that the kernels also make is not needed: it takes the outputs' place.
      let outputs = evaluator.outputs[task]
      return lossKernels[task].evaluate(
        outputs: outputs,
        targets: BatchTargets(targets),
        gradient: outputs,
        kernels
      ).mean
    }
  }

  /// Training loss of each task over its labelled rows, in Double; `nan` where there is none.
  func taskLosses() -> [Double] {
    evaluator.evaluate(inputs)
    return (0..<tasks.count).map { task in
      TaskMetrics(
        task: tasks[task],
        outputs: evaluator.outputs[task],
        targets: targets.columns(tasks.targetColumns(of: task))
      ).value(.loss)
    }
  }

  /// Every metric of every task at the parameters as they are, in the order of the tasks and of
  /// their metrics.
  func metrics() -> [[Double]] {
    evaluator.evaluate(inputs)
    return (0..<tasks.count).map { task in
      let metrics = TaskMetrics(
        task: tasks[task],
        outputs: evaluator.outputs[task],
        targets: targets.columns(tasks.targetColumns(of: task))
      )
      return tasks[task].metrics.map { metrics.value($0) }
    }
  }
}
