/// What a column's cells are, one by one: numbers, and texts that are none.
struct ColumnCells {
  /// Index of the column.
  let column: Int
  /// Value of each cell that is a number, NaN elsewhere, shape [rowCount].
  private(set) var values: [Double]
  private(set) var numberCount = 0
  private(set) var emptyCount = 0
  /// The texts that are no numbers.
  private(set) var texts: TextTally
  /// First row with a number that no float can hold.
  private(set) var tooLargeRow: Int?

  /// A column with more different texts cannot be classes or categories.
  static let mostTexts = 4096

  /// Rows that are read column by column before the next ones, so that their text stays at hand.
  fileprivate static let rowsAtOnce = 256

  fileprivate init(column: Int, rowCount: Int) {
    self.column = column
    values = Array(repeating: .nan, count: rowCount)
    texts = TextTally(limit: ColumnCells.mostTexts)
  }

  /// Looks at the column's cells in some rows.
  fileprivate mutating func read(_ rows: Range<Int>, of table: CSVFile, marks: MissingMarks) {
    let bytes = table.bytes.span
    let cells = table.cells.span
    let form = table.form
    for row in rows {
      let cell = cells[(row + 1) * table.cellsPerRow + column]
      if cell.isEmpty {
        emptyCount += 1
        continue
      }
      var reading = form.reading(of: bytes, from: Int(cell.start), to: cell.end)
      // Quotes may have kept spaces around a number.
      if reading == .noNumber { reading = table.trimmedReading(of: cell) }
      if reading == .noNumber || marks.hasNumbers && marks.contains(table.trimmedText(of: cell)) {
        _ = texts.add(cell, of: bytes, row: row)
        continue
      }
      numberCount += 1
      if case .value(let value) = reading {
        values[row] = value
      } else if tooLargeRow == nil {
        tooLargeRow = row
      }
    }
  }
}

extension CSVFile {
  /// Looks at every cell of some columns, in one pass.
  ///
  /// - Parameters:
  ///   - columns: indices of the columns.
  ///   - marks: those spelt as numbers count as texts here.
  /// - Returns: the cells of each column, shape [columns.count].
  func cells(ofColumns columns: [Int], marks: MissingMarks) -> [ColumnCells] {
    var found = columns.map { ColumnCells(column: $0, rowCount: rowCount) }
    var start = 0
    while start < rowCount {
      let end = min(start + ColumnCells.rowsAtOnce, rowCount)
      for place in found.indices { found[place].read(start..<end, of: self, marks: marks) }
      start = end
    }
    return found
  }

  /// A column as texts, numbers among them.
  ///
  /// - Returns: the different texts as the file spells them, and the place among them of each row,
  ///   -1 where the cell is empty; nil when there are more than `limit` different texts.
  func tally(column: Int, limit: Int) -> (texts: TextTally, places: [Int32])? {
    var texts = TextTally(limit: limit)
    var places: [Int32] = []
    places.reserveCapacity(rowCount)
    let bytes = bytes.span
    let cells = cells.span
    for row in 0..<rowCount {
      let cell = cells[(row + 1) * cellsPerRow + column]
      if cell.isEmpty {
        places.append(-1)
      } else if let place = texts.add(cell, of: bytes, row: row) {
        places.append(Int32(place))
      } else {
        return nil
      }
    }
    return (texts, places)
  }
}
