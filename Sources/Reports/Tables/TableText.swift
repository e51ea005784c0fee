/// A table's numbers as they are printed, the same in every form but CSV.
///
/// A column has one number of decimals (statistics reference, section 13.4): two significant digits
/// of the median error. Numbers that print alike are marked alike.
struct TableText: Sendable, Hashable {
  /// A printed cell: a number with its error, or words.
  enum Cell: Sendable, Hashable {
    case words(String)
    case number(String, error: String?, mark: Table.Mark, signs: [String])
  }

  /// Behind a number whose whole interval is on the bad side of the reference.
  private static let worseSign = "▾"

  /// A printed row.
  struct Row: Sendable, Hashable {
    var label: String
    var spacing: Table.Spacing
    var cells: [Cell]
  }

  /// Neighbouring columns under one head.
  struct Group: Sendable, Hashable {
    var head: String
    var columns: Range<Int>
  }

  let table: Table
  /// The columns that are shown.
  let columns: [Table.Column]
  /// Whether a column has an error in any row, and thus two parts.
  let hasErrors: [Bool]
  let groups: [Group]
  let rows: [Row]

  init(_ table: Table) {
    let shown = table.columns.indices.filter { !table.columns[$0].isOnlyInCSV }
    self.table = table
    columns = shown.map { table.columns[$0] }
    groups = Self.groups(of: columns)
    let printed = shown.map { column in
      Self.alikeMarkedAlike(
        Self.printed(
          table.rows.map { $0.cells[column] },
          decimals: table.columns[column].decimals
        )
      )
    }
    rows = table.rows.enumerated().map { index, row in
      Row(
        label: row.isFailed ? row.label + " †" : row.label,
        spacing: index == 0 ? .none : row.spacing,
        cells: printed.map { $0[index] }
      )
    }
    hasErrors = printed.map { cells in
      cells.contains { if case .number(_, .some, _, _) = $0 { true } else { false } }
    }
  }

  /// The head of a column: its name, its unit and an arrow to where it is better.
  static func head(of column: Table.Column) -> String {
    var head = column.head
    if !column.unit.isEmpty { head += " (\(column.unit))" }
    switch column.direction {
    case .lower: head += " ↓"
    case .higher: head += " ↑"
    case .none: break
    }
    return head
  }

  private static func groups(of columns: [Table.Column]) -> [Group] {
    var groups: [Group] = []
    for (index, column) in columns.enumerated() {
      if let last = groups.last, last.head == column.group {
        groups[groups.count - 1].columns = last.columns.lowerBound..<index + 1
      } else {
        groups.append(Group(head: column.group, columns: index..<index + 1))
      }
    }
    return groups
  }

  /// A smaller p is shown as being below it.
  private static let smallestShownP = 0.001

  private static func printed(_ cells: [Table.Cell], decimals: Table.Decimals) -> [Cell] {
    let digits = columnDigits(cells, decimals: decimals)
    return cells.map { cell in
      switch cell {
      case .none: .words("–")
      case .text(let text): .words(text)
      case .failure(let finished, let total): .words("\(finished)/\(total) runs")
      case .value(let measure): printed(measure, digits: digits, decimals: decimals)
      }
    }
  }

  private static func printed(
    _ measure: Table.Measure,
    digits: Int?,
    decimals: Table.Decimals
  ) -> Cell {
    guard measure.mean.isFinite else { return .words("–") }
    if decimals == .pValue, measure.mean < smallestShownP { return .words("<0.001") }
    let write = { (value: Double) -> String in
      let text =
        if let digits {
          NumberText.fixed(value, digits)
        } else if case .significant(let count) = decimals {
          NumberText.significant(value, count)
        } else {
          NumberText.significant(value)
        }
      return NumberText.withMinusSign(text)
    }
    let error = measure.error.flatMap { $0.isFinite ? write($0) : nil }
    return .number(
      write(measure.mean),
      error: error,
      mark: measure.mark,
      signs: (measure.isWorseThanReference ? [worseSign] : [])
        + (measure.countNote.map { ["(\($0))"] } ?? [])
    )
  }

  /// Nil where each number has digits of its own.
  private static func columnDigits(_ cells: [Table.Cell], decimals: Table.Decimals) -> Int? {
    switch decimals {
    case .fixed(let count): return count
    case .significant: return nil
    case .pValue: return 3
    case .fromErrors:
      let errors = cells.compactMap { cell -> Double? in
        guard case .value(let measure) = cell, let error = measure.error, error.isFinite, error > 0
        else { return nil }
        return error
      }
      guard !errors.isEmpty else { return nil }
      // The lower of the two middle ones, so that it is one of the errors that are shown.
      let median = errors.sorted()[(errors.count - 1) / 2]
      return NumberText.decimals(for: median)
    }
  }

  /// Where two cells print the same digits and one is bold, so is the other, unless it is not in
  /// the comparison.
  private static func alikeMarkedAlike(_ cells: [Cell]) -> [Cell] {
    var best: Set<String> = []
    for case .number(let value, _, .best, _) in cells { best.insert(value) }
    return cells.map { cell in
      guard case .number(let value, let error, let mark, let signs) = cell,
        mark != .excluded, best.contains(value)
      else { return cell }
      return .number(value, error: error, mark: .best, signs: signs)
    }
  }
}
