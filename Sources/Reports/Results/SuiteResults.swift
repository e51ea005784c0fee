package import Store

/// Everything that tables, plots and the verdict say of one suite, read from the store once.
package struct SuiteResults: Sendable {
  /// The suite as it was asked for.
  package let suite: SuiteRecord
  /// Its problems in the suite's order, each with its methods' results.
  package let problems: [ProblemResults]
  /// The methods in the suite's order, points of the static sweep included.
  package let methods: [MethodRecord]
  /// What an unfinished suite lacks, a sentence; nil for a finished one.
  package var missing: String?

  package init(suite: SuiteRecord, methods: [MethodRecord], problems: [ProblemResults]) {
    self.suite = suite
    self.methods = methods
    self.problems = problems
  }

  /// The same suite with one problem alone, for what is made once a problem.
  package func only(_ problem: ProblemResults) -> SuiteResults {
    SuiteResults(suite: suite, methods: methods, problems: [problem])
  }
}

/// Whether something is made once for every problem of a suite or once for the suite.
package enum ReportScope: Sendable, Hashable {
  case problem
  case suite
}

/// Where something stands in the report.
package enum ReportTopic: Sendable, Hashable, CaseIterable {
  case results
  case cost
  case tuning
  case failures
}

/// The results of one problem.
package struct ProblemResults: Sendable {
  /// The problem and its tasks.
  package let problem: ProblemRecord
  /// The evaluation seeds, ascending.
  package let seeds: [Int]
  /// Every metric of every task, in the order of the tables.
  package let columns: [MetricColumn]
  /// Single-task training; nil when the suite has none.
  package let reference: MethodResults?
  /// The methods that are compared, in the suite's order; neither single-task training nor the
  /// points of the static sweep, but the best of these where the suite has it in no row of its own.
  package let methods: [MethodResults]
  /// The points of the static sweep, in the suite's order.
  package let sweep: [MethodResults]
  /// What tuning chose, for this problem.
  package let choices: [TuningChoice]
  /// The runs of tuning.
  package let trials: [EvaluationRun]
  /// The settings of training that all methods share, by key; empty where none is stored.
  package var trainingSettings: [String: String] = [:]
  /// Losses over training; empty unless asked for.
  package var curves: [LearningCurve] = []
  /// Weights and norms over training; empty unless asked for.
  package var taskSeries: [TaskSeries] = []
  /// Gradient cosines over training by method; empty unless asked for.
  package var cosines: [String: CosineSummary] = [:]

  /// The tuned static weights that the others are held against.
  package var control: MethodResults? {
    methods.first { $0.record.label == MethodResults.tunedStaticLabel }
  }

  /// Equal weights, the unit of cost.
  package var equal: MethodResults? {
    methods.first { $0.record.method == MethodResults.equalName }
  }

  /// The results of the method with a label, whatever its group.
  package func method(_ label: String) -> MethodResults? {
    ([reference].compactMap { $0 } + methods + sweep).first { $0.record.label == label }
  }
}

/// A metric of a task: a column of the problem's table.
package struct MetricColumn: Sendable, Hashable {
  /// The task, index -1 for all tasks together.
  package let task: TaskRecord
  /// The metric.
  package let metric: MetricRecord

  /// Whether larger values are better.
  package var higherIsBetter: Bool { metric.direction == "higher" }
}
