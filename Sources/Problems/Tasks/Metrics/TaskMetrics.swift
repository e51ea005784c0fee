package import Kernels

/// The metrics of one task over one part of the data, missing targets left out, in Double.
///
/// What several metrics are made from is counted once.
package final class TaskMetrics {
  private let task: TaskDescription
  private let outputs: MatrixView
  private let targets: MatrixView
  private(set) lazy var errors = RegressionErrors(task: task, outputs: outputs, targets: targets)
  private(set) lazy var classes = ConfusionMatrix(task: task, outputs: outputs, targets: targets)

  /// - Parameters:
  ///   - task: The task the outputs belong to.
  ///   - outputs: Network outputs (logits or standardised values), shape [rows][outputCount].
  ///   - targets: Targets in network units, shape [rows][targetCount]; NaN where missing. A row of
  ///     several outputs is missing when its first target is.
  /// - Precondition: the shapes fit.
  package init(task: TaskDescription, outputs: MatrixView, targets: MatrixView) {
    precondition(
      outputs.rows == targets.rows && outputs.columns == task.outputCount
        && targets.columns == task.targetCount,
      "outputs [\(outputs.rows), \(outputs.columns)] and targets [\(targets.rows), "
        + "\(targets.columns)] for a task of \(task.outputCount) outputs"
    )
    self.task = task
    self.outputs = outputs
    self.targets = targets
  }

  /// One metric; nan where it is undefined (no row, AUC of one class, R² of constant targets) and
  /// where an output is not finite.
  ///
  /// - Precondition: the metric is one of `MetricKind.choices(for: task.kind)`.
  package func value(_ metric: MetricKind) -> Double {
    precondition(
      MetricKind.choices(for: task.kind).contains(metric),
      "metric \(metric.rawValue) of a \(task.kind.title) task"
    )
    return metric.value(of: self)
  }

  var loss: Double { TaskLoss.mean(task: task, outputs: outputs, targets: targets) }
  var logLoss: Double { TaskLoss.logLoss(task: task, outputs: outputs, targets: targets) }
  var rocArea: Double { ROCArea.value(outputs: outputs, targets: targets) }
  var boxOverlap: Double { BoxOverlap.mean(task: task, outputs: outputs, targets: targets) }
}
