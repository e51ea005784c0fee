/// What tables show of one task on one part of the data.
package enum MetricKind: String, CaseIterable, Sendable {
  /// The task's training loss, in network units.
  case loss
  /// Share of the rows whose class is predicted, from 0 to 1.
  case accuracy
  /// 100 minus the accuracy in percent.
  case errorRate = "error_rate"
  /// Mean negative log-probability of the true class, in nats.
  case logLoss = "log_loss"
  /// Area under the ROC curve of a binary task.
  case auc
  /// F1 of each class, averaged with equal weight.
  case macroF1 = "macro_f1"
  /// Root of the mean squared error, in original units.
  case rmse
  /// Mean absolute error, in original units.
  case mae
  /// Share of the targets' variance explained.
  case r2
  /// Squared error relative to that of predicting zero; made to be summed over tasks.
  case relativeLoss = "relative_loss"
  /// Root of the relative loss: error relative to that of predicting zero.
  case relativeRMSE = "relative_rmse"
  /// Intersection over union of boxes: centre x, centre y, width, height.
  case iou

  /// What is known of a metric: one line each.
  private var facts: Facts {
    switch self {
    case .loss: Facts("Loss", .lowerIsBetter) { $0.loss }
    case .accuracy: Facts("Accuracy", .higherIsBetter) { $0.classes.accuracy }
    case .errorRate: Facts("Error (%)", .lowerIsBetter, isInDeltaM: true) { $0.classes.errorRate }
    case .logLoss: Facts("Log-loss", .lowerIsBetter, isInDeltaM: true) { $0.logLoss }
    case .auc: Facts("AUC", .higherIsBetter) { $0.rocArea }
    case .macroF1: Facts("Macro-F1", .higherIsBetter) { $0.classes.macroF1 }
    case .rmse: Facts("RMSE", .lowerIsBetter, isInDeltaM: true, hasUnit: true) { $0.errors.rmse }
    case .mae: Facts("MAE", .lowerIsBetter, isInDeltaM: true, hasUnit: true) { $0.errors.mae }
    case .r2: Facts("R²", .higherIsBetter) { $0.errors.r2 }
    case .relativeLoss: Facts("Relative loss", .lowerIsBetter) { $0.errors.relativeLoss }
    case .relativeRMSE:
      Facts("Relative RMSE", .lowerIsBetter, isInDeltaM: true) {
        $0.errors.relativeLoss.squareRoot()
      }
    case .iou: Facts("IoU", .higherIsBetter) { $0.boxOverlap }
    }
  }

  private struct Facts {
    let title: String
    let direction: Direction
    let isInDeltaM: Bool
    let hasUnit: Bool
    let value: (TaskMetrics) -> Double

    init(
      _ title: String,
      _ direction: Direction,
      isInDeltaM: Bool = false,
      hasUnit: Bool = false,
      _ value: @escaping (TaskMetrics) -> Double
    ) {
      self.title = title
      self.direction = direction
      self.isInDeltaM = isInDeltaM
      self.hasUnit = hasUnit
      self.value = value
    }
  }

  /// Which way the metric improves.
  package var direction: Direction { facts.direction }

  /// Whether the metric enters the mean relative change against single-task training.
  ///
  /// Δm divides by the metric's value, so it needs one that is positive and 0 when perfect. R² may
  /// be 0 or negative; accuracy, AUC and F1 have a ceiling at 1, near which halving what is left
  /// to gain looks like nothing. And all regressions have to be on one scale: an error twice as
  /// large is 100 % worse by its root mean square and 300 % worse by its square, so that one problem
  /// measured in squares would outweigh the others in a mean. Hence the metrics that are better when
  /// lower enter, without the relative loss and the training loss, whose roots or equals are metrics
  /// of their own. A task that has none of them enters by `TaskDescription.deltaMetrics`.
  package var isInDeltaM: Bool { facts.isInDeltaM }

  /// The column's name in tables, with its unit where it has one of its own.
  package var title: String { facts.title }

  /// Whether values carry the unit of the task's target.
  package var hasTargetUnit: Bool { facts.hasUnit }

  /// Its value over some outputs.
  func value(of metrics: TaskMetrics) -> Double { facts.value(metrics) }

  /// The metrics a kind of task can have.
  package static func choices(for kind: TaskKind) -> [MetricKind] {
    switch kind {
    case .regression(outputs: 4): [.rmse, .mae, .r2, .relativeLoss, .relativeRMSE, .loss, .iou]
    case .regression: [.rmse, .mae, .r2, .relativeLoss, .relativeRMSE, .loss]
    case .binary: [.errorRate, .logLoss, .auc, .accuracy, .macroF1, .loss]
    case .multiclass: [.errorRate, .logLoss, .accuracy, .macroF1, .loss]
    }
  }

  /// The metrics a kind of task has unless its description says otherwise, the primary one first.
  package static func standard(for kind: TaskKind) -> [MetricKind] {
    switch kind {
    case .regression: [.rmse, .mae, .r2]
    case .binary: [.errorRate, .logLoss, .auc]
    case .multiclass: [.errorRate, .logLoss, .macroF1]
    }
  }
}

/// Which way a metric improves.
package enum Direction: String, Sendable {
  case lowerIsBetter = "lower"
  case higherIsBetter = "higher"
}
