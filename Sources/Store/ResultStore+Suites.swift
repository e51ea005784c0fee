internal import GRDB

extension ResultStore {
  /// All stored suites, by name.
  package func suites() throws(StoreError) -> [SuiteRecord] {
    try read { database in
      let sql = "SELECT name, text, plan_hash, created_at FROM suite ORDER BY name"
      return try Row.fetchAll(database, sql: sql).map { row in
        let settings = try Row.fetchAll(
          database,
          sql: "SELECT name, value FROM suite_setting WHERE suite = ?",
          arguments: [row[0] as String]
        )
        return SuiteRecord(
          name: row[0],
          text: row[1],
          planHash: row[2],
          createdAt: row[3],
          settings: Dictionary(
            uniqueKeysWithValues: settings.map { ($0[0] as String, $0[1] as String) }
          )
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
        SELECT label, problem, family, position, optimizer FROM suite_problem
        WHERE suite = ?
        ORDER BY position, label
        """
      return try Row.fetchAll(database, sql: sql, arguments: [suite]).map { row in
        ProblemRecord(
          label: row[0],
          problem: row[1],
          family: row[2],
          optimizer: row[4],
          order: row[3],
          tasks: try Self.tasks(suite: suite, problem: row[0], database)
        )
      }
    }
  }

  /// The methods of a suite in its order; none if there is no such suite.
  package func methods(of suite: String) throws(StoreError) -> [MethodRecord] {
    try read { database in
      let sql = """
        SELECT label, method, method_group, position, settings, sweep_weights FROM suite_method
        WHERE suite = ?
        ORDER BY position, label
        """
      return try Row.fetchAll(database, sql: sql, arguments: [suite]).map { row in
        MethodRecord(
          label: row[0],
          method: row[1],
          group: row[2],
          order: row[3],
          settings: row[4],
          sweepWeights: (row[5] as String?).map { NumberList.numbers($0) }
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
      return try Row.fetchAll(database, sql: sql, arguments: [suite]).map { row in
        PlanEntry(
          suite: suite,
          problem: row[0],
          method: row[1],
          role: row[2],
          candidate: row[3],
          seed: row[4],
          learningRate: row[5],
          taskIndex: Self.taskIndex(row[6]),
          identity: row[7]
        )
      }
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
      return try Row.fetchAll(database, sql: sql, arguments: [suite]).map { row in
        CandidateRecord(
          suite: suite,
          problem: row[0],
          method: row[1],
          taskIndex: Self.taskIndex(row[2]),
          position: row[3],
          learningRate: row[4],
          settings: row[5],
          weights: (row[6] as String?).map { NumberList.numbers($0) },
          units: (row[7] as String?).map { NumberList.numbers($0) }
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
      return try Row.fetchAll(database, sql: sql, arguments: [suite]).map { row in
        CandidateScore(
          suite: suite,
          problem: row[0],
          method: row[1],
          taskIndex: Self.taskIndex(row[2]),
          utility: row[3],
          candidate: row[4],
          seedCount: row[5],
          score: row[6],
          isFinalist: row[7],
          choiceShare: row[8]
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
      return try Row.fetchAll(database, sql: sql, arguments: [suite, utility]).map { row in
        TuningChoice(
          suite: suite,
          problem: row[0],
          method: row[1],
          taskIndex: Self.taskIndex(row[2]),
          utility: utility,
          candidate: row[3],
          learningRate: row[4],
          settings: row[5],
          weights: (row[6] as String?).map { NumberList.numbers($0) },
          units: (row[7] as String?).map { NumberList.numbers($0) },
          criterion: row[8],
          score: row[9],
          choiceShare: row[10],
          edges: (row[11] as String).split(separator: ",").map(String.init),
          trialCount: row[12],
          failedTrialCount: row[13],
          grid: NumberList.numbers(row[14])
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
      return try Row.fetchAll(database, sql: sql, arguments: [suite]).map { row in
        SingleTaskLoss(suite: suite, problem: row[0], task: row[1], loss: row[2])
      }
    }
  }

  /// A task as the records have it.
  static func taskIndex(_ task: Int) -> Int? { task == allTasks ? nil : task }

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
    return try Row.fetchAll(database, sql: sql, arguments: [suite, problem]).map { row in
      TaskRecord(
        index: row[0],
        name: row[1],
        kind: row[2],
        loss: row[3],
        unit: row[4],
        classCount: row[5],
        metrics: try metrics(suite: suite, problem: problem, task: row[0], database)
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
    return try Row.fetchAll(database, sql: sql, arguments: [suite, problem, task]).map { row in
      MetricRecord(
        name: row[0],
        title: row[1],
        direction: row[2],
        isInDeltaM: row[3],
        unit: row[4],
        isPrimary: row[5]
      )
    }
  }
}
