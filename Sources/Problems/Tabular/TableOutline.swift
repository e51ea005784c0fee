/// What the columns of a file are, before anything is said of inputs and targets.
///
/// For commands that list the columns and suggest targets. A file whose numbers have a decimal comma
/// or separated thousands is looked at in the form that leaves the fewest columns of numbers with
/// other texts among them; `settings` then says which.
package struct TableOutline: Sendable {
  /// One column.
  package struct Column: Sendable {
    package let name: String
    /// What it would be as an input: a kind of `InputSummary`, or nil where it is left out or
    /// refused, for which `note` has the reason.
    package let inputKind: InputSummary.Kind?
    /// Kind of the task it would make; nil where it is refused as a target.
    package let targetKind: TaskKind?
    package let missingCount: Int
    /// Values of a category or classes of a target, in their order; empty for numbers.
    package let values: [String]
    /// What is to be known of it; empty where nothing is.
    package let note: String

    /// Whether it says which rows are for training, as a problem takes it that asks for nothing else.
    package var isSplit: Bool {
      name == DataSplit.columnName && !values.isEmpty
        && values.allSatisfy { DataSplit.part($0) != nil }
    }
  }

  /// One key that a suite needs to read the file so.
  package struct Setting: Hashable, Sendable {
    package let key: String
    package let value: String
  }

  /// The path as messages show it.
  package let file: String
  package let rowCount: Int
  /// What separates cells, as suite files write it.
  package let delimiter: String
  package let columns: [Column]
  package let settings: [Setting]

  /// - Throws: `CSVError` where the file is no table.
  package init(path: String) throws(CSVError) {
    var table = try CSVFile(try DataFile(path: path))
    var mixed = TableOutline.mixedCount(table)
    let plain = table
    for form in TableOutline.forms(delimiter: plain.delimiter) where mixed > 0 {
      let other = plain.written(in: form)
      let count = TableOutline.mixedCount(other)
      if count < mixed { (table, mixed) = (other, count) }
    }
    file = table.file
    rowCount = table.rowCount
    delimiter = TabularOptions.text(ofDelimiter: table.delimiter)
    settings = TableOutline.settings(of: table.form)
    columns = table.header.indices.map { [table] in TableOutline.column($0, of: table) }
  }

  /// Other ways to write numbers, the likelier first: where cells are separated by commas, a comma
  /// inside one separates thousands, which no decimal comma could be told from in `1,037`.
  private static func forms(delimiter: UInt8) -> [NumberForm] {
    let comma = UInt8(ascii: ",")
    let point = NumberForm.plain.decimal
    let space = UInt8(ascii: " ")
    let spaced = NumberForm(decimal: point, thousands: space)
    let american = NumberForm(decimal: point, thousands: comma)
    let european = [
      NumberForm(decimal: comma, thousands: point), NumberForm(decimal: comma, thousands: space),
    ]
    let decimalComma = NumberForm(decimal: comma, thousands: nil)
    return delimiter == comma
      ? [american, spaced, decimalComma] + european
      : [decimalComma, spaced] + european + [american]
  }

  private static let marks = MissingMarks(own: [], hasUsual: true)

  private static func settings(of form: NumberForm) -> [Setting] {
    var settings: [Setting] = []
    if form.decimal != NumberForm.plain.decimal {
      settings.append(.init(key: "decimal", value: ","))
    }
    if let thousands = form.thousands {
      let text = String(Character(Unicode.Scalar(thousands)))
      settings.append(.init(key: "thousands", value: text))
    }
    return settings
  }

  private static func mixedCount(_ table: CSVFile) -> Int {
    table.cells(ofColumns: Array(table.header.indices), marks: marks).count { cells in
      if case .mixed = ColumnContent(cells, of: table, marks: marks).kind { true } else { false }
    }
  }

  private static func column(_ column: Int, of table: CSVFile) -> Column {
    let cells = table.cells(ofColumns: [column], marks: marks)[0]
    let content = ColumnContent(cells, of: table, marks: marks)
    var summary: InputSummary?
    var notes: [String] = []
    do throws(CSVError) {
      let candidate = InputReading.Candidate(cells: cells, isNamed: false, isCategory: false)
      let reading = try InputReading([candidate], of: table, marks: marks)
      summary = reading.inputs.first?.summary
      notes = reading.notices.map { "\($0)" }
    } catch {
      notes = ["\(error)"]
    }
    let target = target(cells, of: table)
    let categories = summary?.categories.map { $0.name } ?? []
    return Column(
      name: table.header[column],
      inputKind: summary?.kind,
      targetKind: target?.kind,
      missingCount: content.missingCount,
      values: categories.isEmpty ? target?.classNames ?? [] : categories,
      note: notes.joined(separator: "; ")
    )
  }

  private static func target(_ cells: ColumnCells, of table: CSVFile) -> TargetColumn? {
    let request = TargetRequest(column: table.header[cells.column], askedAt: table.file)
    do {
      return try TargetColumn(request, cells, of: table, marks: marks) { key, problem in
        preconditionFailure("a request that states nothing, and \(key): \(problem)")
      }
    } catch {
      return nil
    }
  }
}
