internal import GRDB

extension ResultStore {
  /// Stores a run with all it measured.
  ///
  /// A run that is there already, with the same spec, stays as it is.
  ///
  /// - Throws: `identityCollision` if a run with this identity and another spec is there.
  /// - Precondition: the identity is 16 lower-case hexadecimal digits.
  package func save(_ run: RunRecord) throws(StoreError) {
    precondition(
      run.identity.utf8.count == 16 && run.identity.allSatisfy { "0123456789abcdef".contains($0) },
      "an identity is 16 lower-case hexadecimal digits, found '\(run.identity)'"
    )
    try write { database in
      guard try Self.insert(run, database) else {
        let sql = "SELECT spec FROM run WHERE identity = ?"
        let statement = try database.cachedStatement(sql: sql)
        guard try String.fetchOne(statement, arguments: [run.identity]) == run.spec else {
          throw StoreError.identityCollision(identity: run.identity)
        }
        return
      }
      try Self.insertMeasurements(run, database)
    }
  }

  /// Stores a suite with its problems and methods, in place of what was stored under its name.
  ///
  /// What later stages of the plan stored (candidates, plan entries, choices, points of the front)
  /// stays if the plan hash is the same, and goes if it is not.
  package func save(
    suite: SuiteRecord,
    problems: [ProblemRecord],
    methods: [MethodRecord]
  ) throws(StoreError) {
    try write { database in
      try Self.removeParts(of: suite, database)
      try Self.insert(suite, database)
      for problem in problems { try Self.insert(problem, suite: suite.name, database) }
      for method in methods { try Self.insert(method, suite: suite.name, database) }
    }
  }

  /// Stores methods that a later stage of the plan brings, in place of those with the same label.
  package func save(methods: [MethodRecord], of suite: String) throws(StoreError) {
    try write { database in
      for method in methods { try Self.insert(method, suite: suite, database) }
    }
  }

  /// Stores plan entries, in place of those with the same part in their suite.
  ///
  /// Suite, problem and method must be stored before.
  package func save(entries: [PlanEntry]) throws(StoreError) {
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO plan_entry
            (suite, problem, role, method, task, candidate, seed, learning_rate, identity)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      )
      for entry in entries {
        try statement.execute(arguments: [
          entry.suite, entry.problem, entry.role.rawValue, entry.method,
          entry.taskIndex ?? allTasks,
          entry.candidate, entry.seed, entry.learningRate, entry.identity,
        ])
      }
    }
  }

  /// Stores measurements of speed, in place of those of the same session with the same key.
  package func save(measurements: [MeasurementRecord]) throws(StoreError) {
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO measurement
            (created_at, machine, program_version, program, name, work, method, pass, value, unit)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      )
      for measurement in measurements {
        try statement.execute(arguments: [
          measurement.createdAt, measurement.machine, measurement.programVersion,
          measurement.program, measurement.name, measurement.work, measurement.method,
          measurement.pass, measurement.value, measurement.unit,
        ])
      }
    }
  }

  /// Stores candidates, in place of those with the same place; their scores go.
  ///
  /// Suite, problem and method must be stored before.
  package func save(candidates: [CandidateRecord]) throws(StoreError) {
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO candidate
            (suite, problem, method, task, candidate, learning_rate, settings, weights, units)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      )
      for candidate in candidates {
        try statement.execute(arguments: [
          candidate.suite, candidate.problem, candidate.method, candidate.taskIndex ?? allTasks,
          candidate.position, candidate.learningRate, candidate.settings,
          candidate.weights.map { NumberList.text($0) },
          candidate.units.map { NumberList.text($0) },
        ])
      }
    }
  }

  /// Stores how candidates did, in place of what was stored before.
  package func save(scores: [CandidateScore]) throws(StoreError) {
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO candidate_score
            (suite, problem, method, task, utility, candidate, seed_count, score, is_finalist,
            choice_share)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      )
      for score in scores {
        try statement.execute(arguments: [
          score.suite, score.problem, score.method, score.taskIndex ?? allTasks, score.utility,
          score.candidate, score.seedCount, score.score, score.isFinalist, score.choiceShare,
        ])
      }
    }
  }

  /// Stores tuning choices, in place of earlier ones for the same method and utility.
  ///
  /// Suite, problem and method must be stored before.
  package func save(choices: [TuningChoice]) throws(StoreError) {
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO tuning_choice
            (suite, problem, method, task, utility, candidate, learning_rate, settings, weights,
            units, criterion, score, choice_share, edges, trial_count, failed_trial_count, grid)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """
      )
      for choice in choices {
        try statement.execute(arguments: [
          choice.suite, choice.problem, choice.method, choice.taskIndex ?? allTasks,
          choice.utility, choice.candidate, choice.learningRate, choice.settings,
          choice.weights.map { NumberList.text($0) }, choice.units.map { NumberList.text($0) },
          choice.criterion.rawValue, choice.score, choice.choiceShare,
          choice.edges.joined(separator: ","), choice.trialCount, choice.failedTrialCount,
          NumberList.text(choice.grid),
        ])
      }
    }
  }

  /// Stores the losses of single-task networks, in place of earlier ones.
  package func save(singleTaskLosses: [SingleTaskLoss]) throws(StoreError) {
    try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO single_task_loss (suite, problem, task, loss) VALUES (?, ?, ?, ?)
          """
      )
      for loss in singleTaskLosses {
        try statement.execute(arguments: [loss.suite, loss.problem, loss.task, loss.loss])
      }
    }
  }

  /// Whether the run was not there before and is now.
  private static func insert(_ run: RunRecord, _ database: Database) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO run
          (identity, spec, numerics_version, parameter_hash, best_step, checkpoint,
          instruction_set, flush_to_zero, program_version, created_at, \(RunEnd.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (identity) DO NOTHING
        """
    )
    let own: StatementArguments = [
      run.identity, run.spec, run.numericsVersion, run.parameterHash, run.bestStep,
      run.checkpoint, run.instructionSet, run.flushToZero, run.programVersion, run.createdAt,
    ]
    try statement.execute(arguments: own + run.end.values)
    return database.changesCount == 1
  }

  private static func insertMeasurements(_ run: RunRecord, _ database: Database) throws {
    let metric = try database.cachedStatement(
      sql: """
        INSERT INTO run_metric (identity, part, task, metric, value)
        VALUES (?, ?, ?, ?, ?)
        """
    )
    for row in run.metrics {
      try metric.execute(arguments: [
        run.identity, row.part.rawValue, row.task ?? allTasks, row.metric, row.value,
      ])
    }
    let evaluation = try database.cachedStatement(
      sql: """
        INSERT INTO evaluation (identity, part, task, step, loss)
        VALUES (?, ?, ?, ?, ?)
        """
    )
    for row in run.evaluations {
      try evaluation.execute(arguments: [
        run.identity, row.part.rawValue, row.task, row.step, row.loss,
      ])
    }
    let taskStep = try database.cachedStatement(
      sql: """
        INSERT INTO task_step (identity, task, step, loss, weight, gradient_norm)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    )
    for row in run.taskSteps {
      try taskStep.execute(arguments: [
        run.identity, row.task, row.step, row.loss, row.weight, row.gradientNorm,
      ])
    }
    let pairStep = try database.cachedStatement(
      sql: """
        INSERT INTO pair_step (identity, task_a, task_b, step, cosine)
        VALUES (?, ?, ?, ?, ?)
        """
    )
    for row in run.pairSteps {
      try pairStep.execute(arguments: [run.identity, row.taskA, row.taskB, row.step, row.cosine])
    }
    let checkpointMetric = try database.cachedStatement(
      sql: """
        INSERT INTO checkpoint_metric (identity, rule, task, metric, step, value)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    )
    for row in run.checkpointMetrics {
      try checkpointMetric.execute(arguments: [
        run.identity, row.rule, row.task ?? allTasks, row.metric, row.step, row.value,
      ])
    }
    let mechanism = try database.cachedStatement(
      sql: """
        INSERT INTO mechanism (identity, kind, task_a, task_b, step, value)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    )
    for row in run.mechanism {
      try mechanism.execute(arguments: [
        run.identity, row.kind, row.taskA, row.taskB ?? -1, row.step, row.value,
      ])
    }
    let penalty = try database.cachedStatement(
      sql: "INSERT INTO penalty (identity, step, value) VALUES (?, ?, ?)"
    )
    for row in run.penalties {
      try penalty.execute(arguments: [run.identity, row.step, row.value])
    }
  }

  private static func removeParts(of suite: SuiteRecord, _ database: Database) throws {
    let ofLaterStages = [
      "plan_entry", "tuning_choice", "candidate", "single_task_loss", "suite_method",
    ]
    for table in ofLaterStages {
      try database.execute(
        sql: """
          DELETE FROM \(table)
          WHERE suite = (SELECT name FROM suite WHERE name = ? AND plan_hash <> ?)
          """,
        arguments: [suite.name, suite.planHash]
      )
    }
    for table in ["suite_setting", "suite_problem"] {
      try database.execute(sql: "DELETE FROM \(table) WHERE suite = ?", arguments: [suite.name])
    }
    try database.execute(
      sql: "DELETE FROM suite_method WHERE suite = ? AND method_group <> 'sweep'",
      arguments: [suite.name]
    )
  }

  private static func insert(_ suite: SuiteRecord, _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO suite (name, plan_hash, created_at, text)
        VALUES (?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE
        SET plan_hash = excluded.plan_hash, created_at = excluded.created_at, text = excluded.text
        """,
      arguments: [suite.name, suite.planHash, suite.createdAt, suite.text]
    )
    for (name, value) in suite.settings {
      try database.execute(
        sql: "INSERT INTO suite_setting (suite, name, value) VALUES (?, ?, ?)",
        arguments: [suite.name, name, value]
      )
    }
  }

  private static func insert(
    _ problem: ProblemRecord,
    suite: String,
    _ database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO suite_problem
          (suite, label, problem, family, optimizer, primary_task, has_fixed_rows, position)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        suite, problem.label, problem.problem, problem.family, problem.optimizer,
        problem.primaryTask, problem.hasFixedRows, problem.order,
      ]
    )
    for task in problem.tasks {
      try database.execute(
        sql: """
          INSERT INTO suite_task (suite, problem, task, name, kind, loss, unit, class_count)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          suite, problem.label, task.index ?? allTasks, task.name, task.kind, task.loss, task.unit,
          task.classCount,
        ]
      )
      for (position, metric) in task.metrics.enumerated() {
        try database.execute(
          sql: """
            INSERT INTO suite_metric
              (suite, problem, task, metric, position, title, direction, is_in_delta_m, unit,
              is_primary)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            suite, problem.label, task.index ?? allTasks, metric.name, position, metric.title,
            metric.direction.rawValue, metric.isInDeltaM, metric.unit, metric.isPrimary,
          ]
        )
      }
    }
  }

  private static func insert(_ method: MethodRecord, suite: String, _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT OR REPLACE INTO suite_method
          (suite, label, method, method_group, position, settings, sweep_weights, network)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        suite, method.label, method.method, method.group.rawValue, method.order, method.settings,
        method.sweepWeights.map { NumberList.text($0) }, method.network,
      ]
    )
  }
}

/// How the tables write "all tasks together" where they otherwise have a task's index.
let allTasks = -1
