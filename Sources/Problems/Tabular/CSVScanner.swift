/// Cuts the bytes of a CSV file into cells, in one pass.
struct CSVScanner {
  /// What is wrong, and at which line.
  struct Failure: Error {
    let line: Int
    let problem: CSVError.TextProblem
  }

  /// All cells, row by row, the row of names first.
  private(set) var cells: [CSVFile.Cell] = []
  /// Line at which each row begins, counted from 1.
  private(set) var lines: [UInt32] = []
  /// Cells of the first row; nil before it is read.
  private(set) var columnCount: Int?

  private let bytes: [UInt8]
  private let delimiter: UInt8
  /// What begins a line of comment.
  private let comment: UInt8?
  private var position: Int
  private var line: Int

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// - Parameters:
  ///   - bytes: the text of the file.
  ///   - preamble: where the first row begins, and what separates cells.
  ///   - comment: what begins a line that is skipped; nil for none.
  init(bytes: [UInt8], preamble: CSVPreamble, comment: UInt8?) {
    self.bytes = bytes
    delimiter = preamble.delimiter
    self.comment = comment
    position = preamble.start
    line = preamble.line
  }

  /// Reads all rows.
  ///
  /// - Throws: `Failure` at the first row with another number of cells than the first row, or at a
  ///   quote out of place.
  mutating func scan() throws(Failure) {
    while position < bytes.count {
      if isLineEnd(bytes[position]) {
        skipLineEnd()
      } else if bytes[position] == comment {
        skipLine()
      } else {
        try scanRow()
      }
    }
  }

  private mutating func scanRow() throws(Failure) {
    let firstCell = cells.count
    let firstLine = line
    if isBlankLine() { return }
    while true {
      if let quote = openingQuote() {
        try scanQuotedCell(from: quote)
      } else {
        scanPlainCell()
      }
      if position == bytes.count { break }
      if isLineEnd(bytes[position]) {
        skipLineEnd()
        break
      }
      position += 1
    }
    let count = cells.count - firstCell
    if let columnCount, count != columnCount {
      try requireTrailing(count, expected: columnCount, line: firstLine)
    }
    if columnCount == nil {
      columnCount = count
      // Rows are about as long as the first ones; a guess too small costs little.
      cells.reserveCapacity(count * (1 + bytes.count / max(1, position)))
    }
    lines.append(UInt32(firstLine))
  }

  /// Lets a last empty cell come or go; a row of another length is refused.
  private mutating func requireTrailing(
    _ count: Int,
    expected: Int,
    line: Int
  ) throws(Failure) {
    let last = cells[cells.count - 1]
    let isBlank = last.isEmpty && bytes[Int(last.start) - 1] != CSVScanner.quote
    if count == expected + 1 && isBlank {
      cells.removeLast()
    } else if count == expected - 1 && cells[expected - 1].isEmpty {
      // The row of names ends in a delimiter and this one does not.
      cells.append(.init(start: position, end: position, hasDoubledQuotes: false))
    } else {
      throw Failure(
        line: line,
        problem: .ragged(
          cells: count,
          expected: expected,
          delimiter: CSVFile.words(for: delimiter),
          hint: hint(count, expected: expected)
        )
      )
    }
  }

  /// What a row of another length may be.
  private func hint(_ count: Int, expected: Int) -> CSVError.RaggedHint {
    if bytes[Int(cells[cells.count - count].start)] == UInt8(ascii: "#") { return .comment }
    if count < expected { return .short }
    guard lines.count == 1 else { return .quotes }
    if expected == 1 { return .title }
    return count == expected + 1 ? .rowNames : .quotes
  }

  private mutating func skipLine() {
    while position < bytes.count && !isLineEnd(bytes[position]) { position += 1 }
    if position < bytes.count { skipLineEnd() }
  }

  /// Skips a line of nothing but spaces.
  private mutating func isBlankLine() -> Bool {
    var end = position
    while end < bytes.count && isSpace(bytes[end]) { end += 1 }
    guard end == bytes.count || isLineEnd(bytes[end]) else { return false }
    position = end
    if position < bytes.count { skipLineEnd() }
    return true
  }

  private mutating func scanPlainCell() {
    var start = position
    var end = CSVScanner.endOfPlainCell(in: bytes.span, from: start, delimiter: delimiter)
    position = end
    while start < end && isSpace(bytes[start]) { start += 1 }
    while start < end && isSpace(bytes[end - 1]) { end -= 1 }
    cells.append(.init(start: start, end: end, hasDoubledQuotes: false))
  }

  private static func endOfPlainCell(
    in bytes: Span<UInt8>,
    from start: Int,
    delimiter: UInt8
  ) -> Int {
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      if byte == delimiter || byte == lineFeed || byte == carriageReturn { break }
      place += 1
    }
    return place
  }

  /// Where a quoted cell opens, spaces before it skipped; nil for a plain cell.
  private func openingQuote() -> Int? {
    var place = position
    while place < bytes.count && isSpace(bytes[place]) { place += 1 }
    return place < bytes.count && bytes[place] == CSVScanner.quote ? place : nil
  }

  private mutating func scanQuotedCell(from quote: Int) throws(Failure) {
    let firstLine = line
    let start = quote + 1
    position = start
    var hasDoubledQuotes = false
    while true {
      guard position < bytes.count else { throw Failure(line: firstLine, problem: .openQuote) }
      let byte = bytes[position]
      if byte == CSVScanner.quote {
        guard position + 1 < bytes.count && bytes[position + 1] == CSVScanner.quote else { break }
        hasDoubledQuotes = true
        position += 2
      } else if isLineEnd(byte) {
        skipLineEnd()
      } else {
        position += 1
      }
    }
    cells.append(
      .init(start: start, end: position, hasDoubledQuotes: hasDoubledQuotes)
    )
    position += 1
    while position < bytes.count && isSpace(bytes[position]) { position += 1 }
    if position < bytes.count && bytes[position] != delimiter && !isLineEnd(bytes[position]) {
      throw Failure(line: line, problem: .textAfterQuote)
    }
  }

  private mutating func skipLineEnd() {
    if bytes[position] == CSVScanner.carriageReturn && position + 1 < bytes.count
      && bytes[position + 1] == CSVScanner.lineFeed
    {
      position += 1
    }
    position += 1
    line += 1
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) && byte != delimiter
  }
}
