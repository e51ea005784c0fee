/// A table for a terminal: no boxes, numbers aligned at their decimal points.
enum TerminalTable {
  private static let columnGap = "   "
  /// Sentences under a narrow table may be wider than it, up to a page's width.
  private static let sentenceWidth = 60...100

  static func text(of table: Table, isStyled: Bool) -> String {
    let text = TableText(table)
    let columns = text.columns.indices.map { Column(text, index: $0, isStyled: isStyled) }
    let labels = [table.labelHead] + text.rows.map(\.label)
    let labelWidth = labels.map(\.displayWidth).max() ?? 0
    let widths = widened(columns.map(\.width), for: text.groups)

    var lines = [table.title, ""]
    lines += groupLines(text.groups, labelWidth: labelWidth, widths: widths)
    lines.append(
      line(
        table.labelHead.rightPadded(to: labelWidth),
        zip(columns, widths).map { $0.head.leftPadded(to: $1) }
      )
    )
    let width = lines.map(\.displayWidth).max() ?? 0
    let rule = String(repeating: "─", count: width)
    lines.append(rule)
    for (index, row) in text.rows.enumerated() {
      switch row.spacing {
      case .none: break
      case .gap: lines.append("")
      case .rule: lines.append(rule)
      }
      let cells = zip(columns, widths).map { column, width in
        String(repeating: " ", count: width - column.width) + column.cells[index]
      }
      lines.append(line(row.label.rightPadded(to: labelWidth), cells))
    }
    let sentences = min(max(width, sentenceWidth.lowerBound), sentenceWidth.upperBound)
    lines.append("")
    lines += (table.caption.joined(separator: " ")).wrapped(to: sentences)
    if !isStyled, usesMarks(text) {
      lines.append("* stands for bold, _ for underlined.")
    }
    for footnote in table.footnotes { lines += footnote.wrapped(to: sentences) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func usesMarks(_ text: TableText) -> Bool {
    text.rows.contains { row in
      row.cells.contains { cell in
        guard case .number(_, _, let mark, _) = cell else { return false }
        return mark == .best || mark == .second
      }
    }
  }

  private static func line(_ label: String, _ cells: [String]) -> String {
    var line = ([label] + cells).joined(separator: columnGap)
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  /// The last column of a group grows until the group's head has room.
  private static func widened(_ widths: [Int], for groups: [TableText.Group]) -> [Int] {
    var widths = widths
    for group in groups {
      let missing = group.head.displayWidth - span(of: group, widths: widths)
      if missing > 0 { widths[group.columns.lowerBound] += missing }
    }
    return widths
  }

  private static func span(of group: TableText.Group, widths: [Int]) -> Int {
    group.columns.reduce(-columnGap.count) { $0 + widths[$1] + columnGap.count }
  }

  private static func groupLines(
    _ groups: [TableText.Group],
    labelWidth: Int,
    widths: [Int]
  ) -> [String] {
    guard groups.contains(where: { !$0.head.isEmpty }) else { return [] }
    let empty = String(repeating: " ", count: labelWidth)
    let heads = groups.map { $0.head.centred(in: span(of: $0, widths: widths)) }
    let rules = groups.map { group in
      String(
        repeating: group.head.isEmpty ? " " : "─",
        count: span(of: group, widths: widths)
      )
    }
    return [line(empty, heads), line(empty, rules)]
  }

  /// A column's cells, padded to one width.
  private struct Column {
    let head: String
    let cells: [String]
    let width: Int

    init(_ text: TableText, index: Int, isStyled: Bool) {
      let cells = text.rows.map { $0.cells[index] }
      let values = cells.map { Self.value($0, isStyled: isStyled) }
      let errors = cells.map { Self.error($0) }
      let valueWidth = values.map(\.visible.displayWidth).max() ?? 0
      let errorWidth = errors.map(\.displayWidth).max() ?? 0
      let wordWidth = cells.map { Self.words($0).displayWidth }.max() ?? 0
      head = TableText.head(of: text.columns[index])
      let width = max(head.displayWidth, valueWidth + errorWidth, wordWidth)
      self.width = width
      self.cells = cells.indices.map { row in
        if case .words(let words) = cells[row] { return words.leftPadded(to: width) }
        let padding = width - errorWidth - values[row].visible.displayWidth
        return String(repeating: " ", count: padding) + values[row].printed
          + errors[row].rightPadded(to: errorWidth)
      }
    }

    /// A number as it is seen, and with the escapes that style it.
    private static func value(
      _ cell: TableText.Cell,
      isStyled: Bool
    ) -> (visible: String, printed: String) {
      guard case .number(let value, _, let mark, _) = cell else { return ("", "") }
      switch (mark, isStyled) {
      case (.best, true): return (value, "\u{1B}[1m\(value)\u{1B}[22m")
      case (.second, true): return (value, "\u{1B}[4m\(value)\u{1B}[24m")
      case (.best, false): return ("*" + value, "*" + value)
      case (.second, false): return ("_" + value, "_" + value)
      default: return (value, value)
      }
    }

    private static func error(_ cell: TableText.Cell) -> String {
      guard case .number(_, let error, _, let isWorse) = cell else { return "" }
      return (error.map { " ± " + $0 } ?? "") + (isWorse ? " ▾" : "")
    }

    private static func words(_ cell: TableText.Cell) -> String {
      guard case .words(let words) = cell else { return "" }
      return words
    }
  }
}
