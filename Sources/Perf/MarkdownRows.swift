/// Rows of text under a header, as Markdown with aligned columns.
struct MarkdownRows {
  private var rows: [[String]]
  /// How many of the first columns are words, which stand to the left; the others are numbers.
  private let textColumns: Int

  init(_ header: [String], textColumns: Int = 1) {
    rows = [header]
    self.textColumns = textColumns
  }

  mutating func append(_ row: [String]) {
    rows.append(row)
  }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).enumerated().map { index, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return index < textColumns ? cell.0 + space : space + cell.0
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule = widths.enumerated().map { index, width in
      index < textColumns
        ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return line(rows[0]) + line(rule) + rows.dropFirst().map { line($0) }.joined()
  }
}

/// A number with some decimals, without a library's rounding rules: halves go up.
func fixed(_ value: Double, _ decimals: Int = 0) -> String {
  var power = 1.0
  for _ in 0..<decimals { power *= 10 }
  let scaled = (value * power).rounded()
  guard decimals > 0 else { return "\(Int(scaled))" }
  let whole = (abs(scaled) / power).rounded(.down)
  let digits = String(Int(abs(scaled) - whole * power))
  let zeros = String(repeating: "0", count: max(0, decimals - digits.count))
  return (scaled < 0 ? "-" : "") + "\(Int(whole)).\(zeros)\(digits)"
}
