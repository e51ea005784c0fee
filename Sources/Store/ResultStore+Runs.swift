internal import GRDB

extension ResultStore {
  /// Whether a run is stored.
  package func has(_ identity: String) throws(StoreError) -> Bool {
    try read { database in
      let statement = try database.cachedStatement(sql: "SELECT 1 FROM run WHERE identity = ?")
      return try Int.fetchOne(statement, arguments: [identity]) != nil
    }
  }

  /// The identities of all stored runs.
  package func identities() throws(StoreError) -> Set<String> {
    try read { try String.fetchSet($0, sql: "SELECT identity FROM run") }
  }

  /// The instruction set that each stored run was computed with, by identity.
  package func instructionSets() throws(StoreError) -> [String: String] {
    try read { database in
      var sets: [String: String] = [:]
      try database.forEachRow("SELECT identity, instruction_set FROM run") { row in
        sets[try row.text(0)] = try row.text(1)
      }
      return sets
    }
  }

  /// The hash of each stored run's final parameters, by identity.
  package func parameterHashes() throws(StoreError) -> [String: String] {
    try read { database in
      var hashes: [String: String] = [:]
      try database.forEachRow("SELECT identity, parameter_hash FROM run") { row in
        hashes[try row.text(0)] = try row.text(1)
      }
      return hashes
    }
  }

  /// The run whose identity begins with the given digits.
  ///
  /// - Throws: `unknownRun` with the nearest identities, `ambiguousRun` with some of those meant.
  package func run(_ prefix: String) throws(StoreError) -> RunRecord {
    try read { database in
      let wanted = prefix.lowercased()
      let count = try Self.identityCount(wanted, database)
      let candidates = try Self.identities(from: wanted, database)
      guard count == 1, let identity = candidates.first else {
        guard count == 0 else {
          throw StoreError.ambiguousRun(prefix: prefix, candidates: candidates, count: count)
        }
        throw StoreError.unknownRun(
          prefix: prefix,
          nearest: try Self.nearest(to: wanted, database)
        )
      }
      return try Self.run(identity, database)
    }
  }

  /// How much is stored.
  package func counts() throws(StoreError) -> StoreCounts {
    try read { database in
      let sql = """
        SELECT
          (SELECT COUNT(*) FROM suite),
          COUNT(*) FILTER (WHERE status = 'finished'),
          COUNT(*) FILTER (WHERE status = 'diverged'),
          COUNT(*) FILTER (WHERE status = 'refused'),
          COUNT(*) FILTER (WHERE status = 'skipped'),
          (SELECT COUNT(*) FROM run_metric) + (SELECT COUNT(*) FROM evaluation)
            + (SELECT COUNT(*) FROM task_step) + (SELECT COUNT(*) FROM pair_step)
        FROM run
        """
      return try database.rows(sql) { row in
        StoreCounts(
          suites: try row.count(0),
          finished: try row.count(1),
          diverged: try row.count(2),
          refused: try row.count(3),
          skipped: try row.count(4),
          measurements: try row.count(5)
        )
      }[0]
    }
  }

  /// What SQLite finds wrong with the database; nothing if it is sound.
  package func integrityCheck() throws(StoreError) -> [String] {
    do throws(StoreError) {
      return try read { database in
        let damage = try String.fetchAll(database, sql: "PRAGMA integrity_check")
        guard damage == ["ok"] else { return damage }
        return try database.rows("PRAGMA foreign_key_check") { row in
          "a row of \(try row.text(0)) belongs to no row of \(try row.text(2))"
        }
      }
    } catch {
      guard case .damaged(_, let message) = error else { throw error }
      return [message]
    }
  }

  /// Identities that begin with a text are those from it up to it followed by `g`.
  private static func identityCount(_ prefix: String, _ database: Database) throws -> Int {
    let sql = "SELECT COUNT(*) FROM run WHERE identity >= ? AND identity < ? || 'g'"
    return try Int.fetchOne(database, sql: sql, arguments: [prefix, prefix]) ?? 0
  }

  private static func identities(from prefix: String, _ database: Database) throws -> [String] {
    let sql = """
      SELECT identity FROM run
      WHERE identity >= ? AND identity < ? || 'g'
      ORDER BY identity
      LIMIT 5
      """
    return try String.fetchAll(database, sql: sql, arguments: [prefix, prefix])
  }

  /// Identities that share as many leading digits as any.
  private static func nearest(to text: String, _ database: Database) throws -> [String] {
    var prefix = text
    while !prefix.isEmpty {
      prefix.removeLast()
      let candidates = try identities(from: prefix, database)
      if !candidates.isEmpty { return candidates }
    }
    return []
  }

  private static func run(_ identity: String, _ database: Database) throws -> RunRecord {
    let sql = """
      SELECT
        identity, spec, numerics_version, parameter_hash, best_step, checkpoint, instruction_set,
        flush_to_zero, program_version, created_at, \(RunEnd.columns)
      FROM run
      WHERE identity = ?
      """
    let found = try database.rows(sql, [identity]) { try run(of: $0, database) }
    guard let run = found.first else {
      throw StoreError.unknownRun(prefix: identity, nearest: [])
    }
    return run
  }

  /// The run of a row of the query above.
  private static func run(of row: StoredRow, _ database: Database) throws -> RunRecord {
    let identity = try row.text(0)
    var machines: Set<String> = []
    return RunRecord(
      identity: identity,
      spec: try row.text(1),
      numericsVersion: try row.whole(2),
      end: try RunEnd(row, from: 10, &machines),
      parameterHash: try row.text(3),
      bestStep: try row.optionalCount(4),
      checkpoint: try row.text(5),
      instructionSet: try row.text(6),
      flushToZero: try row.flag(7),
      programVersion: try row.text(8),
      createdAt: try row.text(9),
      metrics: try metrics(of: identity, database),
      evaluations: try evaluations(of: identity, database),
      taskSteps: try taskSteps(of: identity, database),
      pairSteps: try pairSteps(of: identity, database),
      checkpointMetrics: try checkpointMetrics(of: identity, database),
      mechanism: try mechanism(of: identity, database),
      penalties: try penalties(of: identity, database)
    )
  }

  /// By part, task and metric name.
  static func metrics(of identity: String, _ database: Database) throws -> [MetricValue] {
    let sql = """
      SELECT task, part, metric, value FROM run_metric
      WHERE identity = ?
      ORDER BY part, task, metric
      """
    return try database.rows(sql, [identity]) { row in
      MetricValue(
        task: try row.optionalTask(0),
        part: try row.word(1),
        metric: try row.text(2),
        value: try row.number(3)
      )
    }
  }

  /// By rule, task and metric name.
  static func checkpointMetrics(
    of identity: String,
    _ database: Database
  ) throws -> [CheckpointMetric] {
    let sql = """
      SELECT rule, step, task, metric, value FROM checkpoint_metric
      WHERE identity = ?
      ORDER BY rule, task, metric
      """
    return try database.rows(sql, [identity]) { try checkpointMetric($0, from: 0) }
  }

  /// Rule, step, task, name and value in the columns from `first`.
  static func checkpointMetric(_ row: StoredRow, from first: Int) throws -> CheckpointMetric {
    CheckpointMetric(
      rule: try row.text(first),
      step: try row.count(first + 1),
      task: try row.optionalTask(first + 2),
      metric: try row.text(first + 3),
      value: try row.number(first + 4)
    )
  }

  /// By kind, tasks and step.
  static func mechanism(
    of identity: String,
    _ database: Database
  ) throws -> [MechanismValue] {
    let sql = """
      SELECT step, kind, task_a, nullif(task_b, -1), value FROM mechanism
      WHERE identity = ?
      ORDER BY kind, task_a, task_b, step
      """
    return try database.rows(sql, [identity]) { try mechanism($0, from: 0) }
  }

  /// Step, kind, tasks and value in the columns from `first`.
  static func mechanism(_ row: StoredRow, from first: Int) throws -> MechanismValue {
    MechanismValue(
      step: try row.count(first),
      kind: try row.text(first + 1),
      taskA: try row.task(first + 2),
      taskB: try row.optionalCount(first + 3),
      value: try row.number(first + 4)
    )
  }

  /// Validation loss of each task at the checkpoint of those of the given runs that finished, by run.
  package func checkpointLosses(
    _ identities: [String]
  ) throws(StoreError) -> [String: [(task: Int, loss: Double)]] {
    try read { database in
      let sql = """
        SELECT e.task, e.loss FROM run AS r
        JOIN evaluation AS e ON e.identity = r.identity AND e.step = r.best_step
        WHERE r.identity = ? AND r.status = 'finished' AND e.part = 'validation'
          AND e.loss IS NOT NULL
        ORDER BY e.task
        """
      var losses: [String: [(task: Int, loss: Double)]] = [:]
      for identity in identities {
        losses[identity] = try database.rows(sql, [identity]) { row in
          (task: try row.task(0), loss: try row.number(1) ?? .nan)
        }
      }
      return losses
    }
  }

  /// By part, task and step; of one part, where one is given.
  static func evaluations(
    of identity: String,
    part: MeasuredPart? = nil,
    _ database: Database
  ) throws -> [Evaluation] {
    let sql = """
      SELECT step, task, part, loss FROM evaluation
      WHERE identity = ? AND part BETWEEN ? AND ?
      ORDER BY part, task, step
      """
    // Between the empty text and one that no part's name comes after.
    return try database.rows(sql, [identity, part?.rawValue ?? "", part?.rawValue ?? "~"]) { row in
      Evaluation(
        step: try row.count(0),
        task: try row.task(1),
        part: try row.word(2),
        loss: try row.number(3) ?? .nan
      )
    }
  }

  /// By task and step.
  static func taskSteps(of identity: String, _ database: Database) throws -> [TaskStep] {
    let sql = """
      SELECT step, task, loss, weight, gradient_norm FROM task_step
      WHERE identity = ?
      ORDER BY task, step
      """
    return try database.rows(sql, [identity]) { row in
      TaskStep(
        step: try row.count(0),
        task: try row.task(1),
        loss: try row.number(2) ?? .nan,
        weight: try row.number(3),
        gradientNorm: try row.number(4)
      )
    }
  }

  /// By pair and step.
  static func pairSteps(of identity: String, _ database: Database) throws -> [PairStep] {
    let sql = """
      SELECT step, task_a, task_b, cosine FROM pair_step
      WHERE identity = ?
      ORDER BY task_a, task_b, step
      """
    return try database.rows(sql, [identity]) { row in
      PairStep(
        step: try row.count(0),
        taskA: try row.task(1),
        taskB: try row.task(2),
        cosine: try row.number(3)
      )
    }
  }
}
