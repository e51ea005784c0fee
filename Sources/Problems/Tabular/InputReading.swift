/// What each column that may be an input is, and those left out with their reasons.
struct InputReading {
  private(set) var inputs: [InputColumn] = []
  private(set) var notices: [TableNotice] = []
  /// Marks of missing values met, with the cells that hold them.
  private(set) var marks: [(text: String, count: Int)] = []

  private let splitsDates: Bool
  private let table: CSVFile
  private let missing: MissingMarks

  /// A column that may be an input.
  struct Candidate {
    let cells: ColumnCells
    /// Whether the suite or the description names it itself and not by a pattern, so that it may
    /// not be left out.
    let isNamed: Bool
    /// Whether it is to be a category whatever its cells are.
    let isCategory: Bool
    /// Whether an ARFF file declares its values.
    var isNominal = false
  }

  /// - Throws: `CSVError` for a column that can neither serve nor be left out.
  init(
    _ candidates: [Candidate],
    of table: CSVFile,
    marks: MissingMarks,
    splitsDates: Bool = false
  ) throws(CSVError) {
    self.table = table
    self.splitsDates = splitsDates
    missing = marks
    for candidate in candidates { try read(candidate) }
  }

  private mutating func read(_ candidate: Candidate) throws(CSVError) {
    let cells = candidate.cells
    let content = ColumnContent(cells, of: table, marks: missing)
    if candidate.isCategory {
      return try addCategory(candidate, content)
    }
    if candidate.isNominal && content.presentCount > 0 {
      return try addTexts(candidate, content)
    }
    switch content.kind {
    case .empty:
      if candidate.isNamed { throw problem(cells, .noValues) }
      leaveOut(cells, .empty)
    case .numbers: try addNumbers(candidate, content)
    case .truth: try addTruth(candidate, content)
    case .mixed(let row): throw table.notNumber(row: row, column: cells.column, isInput: true)
    case .dates where splitsDates: try addDates(cells)
    case .dates(let example):
      if candidate.isNamed { throw problem(cells, .dateInput(example: example)) }
      leaveOut(cells, .dates(example: example))
    case .texts: try addTexts(candidate, content)
    }
  }

  private mutating func addNumbers(
    _ candidate: Candidate,
    _ content: ColumnContent
  ) throws(CSVError) {
    let cells = candidate.cells
    try content.requireNumbers(cells, table, isInput: true)
    if !candidate.isNamed, let reason = reasonToLeaveOut(cells, content) {
      return leaveOut(cells, reason)
    }
    marks += content.marks
    notices += Sentinel.notices(cells, of: table)
    inputs.append(.number(NumberColumn(name: table.header[cells.column], values: cells.values)))
  }

  private func reasonToLeaveOut(
    _ cells: ColumnCells,
    _ content: ColumnContent
  ) -> TableNotice.Reason? {
    let name = table.header[cells.column]
    if content.missingCount == 0 {
      // Each file may count its rows anew.
      let parts = [cells.values] + table.sources.map { Array(cells.values[$0.rows]) }
      func everywhere(_ holds: ([Double]) -> Bool) -> Bool {
        holds(parts[0]) || parts.dropFirst().allSatisfy(holds)
      }
      if everywhere(RunningNumber.countsFromStart) { return .runningNumber }
      if everywhere({ RunningNumber.isIdentifier(name, $0) }) { return .identifier }
      if cells.values.allSatisfy({ $0 == cells.values[0] }) {
        return .constant(table.text(row: 0, column: cells.column))
      }
    }
    if RunningNumber.areDays(cells.values), let row = cells.values.firstIndex(where: { !$0.isNaN })
    {
      return .dates(example: table.text(row: row, column: cells.column))
    }
    return nil
  }

  private mutating func addDates(_ cells: ColumnCells) throws(CSVError) {
    let dates = try DateColumns(column: cells.column, of: table, marks: missing)
    let name = table.header[cells.column]
    if dates.columns.isEmpty {
      return leaveOut(cells, .constant(table.text(row: 0, column: cells.column)))
    }
    inputs += dates.columns.map { .number($0) }
    let names = dates.columns.map { String($0.name.dropFirst(name.count + 1)) }
    notices.append(.split(column: name, into: names, strange: dates.strangeCount))
  }

  private mutating func addTruth(
    _ candidate: Candidate,
    _ content: ColumnContent
  ) throws(CSVError) {
    let cells = candidate.cells
    guard let found = values(cells), found.values.count == 2 else {
      return try addTexts(candidate, content)
    }
    marks += found.marks
    let numbers = found.places.map { $0 < 0 ? Double.nan : Double($0) }
    inputs.append(
      .number(NumberColumn(name: table.header[cells.column], values: numbers, isTruth: true))
    )
  }

  private mutating func addTexts(
    _ candidate: Candidate,
    _ content: ColumnContent
  ) throws(CSVError) {
    let cells = candidate.cells
    guard let found = values(cells) else {
      // More texts than could be told apart.
      if candidate.isNamed {
        throw problem(cells, .tooManyCategories(limit: InputColumn.mostValues))
      }
      return leaveOut(cells, .names(count: content.textCount, rows: content.presentCount))
    }
    if found.areNames {
      if candidate.isNamed {
        throw problem(cells, .nameInput(count: found.values.count, rows: found.presentCount))
      }
      return leaveOut(cells, .names(count: found.values.count, rows: found.presentCount))
    }
    if found.values.count > InputColumn.mostCategories && !candidate.isNominal {
      throw problem(cells, .manyCategories(count: found.values.count))
    }
    if found.values.count == 1 && !candidate.isNamed && content.missingCount == 0 {
      return leaveOut(cells, .constant(found.values[0].name))
    }
    add(found, cells)
  }

  private mutating func addCategory(
    _ candidate: Candidate,
    _ content: ColumnContent
  ) throws(CSVError) {
    guard let found = values(candidate.cells) else {
      throw problem(candidate.cells, .tooManyCategories(limit: InputColumn.mostValues))
    }
    if found.values.isEmpty { throw problem(candidate.cells, .noValues) }
    add(found, candidate.cells)
  }

  private mutating func add(_ found: TextValues, _ cells: ColumnCells) {
    let name = table.header[cells.column]
    marks += found.marks
    notices += found.notices(column: name, isTarget: false)
    inputs.append(.category(CategoryColumn(name: name, found)))
  }

  private func values(_ cells: ColumnCells) -> TextValues? {
    TextValues(column: cells.column, of: table, marks: missing, limit: InputColumn.mostValues)
  }

  private mutating func leaveOut(_ cells: ColumnCells, _ reason: TableNotice.Reason) {
    notices.append(.leftOut(column: table.header[cells.column], reason))
  }

  private func problem(_ cells: ColumnCells, _ problem: CSVError.ColumnProblem) -> CSVError {
    .column(file: table.file, name: table.header[cells.column], problem)
  }
}
