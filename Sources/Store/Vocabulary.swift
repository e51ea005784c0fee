/// How a run ended.
package enum RunStatus: String, Sendable, Hashable, CaseIterable {
  case finished
  /// A loss or a metric became infinite or not a number.
  case diverged
  /// The weighting method could not use what a step offered.
  case refused
  /// The run does not apply to its problem.
  case skipped
}

/// Where tables put a method, in the order of the tables.
package enum MethodGroup: String, Sendable, Hashable, CaseIterable {
  /// One network for each task, the base of Δm.
  case singleTask = "single-task"
  /// Single-task networks of another size, a second base of Δm.
  case base
  /// Weights that do not change while training.
  case fixed
  /// Changes the scale of the update and balances nothing.
  case control
  /// A point of the front of fixed weights.
  case sweep
  /// Weights made of losses.
  case loss
  /// Weights made of task gradients.
  case gradient

  /// The groups of the methods that are compared with each other.
  package static let compared = allCases.filter(\.isCompared)

  /// Whether its methods are compared with each other: neither a base nor a point of the front.
  package var isCompared: Bool {
    switch self {
    case .singleTask, .base, .sweep: false
    case .fixed, .control, .loss, .gradient: true
    }
  }
}

/// What a run is for.
package enum PlanRole: String, Sendable, Hashable, CaseIterable {
  /// A choice of the learning rate and other settings, on validation data alone.
  case tuning
  /// The comparison.
  case evaluation
}

/// The part of a problem's rows that something was measured on.
package enum MeasuredPart: String, Sendable, Hashable, CaseIterable, Comparable {
  case train
  case validation
  case test

  /// By name, as the database orders them.
  package static func < (first: MeasuredPart, second: MeasuredPart) -> Bool {
    first.rawValue < second.rawValue
  }
}

/// Which values of a metric are better.
package enum MetricDirection: String, Sendable, Hashable, CaseIterable {
  case lower
  case higher
}

/// What the methods of a problem were chosen by.
package enum TuningCriterion: String, Sendable, Hashable, CaseIterable {
  /// The utility of the task gains against single-task networks of the same seed.
  case deltaM = "delta_m"
  /// The same against single-task values averaged over the tuning seeds, where one of them is 0 or
  /// undefined at some seed; where they are 0 at all, in percentage points.
  case meanBase = "delta_m_mean_base"
  /// The mean logarithm of the validation losses, the checkpoint's own measure, where no single-task
  /// value is defined.
  case logLoss = "log_loss"
}

/// Labels of rows that mtlbench makes, and names of methods that others are held against.
package enum MethodLabel {
  /// Single-task networks.
  package static let singleTask = "single-task"
  /// Single-task networks with a network of their own.
  package static let base = "single-task (own network)"
  /// Single-task networks that have together the size of a network.
  package static let matchedBase = "single-task (same size)"
  /// Weights that are one over the single-task losses.
  package static let singleTaskUnits = "static 1/STL"
  /// The point of the front of fixed weights that tuning chose, which every method is held against.
  package static let tunedStatic = "static (tuned)"
  /// Registered name of equal weights.
  package static let equal = "equal"
  /// Registered names of the methods that scale a step as those of a group do, and weigh the tasks
  /// alike.
  package static let scaleControls: [MethodGroup: String] = [
    .loss: "scale_only", .gradient: "unit",
  ]
}
