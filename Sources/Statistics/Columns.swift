/// Columns of a matrix given by rows.
enum Columns {
  /// Number of columns, 0 without rows.
  ///
  /// - Precondition: rows of equal length.
  static func count(of rows: [[Double]]) -> Int {
    let count = rows.first?.count ?? 0
    precondition(
      rows.allSatisfy { $0.count == count },
      "rows of unequal length: \(rows.map { $0.count })"
    )
    return count
  }

  /// Mean of each column.
  static func means(of rows: [[Double]]) -> [Double] {
    (0..<count(of: rows)).map { column in CompensatedSum.mean(rows.map { $0[column] }) }
  }
}
