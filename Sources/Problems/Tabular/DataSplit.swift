internal import Kernels

/// Which rows train, validate and test.
enum DataSplit {
  /// What the cells of a split column may say, capitals aside.
  private static let partOfText: [String: SplitPart] = [
    "train": .train, "training": .train,
    "val": .validation, "valid": .validation, "validation": .validation,
    "test": .test,
  ]

  /// The part of each row by a split column, shape [rowCount].
  ///
  /// - Throws: `CSVError.cell` for a cell that names no part.
  static func parts(column: Int, of table: CSVTable) throws(CSVError) -> [SplitPart] {
    var parts: [SplitPart] = []
    parts.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let text = table.text(row: row, column: column)
      guard let part = partOfText[text.lowercased()] else {
        throw .cell(
          file: table.file,
          line: table.line(ofRow: row),
          column: table.header[column],
          .unknownPart(text)
        )
      }
      parts.append(part)
    }
    return parts
  }

  /// A drawn split.
  ///
  /// Rows are shuffled; the first `floor(fractions[0] n)` train, the next `floor(fractions[1] n)`
  /// validate, the rest test. With strata, row j of the m shuffled rows of its stratum stands at
  /// `(j + 1/2) / m`, and the cuts are made in the order of these places: the sizes of the parts
  /// stay the same, and each stratum is divided in the fractions to within one row or so.
  ///
  /// - Parameters:
  ///   - strata: a number per row, equal within a stratum; all equal for none. Shape [rowCount].
  ///   - fractions: of training and validation.
  ///   - stream: the seed's split stream.
  /// - Returns: row indices of training, validation and test, each ascending.
  static func drawn(
    strata: [Int],
    fractions: (train: Double, validation: Double),
    using stream: inout RandomStream
  ) -> [[Int]] {
    let count = strata.count
    var order = (0..<Int32(count)).map { $0 }
    stream.shuffle(&order)
    let sizes = rowCounts(strata)
    var seen = Array(repeating: 0, count: sizes.count)
    var places: [(place: Double, shuffled: Int, row: Int)] = []
    places.reserveCapacity(count)
    for (shuffled, row) in order.enumerated() {
      let stratum = strata[Int(row)]
      let place = (Double(seen[stratum]) + 0.5) / Double(sizes[stratum])
      seen[stratum] += 1
      places.append((place, shuffled, Int(row)))
    }
    places.sort { $0.place < $1.place || ($0.place == $1.place && $0.shuffled < $1.shuffled) }
    let train = share(fractions.train, of: count)
    let validation = train + share(fractions.validation, of: count)
    let rows = places.map { $0.row }
    return [
      rows[..<train].sorted(), rows[train..<validation].sorted(), rows[validation...].sorted(),
    ]
  }

  /// Strata for classification tasks.
  ///
  /// Their joint classes where every combination that occurs has a row for the smallest part, else
  /// the classes of the first task alone. A missing label is a class of its own. Without tasks all
  /// rows are one stratum.
  ///
  /// - Parameters:
  ///   - classes: labels of each classification task, NaN where missing, shape [taskCount] of
  ///     [rowCount].
  ///   - rowCount: rows in all.
  ///   - smallest: the smallest of the three fractions.
  /// - Returns: a stratum per row, counted from 0 without gaps, shape [rowCount].
  static func strata(classes: [[Double]], rowCount: Int, smallest: Double) -> [Int] {
    guard let first = classes.first else { return Array(repeating: 0, count: rowCount) }
    let joint = numbered((0..<rowCount).map { row in classes.map { code($0[row]) } })
    if rowCounts(joint).allSatisfy({ Double($0) * smallest >= 1 }) { return joint }
    return numbered(first.map { [code($0)] })
  }

  /// Rows of each stratum.
  private static func rowCounts(_ strata: [Int]) -> [Int] {
    var counts = Array(repeating: 0, count: (strata.max() ?? -1) + 1)
    for stratum in strata { counts[stratum] += 1 }
    return counts
  }

  /// A class index, or -1 for a missing label.
  private static func code(_ label: Double) -> Int { label.isNaN ? -1 : Int(label) }

  /// Numbers equal keys alike, in the order of their first row.
  private static func numbered(_ keys: [[Int]]) -> [Int] {
    var numberOfKey: [[Int]: Int] = [:]
    return keys.map { key in
      if let number = numberOfKey[key] { return number }
      numberOfKey[key] = numberOfKey.count
      return numberOfKey.count - 1
    }
  }

  /// `floor(fraction count)`, unharmed by fractions a rounding below their decimal value.
  private static func share(_ fraction: Double, of count: Int) -> Int {
    let slack = 1e-9
    return Int((fraction * Double(count) + slack).rounded(.down))
  }
}
