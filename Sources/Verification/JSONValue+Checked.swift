internal import Statistics

extension JSONValue {
  /// The flag.
  ///
  /// - Throws: `VerificationError.mistyped` for anything else.
  func bool() throws(VerificationError) -> Bool {
    guard case .flag(let value) = content else { throw mistyped("true or false") }
    return value
  }

  /// The flags of a list.
  func bools() throws(VerificationError) -> [Bool] {
    var values: [Bool] = []
    for element in try elements() { values.append(try element.bool()) }
    return values
  }

  /// A tolerance among the members: how far a number may be off.
  ///
  /// - Parameters:
  ///   - key: The member.
  ///   - limit: What it must be below: by 1 a relative one would let pass anything.
  /// - Returns: A number from 0 on.
  /// - Throws: `VerificationError.mistyped` for anything else; beside nan everything would pass.
  func tolerance(_ key: String, below limit: Double = 1) throws(VerificationError) -> Double {
    let member = try member(key)
    guard let value = member.numberIfAny, value >= 0, value < limit else {
      let bound = limit.isFinite ? " to below \(Int(limit))" : ""
      throw member.mistyped("a finite tolerance from 0" + bound)
    }
    return value
  }

  /// Numbers of a list; nil for a null.
  func optionalDoubles() throws(VerificationError) -> [Double?] {
    var values: [Double?] = []
    for element in try elements() { values.append(element == .null ? nil : try element.double()) }
    return values
  }

  /// Rows of numbers; nil for a null.
  func optionalMatrix() throws(VerificationError) -> [[Double?]] {
    var rows: [[Double?]] = []
    for row in try elements() { rows.append(try row.optionalDoubles()) }
    return rows
  }

  /// Scores of a list: a null is missing, nan a failed run.
  func scores() throws(VerificationError) -> [Score] {
    try optionalDoubles().map { number in
      number.map { $0.isNaN ? .failed : Score($0) } ?? .missing
    }
  }

  /// Rows of scores.
  func scoreRows() throws(VerificationError) -> [[Score]] {
    var rows: [[Score]] = []
    for row in try elements() { rows.append(try row.scores()) }
    return rows
  }

  /// Rows of numbers, all of the same length, at least one of each.
  ///
  /// - Throws: `VerificationError.mistyped` for anything else.
  func rectangle() throws(VerificationError) -> [[Double]] {
    let rows = try matrix()
    let width = rows.first?.count ?? 0
    try require(width > 0 && rows.allSatisfy { $0.count == width }, "rows of equal length")
    return rows
  }

  /// Rows of positions below `limit`.
  ///
  /// - Throws: `VerificationError.mistyped` for anything else.
  func positions(below limit: Int) throws(VerificationError) -> [[Int]] {
    var rows: [[Int]] = []
    for row in try elements() { rows.append(try row.ints()) }
    try require(
      rows.allSatisfy { $0.allSatisfy { (0..<limit).contains($0) } },
      "positions below \(limit)"
    )
    return rows
  }

  init(_ value: Double) { self = .number(value) }
  init(_ value: Int) { self = .number(Double(value)) }
  init(_ value: Bool) { self = .flag(value) }
  init(_ value: Double?) { self = value.map { .number($0) } ?? .null }
  init(_ values: [Double]) { self = .list(values.map { JSONValue($0) }) }
  init(_ values: [Double?]) { self = .list(values.map { JSONValue($0) }) }
  init(_ values: [Int]) { self = .list(values.map { JSONValue($0) }) }
  init(_ values: [Bool]) { self = .list(values.map { JSONValue($0) }) }
  init(_ values: [String]) { self = .list(values.map { .text($0) }) }
  init(_ rows: [[Double]]) { self = .list(rows.map { JSONValue($0) }) }
  init(_ rows: [[Double?]]) { self = .list(rows.map { JSONValue($0) }) }
  init(_ rows: [[Int]]) { self = .list(rows.map { JSONValue($0) }) }
  init(_ interval: Interval) { self.init([interval.lower, interval.upper]) }
  init(_ pairs: [IndexPair]) { self.init(pairs.map { [$0.first, $0.second] }) }
}

/// Refuses an input that an operation cannot take.
///
/// - Throws: `VerificationError.mistyped` naming what was expected, unless `holds`.
func require(_ holds: Bool, _ expected: String) throws(VerificationError) {
  guard holds else { throw .mistyped(path: "", expected: expected, found: "") }
}
