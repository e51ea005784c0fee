/// A table's numbers at full precision, one line per row and column of the table.
///
/// Symbols of ours become ASCII; names that a user gave stay as they are.
/// Empty is "not applicable"; `bold` and `second` are 0 or 1, from the test and not from the printed
/// digits.
enum CSVTable {
  private static let heads = [
    "row", "group", "column", "unit", "better", "mean", "se", "n", "failed", "ci_lo", "ci_hi",
    "p_vs_best", "p_holm", "bold", "second", "text",
  ]

  static func text(of table: Table) -> String {
    var lines = [heads.joined(separator: ",")]
    for row in table.rows {
      for (column, cell) in zip(table.columns, row.cells) {
        let unit = column.unit == "×" ? "x" : column.unit
        let fields =
          [row.label, column.group, column.name, unit, better(column.direction)]
          + values(of: cell)
        lines.append(fields.map(escaped).joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A field with commas, quotes or line breaks is quoted, its quotes doubled; an apostrophe stands
  /// before words that a spreadsheet would run as a formula.
  static func escaped(_ field: String) -> String {
    let isFormula = field.first.map { "=+-@\t\r".contains($0) } ?? false
    let field = isFormula && Double(field) == nil ? "'" + field : field
    let needsQuotes = field.contains { ",\"".contains($0) || $0.isNewline }
    return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }

  private static func better(_ direction: Table.Direction) -> String {
    direction == .none ? "" : direction.rawValue
  }

  private static func values(of cell: Table.Cell) -> [String] {
    let empty = [String](repeating: "", count: 10)
    switch cell {
    case .none: return empty + [""]
    case .text(let text):
      return empty + [text.replacing("−", with: "-").replacing("×", with: "x")]
    case .failure(let finished, let total):
      return ["", "", "\(finished)", "\(total - finished)"] + empty.prefix(6) + [""]
    case .value(let measure):
      let isMarked = measure.mark != .excluded
      return [
        NumberText.exact(measure.mean),
        NumberText.exact(measure.error),
        "\(measure.count)",
        "\(measure.failedCount)",
        NumberText.exact(measure.interval?.lowerBound),
        NumberText.exact(measure.interval?.upperBound),
        NumberText.exact(measure.pAgainstBest),
        NumberText.exact(measure.pAdjusted),
        isMarked ? (measure.mark == .best ? "1" : "0") : "",
        isMarked ? (measure.mark == .second ? "1" : "0") : "",
        "",
      ]
    }
  }
}
