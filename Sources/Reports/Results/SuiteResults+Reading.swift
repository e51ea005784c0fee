internal import Settings
internal import Statistics
package import Store

extension SuiteResults {
  /// Reads what tables and the verdict need; losses and diagnostics over training are left out.
  ///
  /// - Throws: `StoreError` when the suite is not in the store or the store cannot be read.
  package init(suite name: String, from store: ResultStore) throws(StoreError) {
    let suite = try store.suite(named: name)
    let methods = try store.methods(of: name)
    let choices = try store.choices(of: name)
    let plan = try store.planState(of: name)
    let plannedCounts = try store.plannedSeedCounts(of: name)
    let scores = try store.scores(of: name)
    let networks = try store.networks(of: name)
    let utilities = try store.utilities(of: name).compactMap { UtilityResults.isShown($0) }
    let (runs, trials, finalists) = try Self.runs(of: name, store)
    var otherRuns: [Utility: [String: [EvaluationRun]]] = [:]
    for utility in utilities {
      otherRuns[utility] = try store.evaluationRuns(suite: name, utility: utility.rawValue)
    }
    let records = try store.problems(of: name)
    let made = InParallel.map(records.count) { index in
      let problem = records[index]
      let planned = plan.filter { $0.problem == problem.label && $0.role == .evaluation }
      return ProblemResults(
        problem: problem,
        methods: methods,
        seeds: Set(planned.map(\.seed)).sorted(),
        runs: runs[problem.label] ?? [],
        choices: choices.filter { $0.problem == problem.label },
        trials: trials[problem.label] ?? [],
        finalists: FinalistRuns(
          runs: finalists[problem.label] ?? [],
          scores: scores.filter { $0.problem == problem.label }
        )
      )
    }
    var problems: [ProblemResults] = []
    for var results in made {
      let problem = results.problem
      results.trainingSettings =
        try store.settings(of: .training, suite: name, problem: problem.label)
      results.isOfFile = try store.settings(of: .problem, suite: name, problem: problem.label).keys
        .contains { $0.hasPrefix(CanonicalTable.contentPrefix) }
      results.plannedCounts = plannedCounts[problem.label] ?? [:]
      results.networks = networks.filter { $0.problem == problem.label }
      results.importedFrom = suite.settings[SuiteRecord.importedKey]
      if let rival = suite.settings[SuiteRecord.rivalKey] { results.rival = Rival(label: rival) }
      results.mechanism = try Self.mechanism(of: results, suite: name, store)
      for utility in utilities {
        // Single-task networks are tuned by their one task, whatever the utility.
        let bases = results.reference?.runs.joined().map { $0 } ?? []
        let own = (otherRuns[utility]?[problem.label] ?? [])
          .filter { $0.method != results.reference?.record.label }
        results.utilities.append(
          UtilityResults(
            utility,
            of: ProblemResults(
              problem: problem,
              methods: methods,
              seeds: results.seeds,
              runs: bases + own,
              choices: [],
              trials: []
            )
          )
        )
      }
      problems.append(results)
    }
    self.init(suite: suite, methods: methods, problems: problems)
    missing = Self.missing(plan)
  }

  private typealias RunsByProblem = [String: [EvaluationRun]]

  /// The runs of evaluation, of tuning and of the finalists, each read through a connection of its own:
  /// one does one thing at a time, and reading is a third of all work.
  private static func runs(
    of suite: String,
    _ store: ResultStore
  ) throws(StoreError) -> (RunsByProblem, RunsByProblem, RunsByProblem) {
    let read = InParallel.map(3) { index -> Result<RunsByProblem, StoreError> in
      do throws(StoreError) {
        let own = try ResultStore(path: store.path, mode: .readOnly)
        switch index {
        case 0: return .success(try own.evaluationRuns(suite: suite))
        case 1: return .success(try own.tuningRuns(suite: suite))
        default: return .success(try own.finalistRuns(suite: suite))
        }
      } catch {
        return .failure(error)
      }
    }
    return (try read[0].get(), try read[1].get(), try read[2].get())
  }

  /// How the tasks of a problem stand to each other; empty where nothing was measured.
  private static func mechanism(
    of problem: ProblemResults,
    suite: String,
    _ store: ResultStore
  ) throws(StoreError) -> String {
    let label = problem.problem.label
    let rows = try store.mechanism(suite: suite, problem: label)
    guard !rows.isEmpty else { return "" }
    return MechanismSummary(
      rows,
      curves: try store.learningCurves(
        suite: suite,
        problem: label,
        part: .validation,
        of: Set(problem.reference?.identities ?? [])
      ),
      equal: problem.equal?.record.label,
      singleTask: problem.reference?.record.label
    ).text
  }

  /// What an unfinished suite lacks, a sentence; nil for a finished one.
  private static func missing(_ plan: [PlanState]) -> String? {
    let planned = plan.reduce(0) { $0 + $1.plannedCount }
    let stored = plan.reduce(0) { $0 + $1.storedCount }
    let isTuned = plan.contains { $0.role == .evaluation }
    guard stored < planned || !isTuned else { return nil }
    let evaluation = isTuned ? "" : "evaluation is planned when tuning has ended; "
    return "the suite is not finished: \(stored) of the \(planned) runs planned so far are stored; "
      + evaluation + "what is shown is of these, and 'mtlbench run' goes on from there"
  }

  /// One problem alone, with its losses over training.
  ///
  /// - Throws: `StoreError` when the store cannot be read.
  package func withCurves(
    of problem: ProblemResults,
    from store: ResultStore
  ) throws(StoreError) -> SuiteResults {
    var problem = problem
    problem.curves = try store.learningCurves(
      suite: suite.name,
      problem: problem.problem.label,
      part: .validation,
      of: problem.shownRuns
    )
    return only(problem)
  }

  /// One problem alone, with its losses and diagnostics over training.
  ///
  /// - Throws: `StoreError` when the store cannot be read.
  package func withSeries(
    of problem: ProblemResults,
    from store: ResultStore
  ) throws(StoreError) -> SuiteResults {
    var problem = try withCurves(of: problem, from: store).problems[0]
    problem.taskSeries = try store.taskSeries(
      suite: suite.name,
      problem: problem.problem.label,
      of: problem.shownRuns
    )
    for method in problem.methods {
      problem.cosines[method.record.label] = try store.cosines(
        of: method.runs.joined().map(\.identity),
        mostSamples: GradientCosine.mostDots
      )
    }
    return only(problem)
  }
}

extension ProblemResults {
  /// The runs whose training is shown: all but those of the sweep that is no method of its own.
  fileprivate var shownRuns: Set<String> {
    Set(([reference].compactMap { $0 } + methods).flatMap { $0.runs.joined().map(\.identity) })
  }
}

extension ProblemResults {
  /// Sorts the runs of a problem by method and seed, and computes each method's Δm.
  package init(
    problem: ProblemRecord,
    methods: [MethodRecord],
    seeds: [Int],
    runs: [EvaluationRun],
    choices: [TuningChoice],
    trials: [EvaluationRun],
    finalists: FinalistRuns = FinalistRuns()
  ) {
    // Metrics over all tasks come after those of each.
    let tasks = problem.ownTasks + problem.tasks.filter { $0.index == nil }
    let columns = tasks.flatMap { task in
      task.metrics.map { MetricColumn(task: task, metric: $0) }
    }
    let runsByMethod = Dictionary(grouping: runs) { $0.method }
    let read = { (record: MethodRecord, reference: MethodResults?) in
      MethodResults(
        record: record,
        runs: runsByMethod[record.label] ?? [],
        seeds: seeds,
        columns: columns,
        reference: reference
      )
    }
    let ordered = methods.sorted { ($0.order, $0.label) < ($1.order, $1.label) }
    let reference = ordered.first { $0.group == .singleTask }.map { read($0, nil) }
    let sweep = ordered.filter { $0.group == .sweep }.map { read($0, reference) }
    var compared = ordered.filter(\.group.isCompared).map { read($0, reference) }
    if !compared.contains(where: { $0.record.label == MethodLabel.tunedStatic }),
      let chosen = Self.chosenOnValidation(sweep, choices: choices)
    {
      let place = compared.lastIndex { $0.record.group == .fixed }.map { $0 + 1 } ?? 0
      compared.insert(chosen, at: place)
    }
    self.problem = problem
    self.seeds = seeds
    self.columns = columns
    self.reference = reference
    self.methods = compared
    self.sweep = sweep
    self.choices = choices
    self.trials = trials
    otherReferences = ordered.filter { $0.group == .base }.map { read($0, nil) }
    addFinalists(finalists)
  }

  /// Gives every method its finalists, as far as they are stored.
  private mutating func addFinalists(_ finalists: FinalistRuns) {
    let sensitivity = TuningSensitivity(self)
    let tuned = methods.map { method in finalists.contender(method, self, sensitivity) }
    for index in methods.indices { methods[index].tuned = tuned[index] }
  }

  /// The point of the static sweep that tuning found best on validation data, in a row of its own.
  private static func chosenOnValidation(
    _ sweep: [MethodResults],
    choices: [TuningChoice]
  ) -> MethodResults? {
    let scores = sweep.map { point in
      choices.first { $0.method == point.record.label }?.score ?? .infinity
    }
    guard let best = scores.indices.min(by: { scores[$0] < scores[$1] }), scores[best].isFinite
    else { return nil }
    let point = sweep[best]
    var record = point.record
    record.label = MethodLabel.tunedStatic
    record.group = .fixed
    return MethodResults(
      record: record,
      outcomes: point.outcomes,
      runs: point.runs,
      values: point.values,
      deltaM: point.deltaM,
      logRatios: point.logRatios,
      checkpointValues: point.checkpointValues,
      tuned: point.tuned
    )
  }
}

extension MethodResults {
  /// Sorts a method's runs by seed; `reference` is single-task training, nil for itself.
  init(
    record: MethodRecord,
    runs: [EvaluationRun],
    seeds: [Int],
    columns: [MetricColumn],
    reference: MethodResults?
  ) {
    let runsBySeed = Dictionary(grouping: runs) { $0.seed }
    let seedRuns = seeds.map { runsBySeed[$0] ?? [] }
    let networkCount =
      record.group == .singleTask ? Set(columns.compactMap(\.task.index)).count : 1
    let values = columns.map { column in
      seedRuns.map { Self.value(of: column, in: $0) }
    }
    self.record = record
    self.runs = seedRuns
    self.outcomes = seedRuns.map { Self.outcome(of: $0, networkCount: networkCount) }
    self.values = values
    checkpointValues = Self.checkpointValues(seedRuns, columns: columns)
    deltaM = reference.flatMap {
      Self.deltaM(values, against: $0.values, columns: columns)
    }
    logRatios = seeds.indices.map { seed in
      reference.map {
        GeometricDelta.logRatio(
          Self.metrics(values, against: $0.values, columns: columns, seed: seed)
        )
      } ?? .missing
    }
  }

  /// The metrics that count in Δm at one seed, by task.
  private static func metrics(
    _ values: [[Score]],
    against bases: [[Score]],
    columns: [MetricColumn],
    seed: Int
  ) -> [[DeltaM.Metric]] {
    columns.deltaPlaces.map { places in
      places.map { place in
        DeltaM.Metric(
          value: values[place][seed],
          base: bases[place][seed],
          higherIsBetter: columns[place].higherIsBetter
        )
      }
    }
  }

  private static func outcome(of runs: [EvaluationRun], networkCount: Int) -> Outcome {
    for run in runs {
      switch run.end.status {
      case .finished:
        if let metric = infiniteMetric(of: run) {
          return .failed(reason: "\(metric.metric) on the test part is infinite")
        }
      case .skipped: return .skipped(reason: run.end.reason)
      case .diverged, .refused: return .failed(reason: run.end.reason)
      }
    }
    return runs.count >= networkCount && !runs.isEmpty ? .finished : .notRun
  }

  /// A run that ended with an infinite metric has learnt nothing that could be compared: it counts as
  /// failed, as one that diverged in training does.
  private static func infiniteMetric(of run: EvaluationRun) -> MetricValue? {
    run.metrics.first { $0.part == .test && $0.value.map { !$0.isFinite } ?? false }
  }

  /// What `read` finds in the run that speaks for a task, if it finished; a single-task run speaks for
  /// its own task only.
  private static func score(
    ofTask task: Int?,
    in runs: [EvaluationRun],
    _ read: (EvaluationRun) -> Score
  ) -> Score {
    guard let run = runs.first(where: { $0.taskIndex == nil || $0.taskIndex == task }) else {
      return .missing
    }
    switch run.end.status {
    case .finished: return read(run)
    case .skipped: return .missing
    case .diverged, .refused: return .failed
    }
  }

  private static func value(of column: MetricColumn, in runs: [EvaluationRun]) -> Score {
    let task = column.task.index
    return score(ofTask: task, in: runs) { run in
      guard infiniteMetric(of: run) == nil else { return .failed }
      return run.value(of: column.metric.name, task: task, part: .test).map { Score($0) }
        ?? .undefined(.undefinedMetric)
    }
  }

  /// The test metrics at the checkpoints of other rules than the main one, by rule; a rule without a
  /// value is left out.
  private static func checkpointValues(
    _ runs: [[EvaluationRun]],
    columns: [MetricColumn]
  ) -> [String: [[Score]]] {
    let rules = Set(runs.joined().flatMap { $0.checkpointMetrics.map(\.rule) })
    return Dictionary(
      uniqueKeysWithValues: rules.map { rule in
        (rule, columns.map { column in runs.map { value(of: column, in: $0, rule: rule) } })
      }
    )
  }

  private static func value(
    of column: MetricColumn,
    in runs: [EvaluationRun],
    rule: String
  ) -> Score {
    let task = column.task.index
    return score(ofTask: task, in: runs) { run in
      let found = run.checkpointMetrics.first {
        $0.rule == rule && $0.task == task && $0.metric == column.metric.name
      }
      guard let found else { return .missing }
      return found.value.map { $0.isFinite ? .value($0) : .failed } ?? .undefined(.undefinedMetric)
    }
  }

  /// Δm of every seed; nil without a metric that counts in it.
  static func deltaM(
    _ values: [[Score]],
    against bases: [[Score]],
    columns: [MetricColumn]
  ) -> DeltaMOverSeeds? {
    let tasks = metricsOverSeeds(
      values,
      against: bases,
      columns: columns,
      places: columns.deltaPlaces
    )
    return tasks.isEmpty ? nil : DeltaMOverSeeds(tasks)
  }

  /// Metrics over the seeds, by task: those at `places`, shape [taskCount][metricCount].
  static func metricsOverSeeds(
    _ values: [[Score]],
    against bases: [[Score]],
    columns: [MetricColumn],
    places: [[Int]]
  ) -> [[DeltaMOverSeeds.Metric]] {
    places.map { places in
      places.map { place in
        DeltaMOverSeeds.Metric(
          values: values[place],
          bases: bases[place],
          higherIsBetter: columns[place].higherIsBetter
        )
      }
    }
  }
}
