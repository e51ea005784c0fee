/// A table before it has a form: what stands where, and what every number is.
///
/// Decimals, marks and escapes are made when a form is written, so that all forms agree.
package struct Table: Sendable, Hashable {
  /// Letters, digits and hyphens; the label in LaTeX and the id in HTML.
  package var name: String
  /// One line, without a full stop.
  package var title: String
  /// Head of the column of row labels.
  package var labelHead: String
  /// The columns, in order; neighbours with the same `group` stand under one head.
  package var columns: [Column]
  /// The rows, in order.
  package var rows: [Row]
  /// Whole sentences: seeds, what ± is, marks and tests, averaging, checkpoint rule, budget.
  package var caption: [String]
  /// Whole sentences under the table.
  package var footnotes: [String]

  package init(
    name: String,
    title: String,
    labelHead: String = "Method",
    columns: [Column] = [],
    rows: [Row] = [],
    caption: [String] = [],
    footnotes: [String] = []
  ) {
    self.name = name
    self.title = title
    self.labelHead = labelHead
    self.columns = columns
    self.rows = rows
    self.caption = caption
    self.footnotes = footnotes
  }
}

extension Table {
  /// Which way is better.
  package enum Direction: String, Sendable, Hashable {
    case lower
    case higher
    case none
  }

  /// How many digits after the point a column's numbers have.
  package enum Decimals: Sendable, Hashable {
    /// Two significant digits of the column's median error, the same for all its numbers.
    case fromErrors
    /// Always so many.
    case fixed(Int)
    /// So many significant digits, each number by itself.
    case significant(Int)
    /// Three, and what is smaller as below 0.001.
    case pValue
  }

  /// One column of numbers or words.
  package struct Column: Sendable, Hashable {
    /// ASCII name for the CSV form and for asking how a cell came about.
    package var name: String
    /// The head of the group of columns it belongs to, such as a task's name; empty for none.
    package var group: String
    /// The column's own head.
    package var head: String
    /// What the numbers are counted in, such as `%`; empty without one.
    package var unit: String
    /// Which way is better, shown as an arrow.
    package var direction: Direction
    /// The digits shown.
    package var decimals: Decimals
    /// How the numbers are computed, for those who ask.
    package var formula: String
    /// Whether only the CSV form holds it.
    package var isOnlyInCSV: Bool
    /// Whether a narrow terminal leaves it out, and says so.
    package var isDetail: Bool

    package init(
      name: String,
      group: String = "",
      head: String,
      unit: String = "",
      direction: Direction = .none,
      decimals: Decimals = .fromErrors,
      formula: String = "",
      isOnlyInCSV: Bool = false,
      isDetail: Bool = false
    ) {
      self.name = name
      self.group = group
      self.head = head
      self.unit = unit
      self.direction = direction
      self.decimals = decimals
      self.formula = formula
      self.isOnlyInCSV = isOnlyInCSV
      self.isDetail = isDetail
    }
  }

  /// What stands between a row and the one above it.
  package enum Spacing: String, Sendable, Hashable {
    case none
    case gap
    case rule
  }

  /// One row.
  package struct Row: Sendable, Hashable {
    /// What the row is about, such as a method's label.
    package var label: String
    /// Whether some of its runs failed: the label carries a dagger.
    package var isFailed: Bool
    /// What stands between it and the row above.
    package var spacing: Spacing
    /// One cell a column.
    package var cells: [Cell]
    /// The values behind those cells that name none of their own: words, intervals, tests.
    package var sources: [Source]
    /// What `sources` are, such as `delta_m by seed`.
    package var sourceWords: String

    package init(
      label: String,
      isFailed: Bool = false,
      spacing: Spacing = .none,
      cells: [Cell],
      sources: [Source] = [],
      sourceWords: String = ""
    ) {
      self.label = label
      self.isFailed = isFailed
      self.spacing = spacing
      self.cells = cells
      self.sources = sources
      self.sourceWords = sourceWords
    }
  }

  /// What a cell holds.
  package enum Cell: Sendable, Hashable {
    /// Not applicable, shown as a dash.
    case none
    /// Words.
    case text(String)
    /// A number, with its error where it has one.
    case value(Measure)
    /// A number of which nothing is shown, since only some of its runs finished.
    case failure(finished: Int, total: Int)
  }

  /// Whether a number stands out.
  package enum Mark: String, Sendable, Hashable {
    /// Not in the comparison: the reference row, rows with failed runs, columns without a test.
    case excluded
    /// In the comparison, and neither of the following.
    case other
    /// Not significantly worse than the best.
    case best
    /// The best of the others.
    case second
  }

  /// One number of a table and where it comes from; not applicable is nil throughout.
  package struct Measure: Sendable, Hashable {
    /// The number itself.
    package var mean: Double
    /// Standard error of `mean`.
    package var error: Double?
    /// How many values went into it.
    package var count: Int
    /// How many runs failed and are not in it.
    package var failedCount: Int
    /// How many values the caption promises; nil where it does not.
    ///
    /// Fewer are printed beside the number.
    package var plannedCount: Int?
    /// The 95 % interval.
    package var interval: ClosedRange<Double>?
    /// Two-sided p of the paired test against the column's best.
    package var pAgainstBest: Double?
    /// The same after Holm's correction over the column.
    package var pAdjusted: Double?
    /// How it stands out.
    package var mark: Mark
    /// Whether its whole interval is on the bad side of the reference: printed with a triangle.
    package var isWorseThanReference: Bool
    /// The values that `mean` is the mean of, with the runs behind them.
    package var sources: [Source]

    /// `7 of 10`, where fewer values are in the mean than the caption promises.
    var countNote: String? {
      guard let plannedCount, count < plannedCount else { return nil }
      return "\(count) of \(plannedCount)"
    }

    package init(
      mean: Double,
      error: Double? = nil,
      count: Int = 1,
      failedCount: Int = 0,
      plannedCount: Int? = nil,
      interval: ClosedRange<Double>? = nil,
      pAgainstBest: Double? = nil,
      pAdjusted: Double? = nil,
      mark: Mark = .excluded,
      isWorseThanReference: Bool = false,
      sources: [Source] = []
    ) {
      self.mean = mean
      self.error = error
      self.count = count
      self.failedCount = failedCount
      self.plannedCount = plannedCount
      self.interval = interval
      self.pAgainstBest = pAgainstBest
      self.pAdjusted = pAdjusted
      self.mark = mark
      self.isWorseThanReference = isWorseThanReference
      self.sources = sources
    }
  }

  /// One value behind a number.
  package struct Source: Sendable, Hashable {
    /// The seed, or another word for what the value belongs to.
    package var label: String
    /// The value.
    package var value: Double
    /// Identities of the runs it was computed from.
    package var runs: [String]

    package init(label: String, value: Double, runs: [String]) {
      self.label = label
      self.value = value
      self.runs = runs
    }
  }
}
