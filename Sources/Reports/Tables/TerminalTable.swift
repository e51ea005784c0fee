/// A table for a terminal: no boxes, numbers aligned at their decimal points.
///
/// Where the terminal is too narrow, groups of columns stand under each other, each with the row
/// labels in front.
enum TerminalTable {
  private static let columnGap = "   "
  /// Sentences under a narrow table may be wider than it, up to a page's width.
  private static let sentenceWidth = 60...100

  static func text(of table: Table, isStyled: Bool, maximumWidth: Int?) -> String {
    let text = TableText(table)
    let columns = text.columns.indices.map { Column(text, index: $0, isStyled: isStyled) }
    let layout = Layout(text, columns)
    var lines = [table.title]
    for groups in layout.blocks(maximumWidth: maximumWidth) {
      lines += [""] + layout.lines(of: groups)
    }
    let width = min(lines.map(\.visibleWidth).max() ?? 0, maximumWidth ?? .max)
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

  /// Where the columns stand.
  private struct Layout {
    let text: TableText
    let columns: [Column]
    /// Width of each column; the first of a group has grown until the group's head has room.
    let widths: [Int]
    let labelWidth: Int

    init(_ text: TableText, _ columns: [Column]) {
      var widths = columns.map(\.width)
      for group in text.groups {
        let missing = group.head.displayWidth - Self.span(of: group.columns, widths)
        if missing > 0 { widths[group.columns.lowerBound] += missing }
      }
      self.text = text
      self.columns = columns
      self.widths = widths
      labelWidth = ([text.table.labelHead] + text.rows.map(\.label)).map(\.displayWidth).max() ?? 0
    }

    /// Groups that fit next to each other; a group that is too wide is broken into its columns.
    func blocks(maximumWidth: Int?) -> [[TableText.Group]] {
      guard let maximumWidth else { return [text.groups] }
      let room = maximumWidth - labelWidth
      var blocks: [[TableText.Group]] = []
      var used = 0
      let parts = text.groups.flatMap { group -> [TableText.Group] in
        width(of: group) <= room
          ? [group] : group.columns.map { .init(head: group.head, columns: $0..<$0 + 1) }
      }
      for part in parts {
        if blocks.isEmpty || used + width(of: part) > room {
          blocks.append([])
          used = 0
        }
        let last = blocks.count - 1
        if let neighbour = blocks[last].last, neighbour.head == part.head {
          blocks[last][blocks[last].count - 1].columns =
            neighbour.columns.lowerBound..<part.columns.upperBound
        } else {
          blocks[last].append(part)
        }
        used += width(of: part)
      }
      return blocks
    }

    /// Heads, rules and rows of some groups.
    func lines(of groups: [TableText.Group]) -> [String] {
      let shown = groups.flatMap { Array($0.columns) }
      var lines = groupLines(groups)
      lines.append(
        TerminalTable.line(
          text.table.labelHead.rightPadded(to: labelWidth),
          shown.map { columns[$0].head.leftPadded(to: widths[$0]) }
        )
      )
      let rule = String(repeating: "─", count: lines.map(\.displayWidth).max() ?? 0)
      lines.append(rule)
      for (index, row) in text.rows.enumerated() {
        switch row.spacing {
        case .none: break
        case .gap: lines.append("")
        case .rule: lines.append(rule)
        }
        let cells = shown.map { column in
          String(repeating: " ", count: widths[column] - columns[column].width)
            + columns[column].cells[index]
        }
        lines.append(TerminalTable.line(row.label.rightPadded(to: labelWidth), cells))
      }
      return lines
    }

    private func groupLines(_ groups: [TableText.Group]) -> [String] {
      guard groups.contains(where: { !$0.head.isEmpty }) else { return [] }
      let empty = String(repeating: " ", count: labelWidth)
      let spans = groups.map { Self.span(of: $0.columns, widths) }
      let rules = zip(groups, spans).map { group, span in
        String(repeating: group.head.isEmpty ? " " : "─", count: span)
      }
      return [
        TerminalTable.line(empty, zip(groups, spans).map { $0.head.centred(in: $1) }),
        TerminalTable.line(empty, rules),
      ]
    }

    private func width(of group: TableText.Group) -> Int {
      TerminalTable.columnGap.count + Self.span(of: group.columns, widths)
    }

    private static func span(of columns: Range<Int>, _ widths: [Int]) -> Int {
      columns.reduce(-columnGap.count) { $0 + widths[$1] + columnGap.count }
    }
  }

  private static func line(_ label: String, _ cells: [String]) -> String {
    var line = ([label] + cells).joined(separator: columnGap)
    while line.hasSuffix(" ") { line.removeLast() }
    return line
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
      guard case .number(_, let error, _, let signs) = cell else { return "" }
      return (error.map { " ± " + $0 } ?? "") + signs.map { " " + $0 }.joined()
    }

    private static func words(_ cell: TableText.Cell) -> String {
      guard case .words(let words) = cell else { return "" }
      return words
    }
  }
}

extension String {
  /// Columns without the escapes that style the text.
  fileprivate var visibleWidth: Int {
    replacing(/\u{1B}\[[0-9]+m/, with: "").displayWidth
  }
}
