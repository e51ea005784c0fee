package import Kernels

/// One task's loss as a step needs it: which kernel computes it, from which target columns.
///
/// A value of plain numbers, so that a step copies and counts no references of its description.
package struct LossKernel: Sendable {
  /// Columns of the task's targets in the target matrices.
  private let targetColumns: Range<Int>
  private let kind: LossKind
  private let huberDelta: Float
  private let mayMiss: Bool

  /// - Parameters:
  ///   - task: The task.
  ///   - targetColumns: Its columns of the target matrices.
  package init(_ task: TaskDescription, targetColumns: Range<Int>) {
    self.targetColumns = targetColumns
    kind = task.loss
    huberDelta = Float(task.huberDelta)
    mayMiss = task.mayMiss
  }

  /// Mean loss over the rows that have a label, and its gradient at the outputs.
  ///
  /// - Parameters:
  ///   - outputs: Shape [rows][outputs of the task].
  ///   - targets: All tasks' targets, of all target columns; `nan` where a label is missing.
  ///   - gradient: Receives the gradient of the mean, shape of `outputs`.
  ///   - kernels: The instruction set.
  /// - Returns: The mean, and the rows it was taken over.
  package func evaluate(
    outputs: MatrixView,
    targets: BatchTargets,
    gradient: MatrixView,
    _ kernels: KernelTable
  ) -> LossSum {
    let own = targets.columns(targetColumns)
    switch kind {
    case .crossEntropy:
      return kernels.softmaxCrossEntropy(
        logits: outputs,
        labels: own,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .binaryCrossEntropy:
      return kernels.sigmoidCrossEntropy(
        logits: outputs,
        targets: own,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .squared:
      return kernels.squaredError(
        outputs: outputs,
        targets: own,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .absolute:
      return kernels.absoluteError(
        outputs: outputs,
        targets: own,
        gradient: gradient,
        mayMiss: mayMiss
      )
    case .huber:
      return kernels.huberError(
        outputs: outputs,
        targets: own,
        gradient: gradient,
        delta: huberDelta,
        mayMiss: mayMiss
      )
    }
  }
}
