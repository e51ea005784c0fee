/// A file of rows and columns as texts, for readers that make no problem of it.
///
/// It is read as CSV problems are: any delimiter, UTF-8 or UTF-16, packed or not, ARFF too.
package struct TextTable: Sendable {
  /// One row below the names.
  package struct Row: Sendable {
    /// Line at which it begins, counted from 1.
    package let line: Int
    /// Shape [header.count], without spaces around them.
    package let cells: [String]

    package init(line: Int, cells: [String]) {
      self.line = line
      self.cells = cells
    }
  }

  package let header: [String]
  package let rows: [Row]
  /// Of the file's bytes.
  package let hash: String

  /// - Throws: `CSVError` where the file is no table.
  package init(path: String) throws(CSVError) {
    let data = try DataFile(path: path)
    let table = try CSVFile(data)
    header = table.header
    hash = data.hash
    rows = (0..<table.rowCount).map { row in
      Row(
        line: table.line(ofRow: row),
        cells: table.header.indices.map {
          table.trimmedText(of: table.cell(row: row, column: $0))
        }
      )
    }
  }
}
