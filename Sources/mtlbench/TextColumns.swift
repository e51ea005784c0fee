internal import Settings

/// Rows of text in columns that line up, the last one unpadded.
enum TextColumns {
  static func text(_ rows: [[String]], indent: Int = 0) -> String {
    let rows = rows.map { $0.map { VisibleText.of($0) } }
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.dropLast().enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    var text = ""
    for row in rows {
      text += String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        text += cell
        guard column < row.count - 1 else { break }
        text += String(repeating: " ", count: widths[column] - cell.count + 2)
      }
      text += "\n"
    }
    return text
  }
}
