internal import Kernels

/// Which rows train, validate and test.
enum DataSplit {
  /// A column of this name says it, where nothing else is asked for.
  static let columnName = "split"
  /// What the cells of a split column may say, capitals aside.
  private static let partOfText: [String: SplitPart] = [
    "train": .train, "training": .train,
    "val": .validation, "valid": .validation, "validation": .validation,
    "test": .test,
  ]

  /// The part that a cell of a split column names.
  static func part(_ text: String) -> SplitPart? { partOfText[text.lowercased()] }

  /// The part of each row by a split column, shape [rowCount].
  ///
  /// - Throws: `CSVError.cell` for a cell that names no part.
  static func parts(column: Int, of table: CSVFile) throws(CSVError) -> [SplitPart] {
    var parts: [SplitPart] = []
    parts.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let text = table.trimmedText(of: table.cell(row: row, column: column))
      guard let part = part(text) else {
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
    let train = share(fractions.train, of: count)
    let validation = train + share(fractions.validation, of: count)
    var part = Array(repeating: UInt8(2), count: count)
    for (position, row) in merged(order, strata).prefix(validation).enumerated() {
      part[row] = position < train ? 0 : 1
    }
    var rows: [[Int]] = [[], [], []]
    for row in 0..<count { rows[Int(part[row])].append(row) }
    return rows
  }

  /// Shuffled rows in the order of their places, equal places as they were shuffled.
  private static func merged(_ order: [Int32], _ strata: [Int]) -> [Int] {
    var shuffled = rowCounts(strata).map { count in
      var list: [Int32] = []
      list.reserveCapacity(count)
      return list
    }
    for (position, row) in order.enumerated() { shuffled[strata[Int(row)]].append(Int32(position)) }
    /// A heap would pay where there are more.
    let mostHeads = 16
    guard shuffled.count <= mostHeads else { return sorted(order, shuffled) }
    var next = Array(repeating: 0, count: shuffled.count)
    var rows: [Int] = []
    rows.reserveCapacity(order.count)
    while rows.count < order.count {
      var best: (place: Double, position: Int32, stratum: Int)?
      for (stratum, list) in shuffled.enumerated() where next[stratum] < list.count {
        let place = (Double(next[stratum]) + 0.5) / Double(list.count)
        let position = list[next[stratum]]
        if let best, (best.place, best.position) < (place, position) { continue }
        best = (place, position, stratum)
      }
      guard let best else { break }
      next[best.stratum] += 1
      rows.append(Int(order[Int(best.position)]))
    }
    return rows
  }

  private static func sorted(_ order: [Int32], _ shuffled: [[Int32]]) -> [Int] {
    var places: [(place: Double, position: Int32)] = []
    places.reserveCapacity(order.count)
    for list in shuffled {
      for (index, position) in list.enumerated() {
        places.append(((Double(index) + 0.5) / Double(list.count), position))
      }
    }
    places.sort { ($0.place, $0.position) < ($1.place, $1.position) }
    return places.map { Int(order[Int($0.position)]) }
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
    var joint = Array(repeating: 0, count: rowCount)
    for labels in classes { joint = numbered(joint, labels) }
    if rowCounts(joint).allSatisfy({ Double($0) * smallest >= 1 }) { return joint }
    return numbered(Array(repeating: 0, count: rowCount), first)
  }

  /// Rows of each stratum.
  private static func rowCounts(_ strata: [Int]) -> [Int] {
    var counts = Array(repeating: 0, count: (strata.max() ?? -1) + 1)
    for stratum in strata { counts[stratum] += 1 }
    return counts
  }

  /// Numbers equal pairs of a number and a label alike, in the order of their first row.
  private static func numbered(_ numbers: [Int], _ labels: [Double]) -> [Int] {
    /// A missing label is a class of its own, before the first.
    let classCount = 2 + Int(labels.reduce(-1) { $1 > $0 ? $1 : $0 })
    var numberOfPair: [Int: Int] = [:]
    return zip(numbers, labels).map { number, label in
      let pair = number * classCount + (label.isNaN ? 0 : 1 + Int(label))
      if let number = numberOfPair[pair] { return number }
      numberOfPair[pair] = numberOfPair.count
      return numberOfPair.count - 1
    }
  }

  /// `floor(fraction count)`, unharmed by fractions a rounding below their decimal value.
  private static func share(_ fraction: Double, of count: Int) -> Int {
    let slack = 1e-9
    return Int((fraction * Double(count) + slack).rounded(.down))
  }
}
