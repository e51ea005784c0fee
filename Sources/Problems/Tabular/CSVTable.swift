/// A CSV file as rows of cells, still text.
///
/// RFC 4180: the first row names the columns; a cell in double quotes may hold the delimiter, line
/// breaks, and quotes written twice. Beyond it: a byte order mark is skipped; lines may end in LF,
/// CRLF or CR; blank lines are skipped; spaces and tabs around a cell without quotes are not part
/// of it.
struct CSVTable {
  /// The path as messages show it.
  let file: String
  let header: [String]
  let rowCount: Int

  private let bytes: [UInt8]
  /// Row-major, shape [rowCount, header.count].
  private let cells: [Cell]
  /// Line at which each row begins, counted from 1, shape [rowCount].
  private let lines: [UInt32]

  /// Where a cell's text is.
  struct Cell {
    var start: UInt32
    var end: UInt32
    /// Whether the text holds quotes written twice.
    var hasDoubledQuotes: Bool
  }

  /// - Parameters:
  ///   - data: the file.
  ///   - delimiter: what separates cells, one ASCII character.
  /// - Throws: `CSVError` when the text is no table with at least one row.
  init(_ data: DataFile, delimiter: UInt8 = UInt8(ascii: ",")) throws(CSVError) {
    try data.requireUTF8()
    var scanner = CSVScanner(bytes: data.bytes, delimiter: delimiter)
    do {
      try scanner.scan()
    } catch {
      throw .text(file: data.path, line: error.line, error.problem)
    }
    guard let columnCount = scanner.columnCount else { throw .file(data.path, .empty) }
    file = data.path
    bytes = data.bytes
    let names = scanner.cells[..<columnCount].map { CSVTable.text($0, bytes: data.bytes) }
    cells = Array(scanner.cells[columnCount...])
    lines = Array(scanner.lines.dropFirst())
    header = names
    rowCount = lines.count
    let headerLine = Int(scanner.lines[0])
    try requireDelimiter(delimiter, line: headerLine)
    try requireUniqueNames(line: headerLine)
    if rowCount == 0 { throw .file(file, .noRows) }
  }

  /// The text of a cell, quotes removed.
  func text(row: Int, column: Int) -> String {
    CSVTable.text(cells[row * header.count + column], bytes: bytes)
  }

  /// Line at which a row begins, counted from 1.
  func line(ofRow row: Int) -> Int { Int(lines[row]) }

  /// Columns as numbers.
  ///
  /// - Parameters:
  ///   - columns: indices of the columns.
  ///   - missing: texts that mean a missing value, beside the empty one.
  ///   - isInput: for the message's remedy.
  /// - Returns: the values, NaN where missing, shape [columns.count] of [rowCount].
  /// - Throws: `CSVError.cell` at the first cell of the file that is no finite number.
  func numbers(
    columns: [Int],
    missing: [String],
    isInput: Bool
  ) throws(CSVError) -> [[Double]] {
    let gaps = Array(repeating: Double.nan, count: rowCount)
    var values = Array(repeating: gaps, count: columns.count)
    for row in 0..<rowCount {
      for (k, column) in columns.enumerated() {
        switch reading(row: row, column: column) {
        // A marker of a missing value may be spelt as a number, such as -999.
        case .value(let value) where missing.isEmpty: values[k][row] = value
        case _ where isMissing(row: row, column: column, missing): continue
        case .value(let value): values[k][row] = value
        case .tooLarge: throw problem(row: row, column: column) { .notFinite($0) }
        case .noNumber: throw notNumber(row: row, column: column, isInput: isInput)
        }
      }
    }
    return values
  }

  /// A column as labels.
  ///
  /// - Returns: the different texts in the order of their first row, and the index into them of
  ///   each row, -1 where missing; nil when there are more than `limit` different texts.
  func labels(
    column: Int,
    missing: [String],
    limit: Int
  ) -> (texts: [String], indices: [Int])? {
    var texts: [String] = []
    var indexOfText: [String: Int] = [:]
    var indices: [Int] = []
    indices.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      let text = text(row: row, column: column)
      if text.isEmpty || missing.contains(text) {
        indices.append(-1)
      } else if let index = indexOfText[text] {
        indices.append(index)
      } else {
        if texts.count == limit { return nil }
        indexOfText[text] = texts.count
        indices.append(texts.count)
        texts.append(text)
      }
    }
    return (texts, indices)
  }

  /// Whether every cell of a column is a number or missing.
  func isNumeric(column: Int, missing: [String]) -> Bool {
    for row in 0..<rowCount where reading(row: row, column: column) == .noNumber {
      if !isMissing(row: row, column: column, missing) { return false }
    }
    return true
  }

  private func reading(row: Int, column: Int) -> DecimalNumber.Reading {
    let cell = cells[row * header.count + column]
    return DecimalNumber.reading(of: bytes.span, from: Int(cell.start), to: Int(cell.end))
  }

  private func isMissing(row: Int, column: Int, _ missing: [String]) -> Bool {
    let cell = cells[row * header.count + column]
    if cell.start == cell.end { return true }
    return !missing.isEmpty && missing.contains(text(row: row, column: column))
  }

  private func notNumber(row: Int, column: Int, isInput: Bool) -> CSVError {
    problem(row: row, column: column) { text in
      let size = text.lowercased().drop { $0 == "-" || $0 == "+" }
      return ["inf", "infinity"].contains(size)
        ? .notFinite(text) : .notNumber(text, isInput: isInput)
    }
  }

  private func problem(
    row: Int,
    column: Int,
    _ problem: (_ text: String) -> CSVError.CellProblem
  ) -> CSVError {
    .cell(
      file: file,
      line: line(ofRow: row),
      column: header[column],
      problem(text(row: row, column: column))
    )
  }

  private func requireUniqueNames(line: Int) throws(CSVError) {
    var firstOfName: [String: Int] = [:]
    for (index, name) in header.enumerated() {
      if let first = firstOfName[name] {
        let problem = CSVError.TextProblem.duplicateColumn(
          name: name,
          first: first + 1,
          second: index + 1
        )
        throw .text(file: file, line: line, problem)
      }
      firstOfName[name] = index
    }
  }

  private func requireDelimiter(_ delimiter: UInt8, line: Int) throws(CSVError) {
    guard header.count == 1 else { return }
    for (character, name) in [(";", "';'"), ("\t", "'\\t'"), (",", "','")]
    where header[0].contains(character) && Character(character).asciiValue != delimiter {
      let used = CSVTable.words(for: delimiter)
      throw .text(file: file, line: line, .wrongDelimiter(used: used, likely: name))
    }
  }

  /// A delimiter as messages show it.
  static func words(for delimiter: UInt8) -> String {
    delimiter == UInt8(ascii: "\t") ? "tabs" : "'\(Character(Unicode.Scalar(delimiter)))'"
  }

  private static func text(_ cell: Cell, bytes: [UInt8]) -> String {
    let slice = bytes[Int(cell.start)..<Int(cell.end)]
    if !cell.hasDoubledQuotes { return String(decoding: slice, as: UTF8.self) }
    var kept: [UInt8] = []
    var isSecondQuote = false
    for byte in slice {
      if byte == UInt8(ascii: "\"") {
        if !isSecondQuote { kept.append(byte) }
        isSecondQuote.toggle()
      } else {
        kept.append(byte)
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}
