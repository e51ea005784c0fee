internal import GRDB

extension ResultStore {
  /// All stored suites, by name.
  package func suites() throws(StoreError) -> [SuiteRecord] {
    try read { database in
      let sql = "SELECT name, text, plan_hash, created_at FROM suite ORDER BY name"
      return try database.rows(sql) { row in
        var settings: [String: String] = [:]
        let sql = "SELECT name, value FROM suite_setting WHERE suite = ?"
        try database.forEachRow(sql, [try row.text(0)]) { setting in
          settings[try setting.text(0)] = try setting.text(1)
        }
        return SuiteRecord(
          name: try row.text(0),
          text: try row.text(1),
          planHash: try row.text(2),
          createdAt: try row.text(3),
          settings: settings
        )
      }
    }
  }

  /// The suite of a name.
  ///
  /// - Throws: `unknownSuite` with the names there are.
  package func suite(named name: String) throws(StoreError) -> SuiteRecord {
    let suites = try suites()
    guard let suite = suites.first(where: { $0.name == name }) else {
      throw .unknownSuite(name: name, known: suites.map { $0.name })
    }
    return suite
  }

  /// The problems of a suite in its order; none if there is no such suite.
  package func problems(of suite: String) throws(StoreError) -> [ProblemRecord] {
    try read { database in
      let sql = """
        SELECT label, problem, family, position, optimizer, primary_task, has_fixed_rows
        FROM suite_problem
        WHERE suite = ?
        ORDER BY position, label
        """
      return try database.rows(sql, [suite]) { row in
        ProblemRecord(
          label: try row.text(0),
          problem: try row.text(1),
          family: try row.text(2),
          optimizer: try row.text(4),
          primaryTask: try row.whole(5),
          hasFixedRows: try row.flag(6),
          order: try row.whole(3),
          tasks: try Self.tasks(suite: suite, problem: try row.text(0), database)
        )
      }
    }
  }

  /// The methods of a suite in its order; none if there is no such suite.
  package func methods(of suite: String) throws(StoreError) -> [MethodRecord] {
    try read { database in
      let sql = """
        SELECT label, method, method_group, position, settings, sweep_weights, network
        FROM suite_method
        WHERE suite = ?
        ORDER BY position, label
        """
      return try database.rows(sql, [suite]) { row in
        MethodRecord(
          label: try row.text(0),
          method: try row.text(1),
          group: try row.word(2),
          order: try row.whole(3),
          settings: try row.text(4),
          network: try row.text(6),
          sweepWeights: try row.optionalText(5).map { NumberList.numbers($0) }
        )
      }
    }
  }

  /// The plan of a suite by problem, role, method, task, candidate and seed.
  package func entries(of suite: String) throws(StoreError) -> [PlanEntry] {
    try read { database in
      let sql = """
        SELECT problem, method, role, candidate, seed, learning_rate, task, identity
        FROM plan_entry
        WHERE suite = ?
        ORDER BY problem, role, method, task, candidate, seed
        """
      return try database.rows(sql, [suite]) { row in
        PlanEntry(
          suite: suite,
          problem: try row.text(0),
          method: try row.text(1),
          role: try row.word(2),
          candidate: try row.count(3),
          seed: try row.whole(4),
          learningRate: try row.amount(5),
          taskIndex: try row.optionalTask(6),
          identity: try row.text(7)
        )
      }
    }
  }

  /// The parts that a run plays in the stored suites, by suite, problem, role and method.
  package func entries(playedBy identity: String) throws(StoreError) -> [PlanEntry] {
    try read { database in
      let sql = """
        SELECT suite, problem, method, role, seed, learning_rate, task, candidate FROM plan_entry
        WHERE identity = ?
        ORDER BY suite, problem, role, method, task, candidate, seed
        """
      return try database.rows(sql, [identity]) { row in
        PlanEntry(
          suite: try row.text(0),
          problem: try row.text(1),
          method: try row.text(2),
          role: try row.word(3),
          candidate: try row.count(7),
          seed: try row.whole(4),
          learningRate: try row.amount(5),
          taskIndex: try row.optionalTask(6),
          identity: identity
        )
      }
    }
  }

  /// How much of a suite's plan is stored, by problem in alphabetical order, role and seed.
  package func planState(of suite: String) throws(StoreError) -> [PlanState] {
    try read { database in
      let sql = """
        SELECT p.problem, p.role, p.seed, COUNT(*), COUNT(r.identity)
        FROM plan_entry AS p
        LEFT JOIN run AS r ON r.identity = p.identity
        WHERE p.suite = ?
        GROUP BY p.problem, p.role, p.seed
        ORDER BY p.problem, p.role, p.seed
        """
      return try database.rows(sql, [suite]) { row in
        PlanState(
          problem: try row.text(0),
          role: try row.word(1),
          seed: try row.whole(2),
          plannedCount: try row.count(3),
          storedCount: try row.count(4)
        )
      }
    }
  }

  /// How many evaluation seeds are planned, by problem and method.
  package func plannedSeedCounts(of suite: String) throws(StoreError) -> [String: [String: Int]] {
    try read { database in
      let sql = """
        SELECT problem, method, COUNT(DISTINCT seed) FROM plan_entry
        WHERE suite = ? AND role = 'evaluation'
        GROUP BY problem, method
        """
      var counts: [String: [String: Int]] = [:]
      try database.forEachRow(sql, [suite]) { row in
        counts[try row.text(0), default: [:]][try row.text(1)] = try row.count(2)
      }
      return counts
    }
  }

  /// What tuning tried in a suite, by problem, method, task and place.
  package func candidates(of suite: String) throws(StoreError) -> [CandidateRecord] {
    try read { database in
      let sql = """
        SELECT problem, method, task, candidate, learning_rate, settings, weights, units
        FROM candidate
        WHERE suite = ?
        ORDER BY problem, method, task, candidate
        """
      return try database.rows(sql, [suite]) { row in
        CandidateRecord(
          suite: suite,
          problem: try row.text(0),
          method: try row.text(1),
          taskIndex: try row.optionalTask(2),
          position: try row.count(3),
          learningRate: try row.amount(4),
          settings: try row.text(5),
          weights: try row.optionalText(6).map { NumberList.numbers($0) },
          units: try row.optionalText(7).map { NumberList.numbers($0) }
        )
      }
    }
  }

  /// How the candidates of a suite did, by problem, method, task, utility and place.
  package func scores(of suite: String) throws(StoreError) -> [CandidateScore] {
    try read { database in
      let sql = """
        SELECT problem, method, task, utility, candidate, seed_count, score, is_finalist,
          choice_share
        FROM candidate_score
        WHERE suite = ?
        ORDER BY problem, method, task, utility, candidate
        """
      return try database.rows(sql, [suite]) { row in
        CandidateScore(
          suite: suite,
          problem: try row.text(0),
          method: try row.text(1),
          taskIndex: try row.optionalTask(2),
          utility: try row.text(3),
          candidate: try row.count(4),
          seedCount: try row.count(5),
          score: try row.number(6),
          isFinalist: try row.flag(7),
          choiceShare: try row.number(8)
        )
      }
    }
  }

  /// What tuning chose in a suite for the main utility, by problem, method and task.
  package func choices(of suite: String) throws(StoreError) -> [TuningChoice] {
    try choices(of: suite, utility: TuningChoice.mainUtility)
  }

  /// What tuning chose in a suite for one utility, by problem, method and task.
  package func choices(of suite: String, utility: String) throws(StoreError) -> [TuningChoice] {
    try read { database in
      let sql = """
        SELECT
          problem, method, task, candidate, learning_rate, settings, weights, units, criterion,
          score, choice_share, edges, trial_count, failed_trial_count, grid
        FROM tuning_choice
        WHERE suite = ? AND utility = ?
        ORDER BY problem, method, task
        """
      return try database.rows(sql, [suite, utility]) { row in
        TuningChoice(
          suite: suite,
          problem: try row.text(0),
          method: try row.text(1),
          taskIndex: try row.optionalTask(2),
          utility: utility,
          candidate: try row.count(3),
          learningRate: try row.amount(4),
          settings: try row.text(5),
          weights: try row.optionalText(6).map { NumberList.numbers($0) },
          units: try row.optionalText(7).map { NumberList.numbers($0) },
          criterion: try row.word(8),
          score: try row.number(9),
          choiceShare: try row.number(10),
          edges: try row.text(11).split(separator: ",").map(String.init),
          trialCount: try row.count(12),
          failedTrialCount: try row.count(13),
          grid: NumberList.numbers(try row.text(14))
        )
      }
    }
  }

  /// The utilities that choices of a suite are stored for, by name.
  package func utilities(of suite: String) throws(StoreError) -> [String] {
    try read { database in
      let sql = "SELECT DISTINCT utility FROM tuning_choice WHERE suite = ? ORDER BY utility"
      return try String.fetchAll(database, sql: sql, arguments: [suite])
    }
  }

  /// The single-task losses that fixed weights are laid out in, by problem and task.
  package func singleTaskLosses(of suite: String) throws(StoreError) -> [SingleTaskLoss] {
    try read { database in
      let sql = """
        SELECT problem, task, loss FROM single_task_loss WHERE suite = ? ORDER BY problem, task
        """
      return try database.rows(sql, [suite]) { row in
        SingleTaskLoss(
          suite: suite,
          problem: try row.text(0),
          task: try row.task(1),
          loss: try row.amount(2)
        )
      }
    }
  }

  private static func tasks(
    suite: String,
    problem: String,
    _ database: Database
  ) throws -> [TaskRecord] {
    let sql = """
      SELECT task, name, kind, loss, unit, class_count FROM suite_task
      WHERE suite = ? AND problem = ?
      ORDER BY task
      """
    return try database.rows(sql, [suite, problem]) { row in
      let index = try row.optionalTask(0)
      return TaskRecord(
        index: index,
        name: try row.text(1),
        kind: try row.text(2),
        loss: try row.text(3),
        unit: try row.text(4),
        classCount: try row.count(5),
        metrics: try metrics(suite: suite, problem: problem, task: index ?? allTasks, database)
      )
    }
  }

  private static func metrics(
    suite: String,
    problem: String,
    task: Int,
    _ database: Database
  ) throws -> [MetricRecord] {
    let sql = """
      SELECT metric, title, direction, is_in_delta_m, unit, is_primary FROM suite_metric
      WHERE suite = ? AND problem = ? AND task = ?
      ORDER BY position
      """
    return try database.rows(sql, [suite, problem, task]) { row in
      MetricRecord(
        name: try row.text(0),
        title: try row.text(1),
        direction: try row.word(2),
        isInDeltaM: try row.flag(3),
        unit: try row.text(4),
        isPrimary: try row.flag(5)
      )
    }
  }
}
