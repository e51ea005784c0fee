/// One input of a table.
struct InputColumn {
  let name: String
  /// Values, NaN where missing, shape [rowCount].
  private(set) var values: [Double]
  /// Whether any row of the file lacks a value.
  let isMissingSome: Bool

  /// - Throws: `CSVError` at a cell that is no finite number, or when every cell is missing.
  init(column: Int, of table: CSVTable, missing: [String]) throws(CSVError) {
    name = table.header[column]
    values = try table.numbers(column: column, missing: missing, isInput: true)
    isMissingSome = values.contains { $0.isNaN }
    if isMissingSome && values.allSatisfy({ $0.isNaN }) {
      throw .column(file: table.file, name: name, .noValues)
    }
  }

  /// Keeps the rows of the given indices.
  mutating func keep(rows: [Int]) { values = rows.map { values[$0] } }
}
