internal import GRDB

extension ResultStore {
  /// The stored evaluation runs of what tuning chose for a utility with their metrics on the test part,
  /// by problem; in each by method in the suite's order, task and seed.
  package func evaluationRuns(
    suite: String,
    utility: String = TuningChoice.mainUtility
  ) throws(StoreError) -> [String: [EvaluationRun]] {
    try read { database in
      try Self.runs(
        of: "p.role = 'evaluation' AND \(Self.isChosen)",
        [suite, utility],
        part: .test,
        withCheckpoints: true,
        database
      )
    }
  }

  /// The stored evaluation runs of the candidates that tuning did not choose, with their metrics on the
  /// test part, by problem; in each by method in the suite's order, task, candidate and seed.
  package func finalistRuns(suite: String) throws(StoreError) -> [String: [EvaluationRun]] {
    try read { database in
      try Self.runs(
        of: "p.role = 'evaluation' AND NOT \(Self.isChosen)",
        [suite, TuningChoice.mainUtility],
        part: .test,
        database
      )
    }
  }

  /// The stored tuning runs with their metrics on the validation part, by problem; in each by method in
  /// the suite's order, task, candidate and seed.
  package func tuningRuns(suite: String) throws(StoreError) -> [String: [EvaluationRun]] {
    try read { database in
      try Self.runs(of: "p.role = 'tuning'", [suite], part: .validation, database)
    }
  }

  /// Those of the given runs that are stored, by identity, whether or not a suite here asks for them.
  ///
  /// What a suite says of a run (method, seed, candidate, rate) is left out. Metrics are those on a part,
  /// or on both.
  package func runs(
    of identities: [String],
    part: MeasuredPart? = nil
  ) throws(StoreError) -> [String: EvaluationRun] {
    try read { database in
      let sql = "SELECT \(RunEnd.columns) FROM run WHERE identity = ?"
      var found: [String: EvaluationRun] = [:]
      var machines: Set<String> = []
      for identity in identities {
        try database.forEachRow(sql, [identity]) { row in
          found[identity] = EvaluationRun(
            method: "",
            seed: 0,
            taskIndex: nil,
            learningRate: 0,
            identity: identity,
            end: try RunEnd(row, from: 0, &machines),
            metrics: try Self.metrics(of: identity, database).filter {
              part == nil || $0.part == part
            }
          )
        }
      }
      return found
    }
  }

  /// Whether a plan entry `p` is of the candidate that was chosen for the utility `?`; points of the
  /// front have no choice of their own and one candidate each.
  private static let isChosen = """
    (m.method_group = 'sweep' OR EXISTS (
      SELECT 1 FROM tuning_choice AS c
      WHERE c.suite = p.suite AND c.problem = p.problem AND c.method = p.method
        AND c.task = p.task AND c.candidate = p.candidate AND c.utility = ?
    ))
    """

  /// The losses over training of the evaluation runs of a problem, by run as in `evaluationRuns`,
  /// part and task; only of one part and of the given runs, where these are given.
  package func learningCurves(
    suite: String,
    problem: String,
    part: MeasuredPart? = nil,
    of identities: Set<String>? = nil
  ) throws(StoreError) -> [LearningCurve] {
    try read { database in
      var curves: [LearningCurve] = []
      for run in try Self.evaluated(suite: suite, problem: problem, database)
      where identities?.contains(run.identity) ?? true {
        let rows = try Self.evaluations(of: run.identity, part: part, database)
        for group in rows.grouped(by: { $0.part == $1.part && $0.task == $1.task }) {
          let first = group[group.startIndex]
          curves.append(
            LearningCurve(
              method: run.method,
              seed: run.seed,
              identity: run.identity,
              task: first.task,
              part: first.part,
              steps: group.map { $0.step },
              losses: group.map { $0.loss }
            )
          )
        }
      }
      return curves
    }
  }

  /// Loss, weight and norm over training of the evaluation runs of a problem, by run as in
  /// `evaluationRuns` and task; only of the given runs, where some are given.
  package func taskSeries(
    suite: String,
    problem: String,
    of identities: Set<String>? = nil
  ) throws(StoreError) -> [TaskSeries] {
    try read { database in
      var series: [TaskSeries] = []
      for run in try Self.evaluated(suite: suite, problem: problem, database)
      where identities?.contains(run.identity) ?? true {
        let rows = try Self.taskSteps(of: run.identity, database)
        for group in rows.grouped(by: { $0.task == $1.task }) {
          let first = group[group.startIndex]
          series.append(
            TaskSeries(
              method: run.method,
              seed: run.seed,
              identity: run.identity,
              task: first.task,
              steps: group.map { $0.step },
              losses: group.map { $0.loss },
              weights: group.map { $0.weight },
              gradientNorms: group.map { $0.gradientNorm }
            )
          )
        }
      }
      return series
    }
  }

  /// The gradient cosines of all pairs of tasks of some runs of one method, summed up at each step: the
  /// pairs of many tasks are too many to be read one by one.
  ///
  /// Of the first run that has some there are about `mostSamples` single ones too.
  package func cosines(
    of identities: [String],
    mostSamples: Int
  ) throws(StoreError) -> CosineSummary {
    try read { database in
      var summary = CosineSummary()
      let sql = """
        SELECT
          step, COUNT(cosine), TOTAL(cosine), TOTAL(abs(cosine)),
          COUNT(*) FILTER (WHERE cosine < 0)
        FROM pair_step
        WHERE identity = ?
        GROUP BY step
        ORDER BY step
        """
      for identity in identities {
        var count = 0
        try database.forEachRow(sql, [identity]) { row in
          let step = CosineSummary.Step(
            count: try row.count(1),
            sum: try row.number(2) ?? 0,
            sizes: try row.number(3) ?? 0,
            conflictCount: try row.count(4)
          )
          summary.add(step, at: try row.count(0))
          count += step.count
        }
        if summary.samples.isEmpty, count > 0 {
          let stride = max(1, count / mostSamples)
          summary.samples = try Self.cosines(of: identity, every: stride, database)
        }
      }
      return summary
    }
  }

  /// Every so many of a run's defined cosines, by pair and step.
  private static func cosines(
    of identity: String,
    every stride: Int,
    _ database: Database
  ) throws -> [CosineSummary.Sample] {
    let sql = """
      SELECT step, cosine FROM (
        SELECT step, cosine, ROW_NUMBER() OVER (ORDER BY task_a, task_b, step) - 1 AS place
        FROM pair_step
        WHERE identity = ? AND cosine IS NOT NULL
      )
      WHERE place % ? = 0
      ORDER BY place
      """
    return try database.rows(sql, [identity, stride]) { row in
      CosineSummary.Sample(step: try row.count(0), cosine: try row.number(1) ?? .nan)
    }
  }

  /// What the evaluation runs of a problem measured of its mechanism, by run as in `evaluationRuns`,
  /// kind, tasks and step.
  package func mechanism(suite: String, problem: String) throws(StoreError) -> [MechanismRow] {
    try read { database in
      let sql = """
        SELECT p.method, p.seed, q.step, q.kind, q.task_a, nullif(q.task_b, -1), q.value
        FROM evaluation_run AS p
        JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
        JOIN mechanism AS q ON q.identity = p.identity
        WHERE p.suite = ? AND p.problem = ?
        ORDER BY m.position, p.method, p.task, p.seed, q.kind, q.task_a, q.task_b, q.step
        """
      return try database.rows(sql, [suite, problem]) { row in
        MechanismRow(
          method: try row.text(0),
          seed: try row.whole(1),
          value: try Self.mechanism(row, from: 2)
        )
      }
    }
  }

  /// Runs of the plan entries `p` that meet a condition, with their metrics on one part, by problem; the
  /// arguments begin with the suite.
  ///
  /// All problems at once: the identities of one are spread over all pages of the database.
  private static func runs(
    of condition: String,
    _ arguments: StatementArguments,
    part: MeasuredPart,
    withCheckpoints: Bool = false,
    _ database: Database
  ) throws -> [String: [EvaluationRun]] {
    let entries = """
      plan_entry AS p
      JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
      """
    let isAsked = "p.suite = ? AND \(condition)"
    let asked = "SELECT p.identity FROM \(entries) WHERE \(isAsked)"
    let measured = try grouped(
      "SELECT identity, task, metric, value FROM run_metric WHERE identity IN (\(asked)) "
        + "AND part = '\(part.rawValue)' ORDER BY identity, part, task, metric",
      arguments,
      database
    ) { row in
      MetricValue(
        task: try row.optionalTask(1),
        part: part,
        metric: try row.text(2),
        value: try row.number(3)
      )
    }
    let checkpoints =
      !withCheckpoints
      ? [:]
      : try grouped(
        "SELECT identity, rule, step, task, metric, value FROM checkpoint_metric "
          + "WHERE identity IN (\(asked)) ORDER BY identity, rule, task, metric",
        arguments,
        database
      ) { try checkpointMetric($0, from: 1) }
    let sql = """
      SELECT
        p.problem, p.method, p.seed, p.task, p.candidate, p.learning_rate, r.identity,
        \(RunEnd.columns)
      FROM \(entries)
      JOIN run AS r ON r.identity = p.identity
      WHERE \(isAsked)
      ORDER BY m.position, p.method, p.task, p.candidate, p.seed
      """
    var byProblem: [String: [EvaluationRun]] = [:]
    var machines: Set<String> = []
    try database.forEachRow(sql, arguments) { row in
      let identity = try row.text(6)
      byProblem[try row.text(0), default: []].append(
        EvaluationRun(
          method: try row.text(1),
          seed: try row.whole(2),
          taskIndex: try row.optionalTask(3),
          candidate: try row.count(4),
          learningRate: try row.amount(5),
          identity: identity,
          end: try RunEnd(row, from: 7, &machines),
          metrics: measured[identity] ?? [],
          checkpointMetrics: checkpoints[identity] ?? []
        )
      )
    }
    return byProblem
  }

  /// What a query says of each run, by the identity in its first column, by which it is ordered.
  private static func grouped<Value>(
    _ sql: String,
    _ arguments: StatementArguments,
    _ database: Database,
    _ read: (StoredRow) throws -> Value
  ) throws -> [String: [Value]] {
    var byRun: [String: [Value]] = [:]
    var run = ""
    var own: [Value] = []
    try database.forEachRow(sql, arguments) { row in
      let identity = try row.text(0)
      if identity != run {
        // An array of just the size: what it grew in is half empty.
        byRun[run] = own.map { $0 }
        own.removeAll(keepingCapacity: true)
        run = identity
      }
      own.append(try read(row))
    }
    byRun[run] = own
    return byRun
  }

  /// The stored evaluation runs of what was chosen on a problem, without what they measured.
  private static func evaluated(
    suite: String,
    problem: String,
    _ database: Database
  ) throws -> [(method: String, seed: Int, identity: String)] {
    let sql = """
      SELECT p.method, p.seed, p.identity
      FROM evaluation_run AS p
      JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
      WHERE p.suite = ? AND p.problem = ?
      ORDER BY m.position, p.method, p.task, p.seed
      """
    return try database.rows(sql, [suite, problem]) { row in
      (method: try row.text(0), seed: try row.whole(1), identity: try row.text(2))
    }
  }
}

extension Array {
  /// Runs of neighbours that belong together, in their order.
  fileprivate func grouped(by belongsTo: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
    var groups: [ArraySlice<Element>] = []
    var start = 0
    for index in indices.dropFirst() where !belongsTo(self[index - 1], self[index]) {
      groups.append(self[start..<index])
      start = index
    }
    if start < count { groups.append(self[start...]) }
    return groups
  }
}
