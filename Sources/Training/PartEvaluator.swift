internal import Kernels
internal import Networks
internal import Problems

/// Losses and metrics of a network on one part of the data.
final class PartEvaluator {
  private let tasks: TrainingTasks
  private let part: DataPart
  private let evaluator: any Evaluator
  private let kernels: KernelTable
  private let taskLosses: [TaskLoss]
  private let outputs: [Matrix]
  private let scratch: [Matrix]

  init(_ tasks: TrainingTasks, part: DataPart, network: any Network, kernels: KernelTable) {
    self.tasks = tasks
    self.part = part
    self.kernels = kernels
    evaluator = network.makeEvaluator()
    taskLosses = (0..<tasks.count).map { TaskLoss(tasks, task: $0) }
    let shape = network.shape
    outputs = shape.outputCounts.map { Matrix(rows: part.rowCount, columns: $0) }
    scratch = shape.outputCounts.map { Matrix(rows: part.rowCount, columns: $0) }
  }

  /// Runs the network on the whole part; losses and metrics then refer to this pass.
  func evaluate() {
    evaluator.evaluate(part.inputs.view, into: outputs.map { $0.view })
  }

  /// Mean loss of each task, shape [K].
  func losses() -> [Double] {
    (0..<tasks.count).map { task in
      taskLosses[task].evaluate(
        outputs: outputs[task].view,
        targets: BatchTargets(part.targets.view),
        gradient: scratch[task].view,
        kernels
      ).mean
    }
  }

  /// Every metric of every task, in the order of the tasks and of their metrics.
  func metrics() -> [[Double]] {
    (0..<tasks.count).map { task in
      tasks[task].metrics.map {
        $0.value(task: tasks[task], outputs: outputs[task].view, targets: targets(of: task))
      }
    }
  }

  private func targets(of task: Int) -> MatrixView {
    part.targets.view.columns(tasks.targetColumns(of: task))
  }
}
