internal import Kernels
internal import Networks
internal import Problems

/// Losses and metrics of a network on one part of the data.
final class PartEvaluator {
  private let tasks: TrainingTasks
  private let part: DataPart
  private let evaluator: Evaluator
  private let kernels: KernelTable
  private let lossKernels: [LossKernel]

  init(_ tasks: TrainingTasks, part: DataPart, network: Network, kernels: KernelTable) {
    self.tasks = tasks
    self.part = part
    self.kernels = kernels
    evaluator = network.makeEvaluator(rowCount: part.rowCount)
    lossKernels = tasks.lossKernels
  }

  /// Mean loss of each task at the parameters as they are, shape [K].
  func losses() -> [Double] {
    evaluator.evaluate(part.inputs.view)
    return (0..<tasks.count).map { task in
      // The gradient that the kernels also make is not needed: it takes the outputs' place.
      let outputs = evaluator.outputs[task]
      let targets = BatchTargets(part.targets.view)
      return lossKernels[task].evaluate(
        outputs: outputs,
        targets: targets,
        gradient: outputs,
        kernels
      ).mean
    }
  }

  /// Training loss of each task over its labelled rows, in Double; `nan` where there is none.
  func taskLosses() -> [Double] {
    evaluator.evaluate(part.inputs.view)
    return (0..<tasks.count).map { task in
      TaskMetrics(
        task: tasks[task],
        outputs: evaluator.outputs[task],
        targets: part.targets.view.columns(tasks.targetColumns(of: task))
      ).value(.loss)
    }
  }

  /// Every metric of every task at the parameters as they are, in the order of the tasks and of
  /// their metrics.
  func metrics() -> [[Double]] {
    evaluator.evaluate(part.inputs.view)
    return (0..<tasks.count).map { task in
      let metrics = TaskMetrics(
        task: tasks[task],
        outputs: evaluator.outputs[task],
        targets: part.targets.view.columns(tasks.targetColumns(of: task))
      )
      return tasks[task].metrics.map { metrics.value($0) }
    }
  }
}
