internal import Statistics
package import Store

/// Everything that tables, plots and the verdict say of one suite, read from the store once.
package struct SuiteResults: Sendable {
  /// The suite as it was asked for.
  package let suite: SuiteRecord
  /// Its problems in the suite's order, each with its methods' results.
  package let problems: [ProblemResults]
  /// The methods in the suite's order, points of the static sweep included.
  package let methods: [MethodRecord]
  /// What is said of the methods of each problem, in the order of the problems.
  package let judgements: [Judgements]
  /// What an unfinished suite lacks, a sentence; nil for a finished one.
  package var missing: String?

  package init(suite: SuiteRecord, methods: [MethodRecord], problems: [ProblemResults]) {
    self.init(
      suite: suite,
      methods: methods,
      problems: problems,
      judgements: InParallel.map(problems.count) { Judgements(problems[$0]) }
    )
  }

  private init(
    suite: SuiteRecord,
    methods: [MethodRecord],
    problems: [ProblemResults],
    judgements: [Judgements]
  ) {
    self.suite = suite
    self.methods = methods
    self.problems = problems
    self.judgements = judgements
  }

  /// What the methods are held against.
  var rival: Rival { problems.first?.rival ?? .tunedStatic }

  /// The methods of which no evaluation run finished on any problem and some failed, each with its first
  /// reason: most likely they are not at fault, but how they were set or started.
  package var fruitlessMethods: [(label: String, reason: String)] {
    methods.compactMap { record in
      let outcomes = problems.compactMap { $0.method(record.label)?.outcomes }.joined()
      guard !outcomes.contains(.finished) else { return nil }
      for case .failed(let reason) in outcomes { return (record.label, reason) }
      return nil
    }
  }

  /// Whether any method finished a run; where none did, data or training are at fault and not a method.
  package var hasFinishedRun: Bool {
    problems.contains { $0.methods.contains { $0.outcomes.contains(.finished) } }
  }

  /// The same suite with one of its problems alone, for what is made once a problem.
  package func only(_ problem: ProblemResults) -> SuiteResults {
    let place = problems.firstIndex { $0.problem.label == problem.problem.label }
    return SuiteResults(
      suite: suite,
      methods: methods,
      problems: [problem],
      judgements: [place.map { judgements[$0] } ?? Judgements(problem)]
    )
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
  package var methods: [MethodResults]
  /// The points of the static sweep, in the suite's order.
  package let sweep: [MethodResults]
  /// What tuning chose, for this problem.
  package let choices: [TuningChoice]
  /// The runs of tuning.
  package let trials: [EvaluationRun]
  /// The settings of training that all methods share, by key; empty where none is stored.
  package var trainingSettings: [String: String] = [:]
  /// Whether its rows are those of a file, which other seeds split in other ways or not at all.
  package var isOfFile = false
  /// How many evaluation seeds are planned, by label of the method; a label without an entry has none
  /// as long as tuning has not chosen its rate.
  package var plannedCounts: [String: Int] = [:]
  /// The networks that every method is run on, in the suite's order; empty where none is stored.
  package var networks: [NetworkRecord] = []
  /// Single-task training with networks of other kinds; empty when the suite has none.
  package var otherReferences: [MethodResults] = []
  /// How the tasks of the problem stand to each other, as measured while it was trained; empty where
  /// nothing is stored.
  package var mechanism = ""
  /// The methods by other utilities than the mean change; empty where the suite chose by none.
  package var utilities: [UtilityResults] = []
  /// Losses over training; empty unless asked for.
  package var curves: [LearningCurve] = [] {
    didSet {
      validationCurves = [:]
      for curve in curves where curve.part == .validation {
        let key = ValidationCurves.Key(identity: curve.identity, task: curve.task)
        validationCurves[key] = curve
      }
    }
  }
  /// Those on the validation part, sorted once for all that reads them.
  private(set) var validationCurves: [ValidationCurves.Key: LearningCurve] = [:]
  /// Weights and norms over training; empty unless asked for.
  package var taskSeries: [TaskSeries] = []
  /// Gradient cosines over training by method; empty unless asked for.
  package var cosines: [String: CosineSummary] = [:]

  /// What the others are held against.
  package var rival = Rival.tunedStatic
  /// The file that the results were imported from; nil for runs that were made here.
  package var importedFrom: String?

  /// The results of the rival.
  package var control: MethodResults? { methods.first { $0.record.label == rival.label } }

  /// Names of the checkpoint rules under which test metrics are stored beside the main one's.
  var checkpointRules: [String] { (control?.checkpointValues.keys).map { $0.sorted() } ?? [] }

  /// The tuned static weights in units of the single-task losses, such as `1 : 30`; nil where they are
  /// not known.
  var tunedWeights: String? {
    guard let control,
      let choice = choices.first(where: { $0.method == control.record.label })
    else { return nil }
    return choice.units.flatMap { WeightText.ratios($0) }
  }

  /// Weight of a task under a method, the mean over tasks, training steps and the finished seeds; nil
  /// where no run has one.
  func meanWeight(of method: MethodResults) -> Double? {
    let taskCount = problem.ownTasks.count
    let sums = zip(method.outcomes, method.runs).compactMap { outcome, runs in
      outcome == .finished ? runs.first?.end.meanWeightSum : nil
    }
    guard taskCount > 0, !sums.isEmpty else { return nil }
    return CompensatedSum.mean(sums) / Double(taskCount)
  }

  /// Equal weights, the unit of cost.
  package var equal: MethodResults? {
    methods.first { $0.record.method == MethodLabel.equal }
  }

  /// How many seeds of a method should have runs in the end.
  func plannedCount(of method: MethodResults) -> Int {
    plannedCounts[method.record.label] ?? plannedCounts[method.runLabel] ?? seeds.count
  }

  /// Why no run of a method is to be waited for, although it is in the suite; nil where there are
  /// runs, or they are still to come.
  ///
  /// Runs of evaluation are planned when all learning rates are chosen, those of tuned static weights
  /// among them where the sweep had a best point.
  func reasonWithoutRuns(_ method: MethodResults) -> String? {
    guard method.runs.allSatisfy(\.isEmpty), !plannedCounts.isEmpty,
      plannedCounts[method.record.label] == nil
    else { return nil }
    if sweep.isEmpty {
      return problem.ownTasks.count < 2
        ? "with a single task there are no weights to tune" : "the suite has no static sweep"
    }
    return "no point of the static sweep has a result on validation data to be chosen by"
  }

  /// The results of the method with a label, whatever its group.
  package func method(_ label: String) -> MethodResults? {
    ([reference].compactMap { $0 } + methods + sweep).first { $0.record.label == label }
  }
}

/// A metric of a task: a column of the problem's table.
package struct MetricColumn: Sendable, Hashable {
  /// The task, or what stands for all tasks together.
  package let task: TaskRecord
  /// The metric.
  package let metric: MetricRecord

  /// Whether larger values are better.
  package var higherIsBetter: Bool { metric.direction == .higher }
}

extension [MetricColumn] {
  /// Positions of the columns that count in Δm, those of each task together.
  var deltaPlaces: [[Int]] {
    indices.filter { self[$0].metric.isInDeltaM }.reduce(into: []) { groups, place in
      if let last = groups.last?.last, self[last].task.index == self[place].task.index {
        groups[groups.count - 1].append(place)
      } else {
        groups.append([place])
      }
    }
  }
}
