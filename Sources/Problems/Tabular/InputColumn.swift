/// One input of a table.
struct InputColumn {
  let name: String
  /// Values, NaN where missing, shape [rowCount].
  private(set) var values: [Double]
  /// Whether any row of the file lacks a value.
  let isMissingSome: Bool

  /// Reads columns as inputs.
  ///
  /// - Throws: `CSVError` at a cell that is no finite number, or when every cell of a column is
  ///   missing.
  static func columns(
    _ columns: [Int],
    of table: CSVTable,
    missing: [String]
  ) throws(CSVError) -> [InputColumn] {
    let values = try table.numbers(columns: columns, missing: missing, isInput: true)
    var inputs: [InputColumn] = []
    for (column, values) in zip(columns, values) {
      let name = table.header[column]
      if values.allSatisfy({ $0.isNaN }) {
        throw .column(file: table.file, name: name, .noValues)
      }
      let isMissingSome = values.contains { $0.isNaN }
      inputs.append(InputColumn(name: name, values: values, isMissingSome: isMissingSome))
    }
    return inputs
  }

  /// Keeps the rows of the given indices.
  mutating func keep(rows: [Int]) { values = rows.map { values[$0] } }
}
