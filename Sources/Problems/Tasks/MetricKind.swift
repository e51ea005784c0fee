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

  /// Which way the metric improves.
  package var direction: Direction {
    switch self {
    case .loss, .errorRate, .logLoss, .rmse, .mae, .relativeLoss, .relativeRMSE: .lowerIsBetter
    case .accuracy, .auc, .macroF1, .r2, .iou: .higherIsBetter
    }
  }

  /// Whether the metric enters the mean relative change against single-task training.
  ///
  /// Δm divides by the metric's value, so it needs one that is positive and 0 when perfect. R² may
  /// be 0 or negative; accuracy, AUC and F1 have a ceiling at 1, near which halving what is left
  /// to gain looks like nothing. And all regressions have to be on one scale: an error twice as
  /// large is 100 % worse by its root mean square and 300 % worse by its square, so that one problem
  /// measured in squares would outweigh the others in a mean. Hence the metrics that are better when
  /// lower enter, without the relative loss and the training loss, whose roots or equals are metrics
  /// of their own. A task that has none of them enters by `TaskDescription.deltaMetrics`.
  package var isInDeltaM: Bool {
    switch self {
    case .errorRate, .logLoss, .rmse, .mae, .relativeRMSE: true
    case .loss, .relativeLoss, .accuracy, .auc, .macroF1, .r2, .iou: false
    }
  }

  /// The column's name in tables, with its unit where it has one of its own.
  package var title: String {
    switch self {
    case .loss: "Loss"
    case .accuracy: "Accuracy"
    case .errorRate: "Error (%)"
    case .logLoss: "Log-loss"
    case .auc: "AUC"
    case .macroF1: "Macro-F1"
    case .rmse: "RMSE"
    case .mae: "MAE"
    case .r2: "R²"
    case .relativeLoss: "Relative loss"
    case .relativeRMSE: "Relative RMSE"
    case .iou: "IoU"
    }
  }

  /// Whether values carry the unit of the task's target.
  package var hasTargetUnit: Bool { self == .rmse || self == .mae }

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
