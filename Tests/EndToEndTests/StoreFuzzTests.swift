import Foundation
import GRDB
import Testing

extension Tag {
  /// Takes minutes; runs only with `SLOW_TESTS` in the environment.
  @Tag static var slow: Self
}

@Suite("A store that somebody has tampered with", .serialized)
struct StoreFuzzTests {
  /// What can stand in a column that no schema guards.
  private static let absurdities = [
    "NULL", "0", "-1", "1", "9223372036854775807", "-9223372036854775808", "9e999", "-9e999",
    "1e308", "-1e-308", "0.5", "'text'", "''", "x'00ff'", "rowid * 2654435761 % 4294967296",
  ]
  private let folder: TemporaryFolder

  /// A folder with the smoke suite's results in `smoke.sqlite`.
  init() throws {
    folder = try TemporaryFolder()
    try StoredResults.smoke.get().write(to: "smoke.sqlite", in: folder)
  }

  @Test(
    "never ends a reader by a signal",
    arguments: [
      "UPDATE run_metric SET value = NULL", "UPDATE run_metric SET value = 0",
      "UPDATE run_metric SET value = 9e999", "UPDATE run_metric SET value = 1e308",
      "DELETE FROM run WHERE identity < '8'", "UPDATE run SET status = 'diverged'",
      "UPDATE evaluation SET loss = NULL", "DELETE FROM suite_metric",
    ]
  )
  func some(sql: String) throws {
    try tamper(sql, isGuarded: true)
    try read(after: sql)
  }

  @Test(
    "never ends a reader by a signal, whatever stands in a column",
    .tags(.slow),
    .enabled(if: ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil),
    .timeLimit(.minutes(60))
  )
  func everything() throws {
    let seed =
      ProcessInfo.processInfo.environment["FUZZ_SEED"].flatMap { UInt64($0) }
      ?? UInt64(Date().timeIntervalSince1970)
    print("fuzzing the store with FUZZ_SEED=\(seed)")
    var random = SplitMix(state: seed)
    var changes: [String] = []
    for (table, columns) in try numericColumns().sorted(by: { $0.key < $1.key }) {
      changes += ["DELETE FROM \(table)", "DELETE FROM \(table) WHERE rowid * 7919 % 3 = 0"]
      changes.append("INSERT INTO \(table) SELECT * FROM \(table)")
      for column in columns {
        for value in Self.absurdities { changes.append("UPDATE \(table) SET \(column) = \(value)") }
      }
    }
    // Every change by itself, and as many mixtures of some in a part of the rows.
    for number in 0..<2 * changes.count {
      var mixture = [changes[number % changes.count]]
      if number >= changes.count {
        mixture = (0..<3).map { _ in
          let change = changes[Int(random.next() % UInt64(changes.count))]
          let isPartial = change.hasPrefix("UPDATE") && random.next() % 2 == 0
          return isPartial ? change + " WHERE rowid * \(random.next() % 9973) % 4 = 0" : change
        }
      }
      let sql = mixture.joined(separator: "; ")
      try tamper(sql, isGuarded: false)
      try read(after: sql)
    }
  }

  /// Makes `tampered.sqlite` of the results: with their schema, or without a constraint left.
  private func tamper(_ sql: String, isGuarded: Bool) throws {
    let path = folder.file("tampered.sqlite")
    if FileManager.default.fileExists(atPath: path) {
      try FileManager.default.removeItem(atPath: path)
    }
    try FileManager.default.copyItem(atPath: folder.file("smoke.sqlite"), toPath: path)
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(path: path, configuration: configuration).writeWithoutTransaction {
      database in
      if !isGuarded {
        // Views of tables that are gone for a moment are no hindrance.
        try database.execute(sql: "PRAGMA legacy_alter_table = ON")
        for table in try Self.tables(database) {
          try database.execute(
            sql: """
              CREATE TABLE copy AS SELECT * FROM \(table);
              DROP TABLE \(table);
              ALTER TABLE copy RENAME TO \(table);
              """
          )
        }
      }
      try database.execute(sql: sql)
    }
  }

  /// Runs every command that reads a store.
  private func read(after sql: String) throws {
    let identity = try DatabaseQueue(path: folder.file("smoke.sqlite")).read { database in
      try String.fetchOne(database, sql: "SELECT identity FROM run ORDER BY identity LIMIT 1") ?? ""
    }
    let commands = [
      ["table"], ["table", "--format", "csv"], ["plot", "--out", "t"], ["report", "--out", "t"],
      ["show", identity],
    ]
    let environment = try folder.drawingNothing().merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    for command in commands {
      let result = try Command.run(
        command + ["--db", "tampered.sqlite"],
        in: folder,
        environment: environment
      )
      #expect(
        result.signal == nil && result.status < 128,
        "\(command) after \(sql): \(result.status)\n\(result.error.suffix(400))"
      )
    }
  }

  private static func tables(_ database: Database) throws -> [String] {
    try String.fetchAll(
      database,
      sql: """
        SELECT name FROM sqlite_master
        WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
        ORDER BY name
        """
    )
  }

  /// Columns that hold numbers, by table.
  private func numericColumns() throws -> [String: [String]] {
    try DatabaseQueue(path: folder.file("smoke.sqlite")).read { database in
      var columns: [String: [String]] = [:]
      for table in try Self.tables(database) {
        columns[table] = try database.columns(in: table)
          .filter { ["INTEGER", "REAL"].contains($0.type) }.map(\.name)
      }
      return columns
    }
  }
}

/// Vigna's generator of 64-bit numbers from a seed.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
