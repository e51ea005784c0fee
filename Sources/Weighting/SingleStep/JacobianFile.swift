package import Settings

/// Task gradients in a CSV file: one line for each task, one number for each shared parameter, no
/// header.
package enum JacobianFile {
  /// - Returns: Shape [K][P], at least 1 by 1.
  /// - Throws: `SettingsError` with file, line and column, when the file cannot be read, a cell is no
  ///   finite number, or lines differ in length.
  package static func read(path: String) throws(SettingsError) -> [[Double]] {
    try read(text: TextFile.read(path: path), file: path)
  }

  /// Reads a text; `file` is its name for messages.
  package static func read(text: String, file: String) throws(SettingsError) -> [[Double]] {
    var rows: [[Double]] = []
    var firstLine = 0
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      guard !line.allSatisfy({ $0.isWhitespace }) else { continue }
      let row = try numbers(line, at: index + 1, of: file)
      if rows.isEmpty { firstLine = index + 1 }
      if let first = rows.first, first.count != row.count {
        throw .setting(
          Place(file: file, line: index + 1, column: 1),
          path: "",
          .other("expected \(first.count) numbers as in line \(firstLine), found \(row.count)")
        )
      }
      rows.append(row)
    }
    guard !rows.isEmpty else {
      let words = "nothing here, expected a line of numbers for each task"
      throw .setting(Place(file: file, line: 1, column: 1), path: "", .other(words))
    }
    return rows
  }

  private static func numbers(
    _ line: Substring,
    at number: Int,
    of file: String
  ) throws(SettingsError) -> [Double] {
    let largest = Double.greatestFiniteMagnitude
    var numbers: [Double] = []
    for cell in line.split(separator: ",", omittingEmptySubsequences: false) {
      let start = cell.firstIndex { !$0.isWhitespace } ?? cell.endIndex
      let end = cell.lastIndex { !$0.isWhitespace } ?? cell.startIndex
      let text = start < cell.endIndex ? String(cell[start...end]) : ""
      let column = line.distance(from: line.startIndex, to: start) + 1
      let setting = Setting(
        .scalar(text, isQuoted: false),
        at: Place(file: file, line: number, column: column)
      )
      numbers.append(try setting.value(as: .number(in: -largest...largest), path: ""))
    }
    return numbers
  }
}
