internal import GRDB
internal import GRDBSQLite

/// A value in the database that this program cannot have written.
struct ContentError: Error {
  /// What stands where, and what belongs there.
  let message: String
}

/// The row that a query stands at, its values as they must be.
///
/// Whoever can open the file can put anything into it, and sums of counts without a limit would
/// overflow: what is not a value of its kind is an error with the column's name.
///
/// Values come from SQLite itself: of millions of rows, GRDB's took four times as long as the query.
struct StoredRow {
  /// More steps, passes, samples or bytes than this no run has; a million times as many still add up.
  private static let mostCounted = 1 << 43

  fileprivate let statement: SQLiteStatement

  func text(_ column: Int) throws -> String {
    guard kind(column) == SQLITE_TEXT, let text = sqlite3_column_text(statement, Int32(column))
    else { throw unexpected(column, "text") }
    return String(cString: text)
  }

  func optionalText(_ column: Int) throws -> String? {
    kind(column) == SQLITE_NULL ? nil : try text(column)
  }

  func whole(_ column: Int) throws -> Int {
    guard kind(column) == SQLITE_INTEGER else { throw unexpected(column, "a whole number") }
    return Int(sqlite3_column_int64(statement, Int32(column)))
  }

  /// A number from 0 to what can be counted.
  func count(_ column: Int) throws -> Int {
    guard let count = try optionalCount(column) else { throw unexpected(column, "a count") }
    return count
  }

  func optionalCount(_ column: Int) throws -> Int? {
    if kind(column) == SQLITE_NULL { return nil }
    return try whole(column, in: 0...Self.mostCounted, "a count")
  }

  /// The index of a task.
  func task(_ column: Int) throws -> Int {
    try whole(column, in: 0...Int(Int32.max), "the index of a task")
  }

  /// The index of a task; nil for all together.
  func optionalTask(_ column: Int) throws -> Int? {
    let index = try whole(column, in: allTasks...Int(Int32.max), "the index of a task")
    return index == allTasks ? nil : index
  }

  /// One of the words that a column may hold.
  func word<Word: RawRepresentable<String> & CaseIterable>(_ column: Int) throws -> Word {
    let text = try text(column)
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw unexpected(column, "one of \(words)")
    }
    return word
  }

  /// Seconds or a learning rate: finite and not negative.
  func amount(_ column: Int) throws -> Double {
    guard let number = try number(column), number.isFinite, number >= 0 else {
      throw unexpected(column, "a number from 0")
    }
    return number
  }

  /// Any number, infinity too; nil for NULL, which stands for what is undefined.
  func number(_ column: Int) throws -> Double? {
    switch kind(column) {
    case SQLITE_NULL: nil
    case SQLITE_INTEGER, SQLITE_FLOAT: sqlite3_column_double(statement, Int32(column))
    default: throw unexpected(column, "a number")
    }
  }

  func flag(_ column: Int) throws -> Bool {
    try whole(column, in: 0...1, "0 or 1") == 1
  }

  private func whole(
    _ column: Int,
    in range: ClosedRange<Int>,
    _ expected: String
  ) throws -> Int {
    guard kind(column) == SQLITE_INTEGER else { throw unexpected(column, expected) }
    let number = Int(sqlite3_column_int64(statement, Int32(column)))
    guard range.contains(number) else { throw unexpected(column, expected) }
    return number
  }

  private func kind(_ column: Int) -> Int32 { sqlite3_column_type(statement, Int32(column)) }

  private func unexpected(_ column: Int, _ expected: String) -> ContentError {
    let value = DatabaseValue(sqliteStatement: statement, index: Int32(column))
    let name = sqlite3_column_name(statement, Int32(column)).map { String(cString: $0) } ?? ""
    return ContentError(message: "column '\(name)' holds \(value), expected \(expected)")
  }
}

extension Database {
  /// What `read` makes of each row of a query.
  func rows<Value>(
    _ sql: String,
    _ arguments: StatementArguments = [],
    _ read: (StoredRow) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    try forEachRow(sql, arguments) { values.append(try read($0)) }
    return values
  }

  /// Calls `body` with each row of a query; a row is gone when its call returns.
  ///
  /// The query must not be asked again within `body`.
  func forEachRow(
    _ sql: String,
    _ arguments: StatementArguments = [],
    _ body: (StoredRow) throws -> Void
  ) throws {
    let query = try cachedStatement(sql: sql)
    try query.setArguments(arguments)
    let statement = query.sqliteStatement
    defer { sqlite3_reset(statement) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: try body(StoredRow(statement: statement))
      case SQLITE_DONE: return
      case let code:
        throw DatabaseError(
          resultCode: ResultCode(rawValue: code),
          message: lastErrorMessage,
          sql: sql
        )
      }
    }
  }
}
