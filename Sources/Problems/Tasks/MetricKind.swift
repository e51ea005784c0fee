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
  /// Squared error relative to that of predicting zero.
  case relativeLoss = "relative_loss"

  /// Which way the metric improves.
  package var direction: Direction {
    switch self {
    case .loss, .errorRate, .logLoss, .rmse, .mae, .relativeLoss: .lowerIsBetter
    case .accuracy, .auc, .macroF1, .r2: .higherIsBetter
    }
  }

  /// Whether the metric enters the mean relative change against single-task training.
  ///
  /// Δm divides by the metric's value, so it needs one that is positive and 0 when perfect. R² may
  /// be 0 or negative; accuracy, AUC and F1 have a ceiling at 1, near which halving what is left
  /// to gain looks like nothing. So exactly the metrics that are better when lower enter; a task
  /// that has none of them enters by `TaskDescription.deltaMetrics`.
  package var isInDeltaM: Bool { direction == .lowerIsBetter }

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
    }
  }

  /// Whether values carry the unit of the task's target.
  package var hasTargetUnit: Bool { self == .rmse || self == .mae }

  /// The metrics a kind of task can have.
  package static func choices(for kind: TaskKind) -> [MetricKind] {
    switch kind {
    case .regression: [.rmse, .mae, .r2, .relativeLoss, .loss]
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
