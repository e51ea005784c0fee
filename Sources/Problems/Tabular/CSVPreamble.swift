/// What stands before the row of names, and what separates cells.
struct CSVPreamble {
  /// Where the row of names begins.
  private(set) var start = 0
  /// Its line, counted from 1.
  private(set) var line = 1
  private(set) var delimiter = UInt8(ascii: ",")
  /// Lines of comments skipped.
  private(set) var commentCount = 0
  /// Whether the row of names begins with the `#` of a comment.
  private(set) var isNameComment = false

  private static let candidates = [",", ";", "\t", "|"].flatMap { Array($0.utf8) }
  /// Rows that are looked at to find the delimiter.
  private static let rowsLookedAt = 20
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let hash = UInt8(ascii: "#")

  /// - Parameters:
  ///   - bytes: the text of the file.
  ///   - delimiter: what the suite says; nil to find it.
  init(_ bytes: [UInt8], delimiter: UInt8?) {
    if bytes.starts(with: CSVPreamble.byteOrderMark) { start = 3 }
    skipBlankLines(bytes)
    let named = namedDelimiter(bytes)
    if named != nil { skipLine(bytes) }
    skipComments(bytes)
    self.delimiter = delimiter ?? named ?? CSVPreamble.found(bytes, from: start)
  }

  /// The delimiter of a line `sep=;`, which spreadsheets read and write.
  private func namedDelimiter(_ bytes: [UInt8]) -> UInt8? {
    let text = lineText(bytes, at: start).lowercased().filter { $0 != "\"" }
    guard text.hasPrefix("sep="), text.utf8.count == 5 else { return nil }
    return text.utf8.last
  }

  /// Skips lines that begin with `#`, unless the last of them is the row of names.
  private mutating func skipComments(_ bytes: [UInt8]) {
    var last: (start: Int, line: Int, count: Int)?
    while start < bytes.count && bytes[start] == CSVPreamble.hash {
      last = (start, line, commentCount)
      commentCount += 1
      skipLine(bytes)
      skipBlankLines(bytes)
    }
    guard let last else { return }
    // Rows of numbers have their names in the comment, as numpy.savetxt writes them.
    let delimiter = CSVPreamble.found(bytes, from: start)
    let cells = lineText(bytes, at: start).split(
      separator: Character(Unicode.Scalar(delimiter)),
      omittingEmptySubsequences: false
    )
    let isValues = cells.contains { cell in
      let text = Array(CellText.trimmed(String(cell)).utf8)
      return DecimalNumber.reading(of: text.span, from: 0, to: text.count) != .noNumber
    }
    guard isValues || start >= bytes.count else { return }
    (start, line, commentCount) = last
    isNameComment = true
  }

  private mutating func skipBlankLines(_ bytes: [UInt8]) {
    while start < bytes.count, lineText(bytes, at: start).allSatisfy({ $0.isWhitespace }) {
      skipLine(bytes)
    }
  }

  private mutating func skipLine(_ bytes: [UInt8]) {
    while start < bytes.count && !CSVPreamble.isLineEnd(bytes[start]) { start += 1 }
    if start + 1 < bytes.count && bytes[start] == CSVPreamble.carriageReturn
      && bytes[start + 1] == CSVPreamble.lineFeed
    {
      start += 1
    }
    if start < bytes.count {
      start += 1
      line += 1
    }
  }

  private func lineText(_ bytes: [UInt8], at start: Int) -> String {
    var end = start
    while end < bytes.count && !CSVPreamble.isLineEnd(bytes[end]) { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == lineFeed || byte == carriageReturn
  }

  /// The first candidate that separates every row into as many cells as the first row, quoted cells
  /// aside; else the first in the row of names; else a comma.
  private static func found(_ bytes: [UInt8], from start: Int) -> UInt8 {
    let rows = counts(bytes, from: start)
    guard let first = rows.first else { return candidates[0] }
    let present = candidates.indices.filter { first[$0] > 0 }
    let even = present.first { index in rows.allSatisfy { $0[index] == first[index] } }
    return candidates[even ?? present.first ?? 0]
  }

  /// How often each candidate stands in each of the first rows.
  private static func counts(_ bytes: [UInt8], from start: Int) -> [[Int]] {
    let none = Array(repeating: 0, count: candidates.count)
    var rows: [[Int]] = []
    var counts = none
    var isBlank = true
    var isQuoted = false
    var place = start
    while place < bytes.count && rows.count < rowsLookedAt {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if isLineEnd(byte) && !isQuoted {
        if !isBlank { rows.append(counts) }
        (counts, isBlank) = (none, true)
        continue
      } else if !isQuoted, let index = candidates.firstIndex(of: byte) {
        counts[index] += 1
      }
      isBlank = false
    }
    if !isBlank && place == bytes.count { rows.append(counts) }
    return rows
  }
}
