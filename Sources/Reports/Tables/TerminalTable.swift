/// A table for a terminal: no boxes, numbers aligned at their decimal points.
///
/// Where the terminal is too narrow, details are left out by name, long words take several lines of
/// their row, and groups of columns stand under each other, each with the row labels in front.
enum TerminalTable {
  private static let columnGap = "   "
  /// Sentences under a narrow table may be wider than it, up to a page's width.
  private static let sentenceWidth = 60...100

  static func text(of table: Table, isStyled: Bool, maximumWidth: Int?) -> String {
    var text = TableText(table)
    var layout = Layout(text, isStyled: isStyled)
    var leftOut: [String] = []
    if let maximumWidth, layout.width > maximumWidth {
      leftOut = text.columns.filter(\.isDetail).map { TableText.head(of: $0) }
      if !leftOut.isEmpty {
        text = TableText(table.withoutDetails)
        layout = Layout(text, isStyled: isStyled)
      }
      layout = layout.wrapped(to: maximumWidth, isStyled: isStyled)
    }
    var lines = table.title.isEmpty ? [] : table.title.wrapped(to: maximumWidth ?? .max)
    for groups in layout.blocks(maximumWidth: maximumWidth) {
      lines += (lines.isEmpty ? [] : [""]) + layout.lines(of: groups)
    }
    let width = min(lines.map(\.visibleWidth).max() ?? 0, maximumWidth ?? .max)
    let sentences = min(max(width, sentenceWidth.lowerBound), sentenceWidth.upperBound)
    lines.append("")
    if !leftOut.isEmpty {
      lines += "Left out for want of room: \(leftOut.joined(separator: ", ")) (--wide shows them)."
        .wrapped(to: sentences)
    }
    lines += (table.caption.joined(separator: " ")).wrapped(to: sentences)
    if !isStyled, usesMarks(text), !table.caption.isEmpty {
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
    /// The row labels, in the middle of which long ones lack something.
    let labels: [String]

    init(_ text: TableText, isStyled: Bool) {
      self.init(
        text,
        text.columns.indices.map { Column(text, index: $0, isStyled: isStyled, wordWidth: nil) },
        labelRoom: nil
      )
    }

    private init(_ text: TableText, _ columns: [Column], labelRoom: Int?) {
      self.text = text
      self.columns = columns
      widths = Self.grown(columns.map(\.width), for: text.groups)
      labels = text.rows.map { row in
        labelRoom.map { SmallPanels.shortened(row.label, to: $0) } ?? row.label
      }
      labelWidth = ([text.table.labelHead] + labels).map(\.displayWidth).max() ?? 0
    }

    /// Widths with which the heads of groups have room, at the cost of each group's first column.
    private static func grown(_ widths: [Int], for groups: [TableText.Group]) -> [Int] {
      groups.reduce(into: widths) { widths, group in
        let missing = group.head.displayWidth - span(of: group.columns, widths)
        if missing > 0 { widths[group.columns.lowerBound] += missing }
      }
    }

    /// Width of all columns next to each other.
    var width: Int { labelWidth + text.groups.reduce(0) { $0 + width(of: $1) } }

    /// Columns of words are not made narrower than this.
    private static let leastWords = 24

    /// The same with words that are too long for a terminal on several lines.
    func wrapped(to maximumWidth: Int, isStyled: Bool) -> Layout {
      let room = maximumWidth - min(labelWidth, maximumWidth / 2)
      let long = columns.indices.filter {
        columns[$0].isWords && columns[$0].width > Self.leastWords
      }
      let others = columns.indices.filter { !long.contains($0) }
        .reduce(0) { $0 + widths[$1] + TerminalTable.columnGap.count }
      let share = long.isEmpty ? 0 : (room - others) / long.count - TerminalTable.columnGap.count
      let wordWidth = min(
        max(share, Self.leastWords),
        room - TerminalTable.columnGap.count
      )
      return Layout(
        text,
        columns.indices.map { index in
          long.contains(index)
            ? Column(text, index: index, isStyled: isStyled, wordWidth: wordWidth) : columns[index]
        },
        labelRoom: maximumWidth / 2
      )
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
      // Of a group that was broken, what is left may be narrower than its head.
      let widths = Self.grown(self.widths, for: groups)
      var lines = groupLines(groups, widths)
      lines.append(
        TerminalTable.line(
          text.table.labelHead.rightPadded(to: labelWidth),
          shown.map { columns[$0].head.leftPadded(to: widths[$0]) }
        )
      )
      let width = shown.reduce(labelWidth) { $0 + TerminalTable.columnGap.count + widths[$1] }
      let rule = String(repeating: "─", count: width)
      lines.append(rule)
      for (index, row) in text.rows.enumerated() {
        switch row.spacing {
        case .none: break
        case .gap: lines.append("")
        case .rule: lines.append(rule)
        }
        let height = shown.map { columns[$0].cells[index].count }.max() ?? 1
        for part in 0..<height {
          let cells = shown.map { column in
            let own = columns[column].cells[index]
            return String(repeating: " ", count: widths[column] - columns[column].width)
              + (part < own.count
                ? own[part] : String(repeating: " ", count: columns[column].width))
          }
          let label = part == 0 ? labels[index] : ""
          lines.append(TerminalTable.line(label.rightPadded(to: labelWidth), cells))
        }
      }
      return lines
    }

    private func groupLines(_ groups: [TableText.Group], _ widths: [Int]) -> [String] {
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
      TerminalTable.columnGap.count
        + max(Self.span(of: group.columns, widths), group.head.displayWidth)
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
    /// The lines of each cell.
    let cells: [[String]]
    let width: Int
    /// Whether it holds words alone.
    let isWords: Bool

    /// Words that are longer than `wordWidth` are broken between lines; nil breaks none.
    init(_ text: TableText, index: Int, isStyled: Bool, wordWidth: Int?) {
      let cells = text.rows.map { $0.cells[index] }
      let values = cells.map { Self.value($0, isStyled: isStyled) }
      let errors = cells.map { Self.error($0) }
      let valueWidth = values.map(\.visible.displayWidth).max() ?? 0
      let errorWidth = errors.map(\.displayWidth).max() ?? 0
      isWords = valueWidth + errorWidth == 0
      let head = TableText.head(of: text.columns[index])
      if let limit = wordWidth {
        let lines = cells.map { Self.words($0).broken(to: limit) }
        let width = max(head.displayWidth, lines.joined().map(\.displayWidth).max() ?? 0)
        self.head = head.rightPadded(to: width)
        self.width = width
        self.cells = lines.map { $0.map { $0.rightPadded(to: width) } }
        return
      }
      self.head = head
      let width = max(
        head.displayWidth,
        valueWidth + errorWidth,
        cells.map { Self.words($0).displayWidth }.max() ?? 0
      )
      self.width = width
      self.cells = cells.indices.map { row in
        if case .words(let words) = cells[row] { return [words.leftPadded(to: width)] }
        let padding = width - errorWidth - values[row].visible.displayWidth
        return [
          String(repeating: " ", count: padding) + values[row].printed
            + errors[row].rightPadded(to: errorWidth)
        ]
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
