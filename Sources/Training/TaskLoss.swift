internal import Kernels
internal import Problems

/// Which kernel computes a task's loss.
enum TaskLoss {
  /// Mean loss of one task over the rows that have a label, and its gradient at the outputs.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - outputs: Shape [rows][task.outputCount].
  ///   - targets: Shape [rows][task.targetCount]; `nan` where a label is missing.
  ///   - gradient: Receives the gradient of the mean, shape of `outputs`.
  ///   - kernels: The instruction set.
  /// - Returns: The mean, and the rows it was taken over.
  static func evaluate(
    _ task: TaskDescription,
    outputs: MatrixView,
    targets: MatrixView,
    gradient: MatrixView,
    _ kernels: KernelTable
  ) -> LossSum {
    let mayMiss = task.mayMiss
    switch task.loss {
    case .crossEntropy:
      return kernels.softmaxCrossEntropy(
        logits: outputs,
        labels: targets,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .binaryCrossEntropy:
      return kernels.sigmoidCrossEntropy(
        logits: outputs,
        targets: targets,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .squared:
      return kernels.squaredError(
        outputs: outputs,
        targets: targets,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .absolute:
      return kernels.absoluteError(
        outputs: outputs,
        targets: targets,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .huber:
      return kernels.huberError(
        outputs: outputs,
        targets: targets,
        gradient: gradient,
        delta: Float(task.huberDelta),
        mayMiss: mayMiss
      )
    }
  }
}
