internal import GRDB

/// A value in the database that this program cannot have written.
struct ContentError: Error {
  /// What stands where, and what belongs there.
  let message: String
}

/// Values of a row as they must be.
///
/// Whoever can open the file can put anything into it, and sums of counts without a limit would
/// overflow: what is not a value of its kind is an error with the column's name.
extension Row {
  /// More steps, passes, samples or bytes than this no run has; a million times as many still add up.
  private static let mostCounted = 1 << 43

  func text(_ index: Int) throws -> String {
    guard let text = String.fromDatabaseValue(self[index]) else {
      throw unexpected(index, "text")
    }
    return text
  }

  func optionalText(_ index: Int) throws -> String? {
    value(index).isNull ? nil : try text(index)
  }

  func whole(_ index: Int) throws -> Int {
    guard case .int64(let number) = value(index).storage else {
      throw unexpected(index, "a whole number")
    }
    return Int(number)
  }

  /// A number from 0 to what can be counted.
  func count(_ index: Int) throws -> Int {
    guard let count = try optionalCount(index) else { throw unexpected(index, "a count") }
    return count
  }

  func optionalCount(_ index: Int) throws -> Int? {
    switch value(index).storage {
    case .null: return nil
    case .int64(let number) where (0...Int64(Self.mostCounted)).contains(number):
      return Int(number)
    default: throw unexpected(index, "a count")
    }
  }

  /// The index of a task, or -1 for all together.
  func task(_ index: Int) throws -> Int {
    guard case .int64(let number) = value(index).storage,
      (Int64(allTasks)...Int64(Int32.max)).contains(number)
    else { throw unexpected(index, "the index of a task") }
    return Int(number)
  }

  /// Seconds or a learning rate: finite and not negative.
  func amount(_ index: Int) throws -> Double {
    guard let number = try number(index), number.isFinite, number >= 0 else {
      throw unexpected(index, "a number from 0")
    }
    return number
  }

  /// Any number, infinity too; nil for NULL, which stands for what is undefined.
  func number(_ index: Int) throws -> Double? {
    switch value(index).storage {
    case .null: return nil
    case .double(let number): return number
    case .int64(let number): return Double(number)
    default: throw unexpected(index, "a number")
    }
  }

  func flag(_ index: Int) throws -> Bool {
    switch value(index).storage {
    case .int64(0): return false
    case .int64(1): return true
    default: throw unexpected(index, "0 or 1")
    }
  }

  private func value(_ index: Int) -> DatabaseValue { self[index] }

  private func unexpected(_ index: Int, _ expected: String) -> ContentError {
    let column = Array(columnNames)[index]
    return ContentError(
      message: "column '\(column)' holds \(value(index)), expected \(expected)"
    )
  }
}
