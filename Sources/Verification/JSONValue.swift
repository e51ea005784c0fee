/// A parsed JSON text, read by name; a missing or mistyped member is an error that names it.
///
/// Values are equal where their content is, wherever they stand.
package struct JSONValue: Hashable, Sendable {
  /// What a value can be.
  package enum Content: Hashable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])
  }

  package let content: Content
  /// The way to it by names and positions, such as `cases[2].losses`; empty at the start.
  private var path = ""

  package init(_ content: Content) { self.content = content }

  package static let null = JSONValue(.null)
  package static func flag(_ value: Bool) -> JSONValue { JSONValue(.flag(value)) }
  package static func number(_ value: Double) -> JSONValue { JSONValue(.number(value)) }
  package static func text(_ value: String) -> JSONValue { JSONValue(.text(value)) }
  package static func list(_ values: [JSONValue]) -> JSONValue { JSONValue(.list(values)) }
  package static func object(_ members: [String: JSONValue]) -> JSONValue {
    JSONValue(.object(members))
  }

  package static func == (first: JSONValue, second: JSONValue) -> Bool {
    first.content == second.content
  }

  package func hash(into hasher: inout Hasher) { content.hash(into: &hasher) }

  /// The same value as the start of a way, as a case is.
  var asStart: JSONValue { JSONValue(content) }

  /// Member of an object; nil when absent, null, or this is no object.
  package subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = content, var value = members[key], value.content != .null
    else { return nil }
    value.path = way(to: key)
    return value
  }

  private func way(to key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// Member of an object.
  ///
  /// - Throws: `VerificationError.missing` when it is absent or null.
  package func member(_ key: String) throws(VerificationError) -> JSONValue {
    guard let value = self[key] else { throw .missing(way(to: key)) }
    return value
  }

  /// The members of an object, by name.
  ///
  /// - Throws: `VerificationError.mistyped` for anything else.
  package func members() throws(VerificationError) -> [(name: String, value: JSONValue)] {
    guard case .object(let members) = content else { throw mistyped("an object") }
    return members.keys.sorted().map { key in
      var value = members[key] ?? .null
      value.path = way(to: key)
      return (key, value)
    }
  }

  /// The number, nan and infinite ones as texts included; nil for anything else.
  var numberIfAny: Double? {
    switch content {
    case .number(let value): value
    case .text("nan"): .nan
    case .text("inf"): .infinity
    case .text("-inf"): -.infinity
    default: nil
    }
  }

  /// The text; nil for anything else.
  var textIfAny: String? {
    guard case .text(let value) = content else { return nil }
    return value
  }

  /// The elements; nil when this is no list.
  var elementsIfAny: [JSONValue]? {
    guard case .list(let values) = content else { return nil }
    return values
  }

  /// The number; texts `nan`, `inf` and `-inf` are numbers too.
  ///
  /// - Throws: `VerificationError.mistyped` for anything else.
  package func double() throws(VerificationError) -> Double {
    guard let value = numberIfAny else { throw mistyped("a number") }
    return value
  }

  package func int() throws(VerificationError) -> Int {
    guard case .number(let value) = content, let whole = Int(exactly: value) else {
      throw mistyped("a whole number")
    }
    return whole
  }

  package func string() throws(VerificationError) -> String {
    guard let value = textIfAny else { throw mistyped("a text") }
    return value
  }

  package func elements() throws(VerificationError) -> [JSONValue] {
    guard let values = elementsIfAny else { throw mistyped("a list") }
    return values.enumerated().map { position, value in
      var value = value
      value.path = "\(path)[\(position)]"
      return value
    }
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

  /// All numbers of lists in lists, in order.
  func flattened() throws(VerificationError) -> [Double] {
    guard elementsIfAny != nil else { return [try double()] }
    var numbers: [Double] = []
    for element in try elements() { numbers += try element.flattened() }
    return numbers
  }

  /// The error that something else was expected here.
  func mistyped(_ expected: String) -> VerificationError {
    .mistyped(path: path, expected: expected, found: found)
  }

  private var found: String {
    switch content {
    case .null: "null"
    case .flag(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): "the text '\(value.prefix(60))'"
    case .list(let values): "a list of \(values.count)"
    case .object: "an object"
    }
  }
}
