/// A parsed JSON text, read by name; a missing or mistyped member is an error that names it.
package enum JSONValue: Hashable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// Member of an object; nil when absent, null, or this is no object.
  package subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members[key], value != .null else {
      return nil
    }
    return value
  }

  /// Member of an object.
  ///
  /// - Throws: `VerificationError.missing` when it is absent or null.
  package func member(_ key: String) throws(VerificationError) -> JSONValue {
    guard let value = self[key] else { throw .missing(key) }
    return value
  }

  /// The number; texts `nan`, `inf` and `-inf` are numbers too.
  ///
  /// - Throws: `VerificationError.mistyped` for anything else.
  package func double() throws(VerificationError) -> Double {
    switch self {
    case .number(let value): return value
    case .text("nan"): return .nan
    case .text("inf"): return .infinity
    case .text("-inf"): return -.infinity
    default: throw .mistyped(expected: "a number")
    }
  }

  package func int() throws(VerificationError) -> Int {
    guard let value = Int(exactly: try double()) else {
      throw .mistyped(expected: "a whole number")
    }
    return value
  }

  package func string() throws(VerificationError) -> String {
    guard case .text(let value) = self else { throw .mistyped(expected: "a text") }
    return value
  }

  package func elements() throws(VerificationError) -> [JSONValue] {
    guard case .list(let values) = self else { throw .mistyped(expected: "a list") }
    return values
  }

  package func doubles() throws(VerificationError) -> [Double] {
    var values: [Double] = []
    for element in try elements() { values.append(try element.double()) }
    return values
  }

  package func ints() throws(VerificationError) -> [Int] {
    var values: [Int] = []
    for element in try elements() { values.append(try element.int()) }
    return values
  }

  package func matrix() throws(VerificationError) -> [[Double]] {
    var rows: [[Double]] = []
    for row in try elements() { rows.append(try row.doubles()) }
    return rows
  }
}
