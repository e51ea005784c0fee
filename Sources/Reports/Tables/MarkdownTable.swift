/// A table for Markdown, aligned in its source too.
enum MarkdownTable {
  static func text(of table: Table) -> String {
    let text = TableText(table)
    let heads = [escaped(table.labelHead)] + text.columns.map(head)
    let rows = text.rows.map { row in
      [escaped(row.label)] + row.cells.map(cell)
    }
    let widths = heads.indices.map { column in
      ([heads] + rows).map { $0[column].displayWidth }.max() ?? 0
    }
    let rules = widths.enumerated().map { column, width in
      column == 0
        ? ":" + String(repeating: "-", count: width + 1)
        : String(repeating: "-", count: width + 1) + ":"
    }
    var lines = table.title.isEmpty ? [] : ["**\(escaped(table.title))**", ""]
    lines.append(line(heads, widths))
    lines.append("|" + rules.joined(separator: "|") + "|")
    lines += rows.map { line($0, widths) }
    if !table.caption.isEmpty {
      lines += ["", table.caption.map(escaped).joined(separator: " ")]
    }
    for footnote in table.footnotes { lines += ["", escaped(footnote)] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Characters that Markdown would take for its own get a backslash.
  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      if "\\|*_`<[]".contains(character) { escaped.append("\\") }
      escaped.append(character.isNewline ? " " : character)
    }
  }

  private static func head(_ column: Table.Column) -> String {
    let head = escaped(TableText.head(of: column))
    return column.group.isEmpty ? head : "\(escaped(column.group)): \(head)"
  }

  private static func cell(_ cell: TableText.Cell) -> String {
    switch cell {
    case .words(let words): return escaped(words)
    case .number(let value, let error, let mark, let signs):
      let marked =
        switch mark {
        case .best: "**\(value)**"
        case .second: "<u>\(value)</u>"
        case .other, .excluded: value
        }
      return marked + (error.map { " ± " + $0 } ?? "") + signs.map { " " + $0 }.joined()
    }
  }

  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = zip(cells, widths).enumerated().map { column, cell in
      column == 0 ? cell.0.rightPadded(to: cell.1) : cell.0.leftPadded(to: cell.1)
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }
}
