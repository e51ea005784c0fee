/// A dense ARFF file as the CSV text of the same rows at the same lines.
///
/// Attributes are `numeric`, `real`, `integer`, `string`, `date`, or nominal, `{a, b}`. Cells in
/// single or double quotes may hold commas, and quotes behind a backslash; lines that begin with
/// `%` are comments; `?` is a missing value.
///
/// Source: Weka, "Attribute-Relation File Format", developer version.
struct ARFFText {
  /// What is wrong, and at which line.
  struct Failure: Error {
    let line: Int
    let problem: CSVError.ARFFProblem
  }

  /// Names in the first line, then the rows, each at its own line.
  private(set) var csv: [UInt8] = []
  /// Values of each nominal attribute by its place.
  private(set) var nominal: [Int: [String]] = [:]

  private var names: [String] = []
  private let lines: [Substring]

  /// Whether text is ARFF: its first line that is neither blank nor a comment names a relation.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    for line in String(decoding: bytes.prefix(1 << 16), as: UTF8.self).split(whereSeparator: {
      $0.isNewline
    }) {
      let text = CellText.trimmed(String(line))
      if text.isEmpty || text.hasPrefix("%") || text.hasPrefix("\u{FEFF}%") { continue }
      return text.lowercased().drop { $0 == "\u{FEFF}" }.hasPrefix("@relation")
    }
    return false
  }

  /// - Throws: `Failure` for what is no dense ARFF.
  init(_ bytes: [UInt8]) throws(Failure) {
    lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0.isNewline }
    let dataLine = try readHeader()
    csv = Array(names.map { ARFFText.cell($0) }.joined(separator: ",").utf8)
    csv += Array(repeating: UInt8(ascii: "\n"), count: dataLine)
    for (index, line) in lines.enumerated().dropFirst(dataLine) {
      try addRow(line, line: index + 1)
    }
  }

  /// Reads the attributes; the number of the line that says `@data`.
  private mutating func readHeader() throws(Failure) -> Int {
    for (index, line) in lines.enumerated() {
      let text = CellText.trimmed(String(line))
      guard text.hasPrefix("@") else { continue }
      var rest = text.dropFirst()
      let keyword = rest.prefix { !$0.isWhitespace }
      rest.removeFirst(keyword.count)
      switch keyword.lowercased() {
      case "data":
        guard !names.isEmpty else { throw Failure(line: index + 1, problem: .noAttributes) }
        return index + 1
      case "attribute": try readAttribute(rest, line: index + 1)
      case "end": throw Failure(line: index + 1, problem: .relational)
      default: continue
      }
    }
    throw Failure(line: lines.count, problem: .noData)
  }

  private mutating func readAttribute(_ text: Substring, line: Int) throws(Failure) {
    var rest = text.drop { $0.isWhitespace }
    let name = ARFFText.token(&rest) { $0.isWhitespace || $0 == "{" }
    rest = rest.drop { $0.isWhitespace }
    if rest.first == "{" {
      guard let end = rest.lastIndex(of: "}") else {
        throw Failure(line: line, problem: .openNominal(name))
      }
      var inside = rest[rest.index(after: rest.startIndex)..<end]
      nominal[names.count] = ARFFText.tokens(&inside)
    } else if rest.lowercased().hasPrefix("relational") {
      throw Failure(line: line, problem: .relational)
    }
    names.append(name)
  }

  private mutating func addRow(_ line: Substring, line number: Int) throws(Failure) {
    defer { csv.append(UInt8(ascii: "\n")) }
    guard let first = line.utf8.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
    if first == UInt8(ascii: "%") { return }
    if first == UInt8(ascii: "{") { throw Failure(line: number, problem: .sparse) }
    let isPlain = !line.utf8.contains { $0 == 0x22 || $0 == 0x27 || $0 == 0x5C || $0 == 0x7B }
    let hasComma = line.utf8.contains(UInt8(ascii: ","))
    if isPlain && (hasComma || names.count == 1) {
      csv += Array(line.utf8)
      return
    }
    var rest = hasComma ? line : Substring(line.replacing("\t", with: ","))
    // A row may bear its weight in braces at the end, which no method here uses.
    if let brace = rest.lastIndex(of: "{"), CellText.trimmed(String(rest)).hasSuffix("}") {
      rest = rest[..<brace]
      while let last = rest.last, last.isWhitespace || last == "," { rest.removeLast() }
    }
    csv += Array(ARFFText.tokens(&rest).map { ARFFText.cell($0) }.joined(separator: ",").utf8)
  }

  /// The texts between commas, quotes removed.
  private static func tokens(_ rest: inout Substring) -> [String] {
    var tokens: [String] = []
    while true {
      rest = rest.drop { $0.isWhitespace }
      tokens.append(token(&rest) { $0 == "," })
      guard let comma = rest.firstIndex(of: ",") else { return tokens }
      rest = rest[rest.index(after: comma)...]
    }
  }

  /// One text, quoted or up to what ends it.
  private static func token(_ rest: inout Substring, isEnd: (Character) -> Bool) -> String {
    guard let quote = rest.first, quote == "'" || quote == "\"" else {
      let plain = rest.prefix { !isEnd($0) }
      rest.removeFirst(plain.count)
      return CellText.trimmed(String(plain))
    }
    rest.removeFirst()
    var text = ""
    while let character = rest.popFirst() {
      if character == quote { break }
      if character == "\\", let next = rest.popFirst() {
        text.append(next)
      } else {
        text.append(character)
      }
    }
    return text
  }

  /// A text as a cell of a CSV file.
  private static func cell(_ text: String) -> String {
    let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
