internal import GRDB

extension ResultStore {
  /// The stored evaluation runs of what tuning chose for a utility on a problem, by method in the
  /// suite's order, task and seed.
  package func evaluationRuns(
    suite: String,
    problem: String,
    utility: String = TuningChoice.mainUtility
  ) throws(StoreError) -> [EvaluationRun] {
    try read { database in
      try Self.runs(
        of: "p.role = 'evaluation' AND \(Self.isChosen)",
        [suite, problem, utility],
        withCheckpoints: true,
        database
      )
    }
  }

  /// The stored evaluation runs of every candidate of a problem that has some, by method in the
  /// suite's order, task, candidate and seed.
  package func finalistRuns(suite: String, problem: String) throws(StoreError) -> [EvaluationRun] {
    try read { database in
      try Self.runs(of: "p.role = 'evaluation'", [suite, problem], database)
    }
  }

  /// The stored tuning runs of a problem, by method in the suite's order, task, candidate and seed.
  package func tuningRuns(suite: String, problem: String) throws(StoreError) -> [EvaluationRun] {
    try read { database in try Self.runs(of: "p.role = 'tuning'", [suite, problem], database) }
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
  /// part and task.
  package func learningCurves(
    suite: String,
    problem: String
  ) throws(StoreError) -> [LearningCurve] {
    try read { database in
      var curves: [LearningCurve] = []
      for run in try Self.evaluated(suite: suite, problem: problem, database) {
        let rows = try Self.evaluations(of: run.identity, database)
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

  /// The diagnostics of the evaluation runs of a problem, by run as in `evaluationRuns` and task.
  package func diagnostics(suite: String, problem: String) throws(StoreError) -> Diagnostics {
    try read { database in
      var diagnostics = Diagnostics(tasks: [], pairs: [])
      for run in try Self.evaluated(suite: suite, problem: problem, database) {
        let taskRows = try Self.taskSteps(of: run.identity, database)
        for group in taskRows.grouped(by: { $0.task == $1.task }) {
          let first = group[group.startIndex]
          diagnostics.tasks.append(
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
        let pairRows = try Self.pairSteps(of: run.identity, database)
        for group in pairRows.grouped(by: { $0.taskA == $1.taskA && $0.taskB == $1.taskB }) {
          let first = group[group.startIndex]
          diagnostics.pairs.append(
            PairSeries(
              method: run.method,
              seed: run.seed,
              identity: run.identity,
              taskA: first.taskA,
              taskB: first.taskB,
              steps: group.map { $0.step },
              cosines: group.map { $0.cosine }
            )
          )
        }
      }
      return diagnostics
    }
  }

  /// What the evaluation runs of a problem measured of its mechanism, by run as in `evaluationRuns`,
  /// kind, tasks and step.
  package func mechanism(suite: String, problem: String) throws(StoreError) -> [MechanismRow] {
    try read { database in
      try Self.evaluated(suite: suite, problem: problem, database).flatMap { run in
        try Self.mechanism(of: run.identity, database).map {
          MechanismRow(method: run.method, seed: run.seed, value: $0)
        }
      }
    }
  }

  /// Runs of the plan entries `p` that meet a condition; the arguments begin with suite and problem.
  private static func runs(
    of condition: String,
    _ arguments: StatementArguments,
    withCheckpoints: Bool = false,
    _ database: Database
  ) throws -> [EvaluationRun] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT
          p.method, p.seed, p.task, p.learning_rate, r.identity, r.status, r.reason,
          r.failed_step, r.step_count, r.train_seconds, r.total_seconds, r.forward_passes,
          r.backward_passes, r.samples_seen, r.policy_steps, r.machine, r.memory_bytes,
          p.candidate, r.mean_weight_sum
        FROM plan_entry AS p
        JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
        JOIN run AS r ON r.identity = p.identity
        WHERE p.suite = ? AND p.problem = ? AND \(condition)
        ORDER BY m.position, p.method, p.task, p.candidate, p.seed
        """
    )
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    return try Array(
      rows.map { row in
        EvaluationRun(
          method: row[0],
          seed: row[1],
          taskIndex: taskIndex(row[2]),
          candidate: row[17],
          learningRate: row[3],
          identity: row[4],
          status: row[5],
          reason: row[6],
          failedStep: row[7],
          stepCount: row[8],
          trainSeconds: row[9],
          totalSeconds: row[10],
          forwardPasses: row[11],
          backwardPasses: row[12],
          samplesSeen: row[13],
          memoryBytes: row[16],
          policySteps: row[14],
          machine: row[15],
          meanWeightSum: row[18],
          metrics: try metrics(of: row[4], database),
          checkpointMetrics: withCheckpoints ? try checkpointMetrics(of: row[4], database) : []
        )
      }
    )
  }

  /// The stored evaluation runs of what was chosen on a problem, without what they measured.
  private static func evaluated(
    suite: String,
    problem: String,
    _ database: Database
  ) throws -> [(method: String, seed: Int, identity: String)] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT p.method, p.seed, p.identity
        FROM evaluation_run AS p
        JOIN suite_method AS m ON m.suite = p.suite AND m.label = p.method
        WHERE p.suite = ? AND p.problem = ?
        ORDER BY m.position, p.method, p.task, p.seed
        """
    )
    let rows = try Row.fetchCursor(statement, arguments: [suite, problem])
    return try Array(rows.map { (method: $0[0], seed: $0[1], identity: $0[2]) })
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
