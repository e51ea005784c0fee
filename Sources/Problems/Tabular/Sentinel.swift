/// Recognises a number that stands for a missing value, such as -999 among temperatures.
enum Sentinel {
  /// Fewer cells may be rare values.
  private static let fewestCells = 3
  /// Negative values nearer to 0 may be codes or measured.
  private static let leastSize = 9.0
  private static let nines: Set<Double> = [99, 999, 9999, 99_999, 999_999]

  /// The number and its cells; nil where no value stands out.
  ///
  /// It is the least or the largest value, has several cells, and is either the only negative one
  /// or made of nines and farther from the next value than the other values are from each other.
  static func found(in values: [Double]) -> (value: Double, count: Int)? {
    var least = Double.infinity
    var largest = -Double.infinity
    for value in values where !value.isNaN {
      least = min(least, value)
      largest = max(largest, value)
    }
    for extreme in [least, largest] where extreme == extreme.rounded() {
      let isNines = nines.contains(extreme.magnitude)
      guard isNines || extreme < 0 && extreme.magnitude >= leastSize else { continue }
      var count = 0
      var low = Double.infinity
      var high = -Double.infinity
      for value in values where !value.isNaN {
        if value == extreme {
          count += 1
        } else {
          low = min(low, value)
          high = max(high, value)
        }
      }
      guard count >= fewestCells, low < high else { continue }
      let distance = extreme < low ? low - extreme : extreme - high
      let isOnlyNegative = extreme < 0 && low >= 0
      if isOnlyNegative || isNines && distance > high - low { return (extreme, count) }
    }
    return nil
  }

  /// The notice that a column of numbers earns, if any.
  static func notices(_ cells: ColumnCells, of table: CSVFile) -> [TableNotice] {
    guard let (value, count) = found(in: cells.values),
      let row = cells.values.firstIndex(of: value)
    else { return [] }
    let text = CellText.trimmed(table.text(row: row, column: cells.column))
    return [.sentinel(column: table.header[cells.column], value: text, count: count)]
  }
}
