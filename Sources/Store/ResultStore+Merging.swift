internal import GRDB

extension ResultStore {
  /// What taking in another database did.
  package struct MergeOutcome: Sendable, Hashable {
    /// Runs that were not there before.
    package let addedCount: Int
    /// Runs that both have, with the same numbers.
    package let sameCount: Int
  }

  /// Columns of a run that two makings of it may differ in: where and when it was made, and what it took.
  private static let circumstances: Set<String> = [
    "train_seconds", "total_seconds", "memory_bytes", "instruction_set", "program_version",
    "machine",
    "created_at",
  ]

  /// Takes the runs of another database with all they measured.
  ///
  /// Suites stay behind: their plans and choices follow from the runs, and running a suite writes them. So
  /// the same database may be taken twice, and several in any order.
  ///
  /// - Throws: `differs` for a run that both have with other numbers, and nothing is taken then; `older`
  ///   or `newer` for tables of another version.
  package func takeRuns(from other: ResultStore) throws(StoreError) -> MergeOutcome {
    try writeWithoutTransaction { database in
      try database.execute(sql: "ATTACH ? AS other", arguments: [Self.fileName(other.path)])
      let outcome = Result { try takeAttachedRuns(of: other.path, database) }
      try database.execute(sql: "DETACH other")
      return try outcome.get()
    }
  }

  private func takeAttachedRuns(of path: String, _ database: Database) throws -> MergeOutcome {
    let version = try Int.fetchOne(database, sql: "PRAGMA other.user_version") ?? 0
    guard version == Schema.version else {
      throw StoreError.older(path: path, found: version, supported: Schema.version)
    }
    var outcome = MergeOutcome(addedCount: 0, sameCount: 0)
    try database.inTransaction {
      try database.execute(
        sql: """
          CREATE TEMP TABLE common (identity TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
          INSERT INTO common SELECT identity FROM other.run JOIN main.run USING (identity);
          """
      )
      let tables = ["run"] + (try Self.measurementTables(database))
      for table in tables {
        guard let identity = try Self.difference(in: table, database) else { continue }
        throw StoreError.differs(identity: identity, table: table, paths: [self.path, path])
      }
      for table in tables {
        let columns = try Self.columns(of: table, database).map(\.name).joined(separator: ", ")
        try database.execute(
          sql: """
            INSERT INTO main.\(table) (\(columns))
            SELECT \(columns) FROM other.\(table) WHERE identity NOT IN (SELECT identity FROM common)
            """
        )
      }
      outcome = MergeOutcome(
        addedCount: try Self.count(
          "other.run WHERE identity NOT IN (SELECT identity FROM common)",
          database
        ),
        sameCount: try Self.count("common", database)
      )
      try database.execute(sql: "DROP TABLE common")
      return .commit
    }
    return outcome
  }

  private static func count(_ rows: String, _ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(rows)") ?? 0
  }

  /// The tables whose rows belong to a run.
  private static func measurementTables(_ database: Database) throws -> [String] {
    let sql = """
      SELECT DISTINCT m.name FROM main.sqlite_master AS m, pragma_foreign_key_list(m.name) AS f
      WHERE m.type = 'table' AND f."table" = 'run'
      ORDER BY m.name
      """
    return try String.fetchAll(database, sql: sql)
  }

  private static func columns(
    of table: String,
    _ database: Database
  ) throws -> [(name: String, isKey: Bool)] {
    let sql = "SELECT name, pk > 0 FROM pragma_table_info(?, 'main')"
    return try database.rows(sql, [table]) { (name: try $0.text(0), isKey: try $0.flag(1)) }
  }

  /// A run that both databases have, but not with the same rows in a table; nil where there is none.
  private static func difference(in table: String, _ database: Database) throws -> String? {
    let all = try columns(of: table, database)
    let keys = all.filter(\.isKey).map(\.name)
    let values = all.filter { !$0.isKey && !circumstances.contains($0.name) }.map(\.name)
    func list(_ names: [String], of alias: String) -> String {
      "(" + names.map { "\(alias).\($0)" }.joined(separator: ", ") + ")"
    }
    // A row of either database without the like of it in the other one.
    func unmatched(_ first: String, _ second: String) -> String {
      """
      SELECT a.identity FROM common AS c
      JOIN \(first).\(table) AS a ON a.identity = c.identity
      LEFT JOIN \(second).\(table) AS b ON \(list(keys, of: "a")) = \(list(keys, of: "b"))
      WHERE b.identity IS NULL OR \(list(values, of: "a")) IS NOT \(list(values, of: "b"))
      """
    }
    let sql = """
      SELECT identity FROM (\(unmatched("other", "main")) UNION ALL \(unmatched("main", "other"))) LIMIT 1
      """
    return try String.fetchOne(database, sql: sql)
  }
}
