internal import Kernels

/// The rows of one file that have a label, and how they are split.
struct TabularSection {
  /// How rows are split; row indices count the rows of all files that have a label.
  private enum Split {
    /// By a column: row indices of the three parts.
    case column(name: String, rows: [[Int]])
    /// By the seed: a stratum per row of the file, and the three fractions.
    case seeded(strata: [Int], fractions: [Double])
  }

  private let file: String
  /// Where the rows stand among those of all files.
  private let rows: Range<Int>
  private let split: Split

  /// Whether another seed splits the rows in another way.
  var isSeeded: Bool {
    if case .seeded = split { true } else { false }
  }

  /// - Parameters:
  ///   - source: the file.
  ///   - kept: the rows of all files that have a label.
  ///   - targets: of these rows.
  ///   - options: what the suite says of splits.
  /// - Throws: `CSVError` for a cell of the split column that names no part.
  init(
    _ source: TabularColumns.Section,
    kept: [Int],
    _ targets: [TargetColumn],
    _ options: TabularOptions
  ) throws(CSVError) {
    file = source.table.file
    let first = kept.firstIndex { $0 >= source.rows.lowerBound } ?? kept.count
    let end = kept.firstIndex { $0 >= source.rows.upperBound } ?? kept.count
    rows = first..<end
    if let column = source.split {
      let parts = try DataSplit.parts(column: column, of: source.table)
      let rows = SplitPart.allCases.map { part in
        (first..<end).filter { parts[kept[$0] - source.rows.lowerBound] == part }
      }
      split = .column(name: source.table.header[column], rows: rows)
      return
    }
    let classes = targets.map { (isClass: $0.kind.classCount > 0, values: $0.values[first..<end]) }
      .filter { $0.isClass && $0.values.contains { !$0.isNaN } }
    let strata = DataSplit.strata(
      classes: options.isStratified ? classes.map { Array($0.values) } : [],
      rowCount: rows.count,
      smallest: options.fractions.min() ?? 0
    )
    split = .seeded(strata: strata, fractions: options.fractions)
  }

  /// Row indices of training, validation and test.
  ///
  /// - Parameter stream: the seed's split stream of this file.
  /// - Returns: indices among the labelled rows of all files, each part ascending.
  /// - Throws: `CSVError` when a part has too few rows.
  func rowsOfParts(using stream: inout RandomStream) throws(CSVError) -> [[Int]] {
    let parts: [[Int]]
    switch split {
    case .column(_, let rows): parts = rows
    case .seeded(let strata, let fractions):
      parts = DataSplit.drawn(
        strata: strata,
        fractions: (fractions[0], fractions[1]),
        using: &stream
      ).map { rows in rows.map { self.rows.lowerBound + $0 } }
    }
    for (part, rows) in zip(SplitPart.allCases, parts) {
      // One training row has no deviation to standardise by.
      let needed = part == .train ? 2 : 1
      if rows.count >= needed { continue }
      let problem: CSVError.SplitProblem =
        switch split {
        case .column(let name, _):
          .emptyPart(column: name, part: part.rawValue, needed: needed)
        case .seeded(let strata, _):
          .tooFewRows(rows: strata.count, part: part.rawValue, needed: needed)
        }
      throw .split(file: file, problem)
    }
    return parts
  }
}
