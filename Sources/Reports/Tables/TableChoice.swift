/// What of a table is shown, and with how many words.
package struct TableChoice: Sendable, Hashable {
  /// How much is said around the numbers.
  package enum Caption: String, Sendable, Hashable, CaseIterable {
    /// Title, all explanations and notes.
    case full
    /// Title, what the numbers are, and notes on failures and the like.
    case short
    /// Neither title nor words.
    case none
  }

  package var caption = Caption.full
  /// Labels of methods whose rows are shown; nil for all.
  package var methods: [String]?
  /// Names or heads of the columns that are shown, in this order; nil for all.
  package var columns: [String]?

  package init() {}

  /// The table as it is shown; its numbers and marks stay those of the whole.
  ///
  /// Rows are chosen in tables that have a row for each method.
  ///
  /// - Throws: `TableError.unknownColumn` or `TableError.ambiguousColumn`.
  package func shown(_ table: Table) throws(TableError) -> Table {
    var table = table
    if let methods, table.labelHead == Self.methodHead {
      table.rows = table.rows.filter { methods.contains($0.label) }
    }
    if let columns {
      var places: [Int] = []
      for column in columns { places.append(try table.position(ofColumn: column)) }
      table.columns = places.map { place in
        var column = table.columns[place]
        column.isOnlyInCSV = false
        column.isDetail = false
        return column
      }
      table.rows = table.rows.map { row in
        var row = row
        row.cells = places.map { row.cells[$0] }
        return row
      }
    }
    switch caption {
    case .full: break
    case .short: table.caption = Array(table.caption.prefix(1))
    case .none:
      table.title = ""
      table.caption = []
      table.footnotes = []
    }
    return table
  }

  /// Head of the row labels of tables with a row for each method.
  private static let methodHead = "Method"
}
