internal import Settings

extension TabularColumns {
  /// Reads the keys `inputs`, `split` and `categories`, and the columns that they and the targets name
  /// in the file of every task.
  ///
  /// Inputs are read from the rows of all files, one file below the other, so that a column is of one
  /// kind and a category has one list of values for all tasks. Targets are read from each file alone.
  ///
  /// - Throws: `SettingsError` for a bad key, `CSVError` for a column that is not there or cannot
  ///   serve, or that is an input in one file and not in another.
  init(
    settings: inout SettingsReader,
    files: [TaskFile],
    options: TabularOptions
  ) throws {
    var sections: [Section] = []
    var targets: [TargetColumn] = []
    var inputs: [[(column: Int, isNamed: Bool)]] = []
    var categories: Set<String> = []
    let rowCount = files.reduce(0) { $0 + $1.table.rowCount }
    var notices: [TableNotice] = []
    for file in files {
      let table = file.table
      let named = try Self.target(of: file, settings)
      let split = try Self.splitColumn(
        settings: &settings,
        table: table,
        description: file.description,
        targets: named.map { $0.column }
      )
      inputs.append(
        try Self.inputColumns(
          settings: &settings,
          table: table,
          description: file.description,
          excluding: named.map { $0.column } + (split.map { [$0] } ?? [])
        )
      )
      categories.formUnion(
        try Self.categoryColumns(settings: &settings, table: table, description: file.description)
          .map { table.header[$0] }
      )
      let marks = options.marks(of: table)
      let cells = table.cells(ofColumns: named.map { $0.column }, marks: marks)
      let found = try Self.targets(named, cells, of: table, marks: marks, settings)
      let start = sections.last?.rows.upperBound ?? 0
      sections.append(
        Section(table: table, split: split, rows: start..<start + table.rowCount)
      )
      targets += Self.joined(found).map { target in
        var target = target
        target.place(inRows: start..<start + table.rowCount, of: rowCount)
        return target
      }
      notices += (table.nameNotices + found.flatMap { $0.notices }).map { .ofTask(file.task, $0) }
    }
    let reading = try InputReading(files.map { $0.table }, inputs, categories, options)
    if reading.inputs.isEmpty {
      let list = files.map { $0.table.file }.joined(separator: ", ")
      throw CSVError.noInputs(file: list, reading.notices)
    }
    let met = targets.flatMap { $0.markedTexts } + reading.marks
    let marks = options.marks(of: files[0].table)
    self.targets = targets
    self.inputs = reading.inputs
    self.sections = sections
    file = files.map { $0.table.file }.joined(separator: ", ")
    self.notices =
      Self.marksNotice(met.filter { !marks.isOwn($0.text) })
      + notices + reading.notices + Self.copies(reading.inputs, targets)
  }

  /// The target of a task's file, or the outputs of its task.
  private static func target(
    of file: TaskFile,
    _ settings: SettingsReader
  ) throws -> [(request: TargetRequest, column: Int)] {
    let named = try namedColumns(file.requests, of: file.table, settings)
    guard named.count == file.requests.count else {
      throw settings.error(
        "targets",
        "'\(file.requests[0].column)' names \(named.count) columns of \(file.table.file), and a task "
          + "with a file of its own has one target; name it, or give 'columns' for several outputs"
      )
    }
    return named
  }
}

extension InputReading {
  /// What the inputs of several tables are together, the rows of one below those of the other.
  ///
  /// - Parameters:
  ///   - tables: at least one.
  ///   - inputs: columns of each that may be inputs, shape [tables.count].
  ///   - categories: names of columns that are categories whatever their cells are.
  ///   - options: what the suite says of all files.
  /// - Throws: `CSVError` for a column that is an input of one table alone, that holds numbers in one
  ///   and texts in another, or that can neither serve nor be left out.
  fileprivate init(
    _ tables: [CSVFile],
    _ inputs: [[(column: Int, isNamed: Bool)]],
    _ categories: Set<String>,
    _ options: TabularOptions
  ) throws(CSVError) {
    let columns = try Self.columnsAlike(tables, inputs.map { $0.map { $0.column } })
    let stack = try CSVFile(stacking: tables, columns: columns)
    let marks = options.marks(of: stack)
    let places = Array(stack.header.indices)
    let cells = stack.cells(ofColumns: places, marks: marks)
    var named: Set<String> = []
    for (table, inputs) in zip(tables, inputs) {
      for input in inputs where input.isNamed { named.insert(table.header[input.column]) }
    }
    let read = places.filter { !categories.contains(stack.header[$0]) }
    for place in read where ColumnContent(cells[place], of: stack, marks: marks).kind != .truth {
      try Self.requireOneKind(tables, columns.map { $0[place] }, marks)
    }
    try self.init(
      places.map { place in
        Candidate(
          cells: cells[place],
          isNamed: named.contains(stack.header[place]),
          isCategory: categories.contains(stack.header[place]),
          isNominal: stack.nominal?[place].map { $0.count > 2 } ?? false
        )
      },
      of: stack,
      marks: marks,
      splitsDates: options.splitsDates
    )
  }

  /// The columns of each table in the order of the first, by their names.
  private static func columnsAlike(
    _ tables: [CSVFile],
    _ columns: [[Int]]
  ) throws(CSVError) -> [[Int]] {
    let names = zip(tables, columns).map { table, columns in columns.map { table.header[$0] } }
    for (table, own) in zip(tables, names).dropFirst() {
      if let name = names[0].first(where: { !own.contains($0) }) {
        throw .column(file: table.file, name: name, .noInputHere(other: tables[0].file))
      }
      if let name = own.first(where: { !names[0].contains($0) }) {
        throw .column(file: tables[0].file, name: name, .noInputHere(other: table.file))
      }
    }
    return zip(names, columns).map { own, columns in
      names[0].compactMap { name in own.firstIndex(of: name).map { columns[$0] } }
    }
  }

  /// Refuses a column that holds numbers in one table and texts in another.
  private static func requireOneKind(
    _ tables: [CSVFile],
    _ columns: [Int],
    _ marks: MissingMarks
  ) throws(CSVError) {
    var ofNumbers: CSVFile?
    var ofTexts: (table: CSVFile, column: Int, row: Int)?
    for (table, column) in zip(tables, columns) {
      let cells = table.cells(ofColumns: [column], marks: marks)[0]
      let content = ColumnContent(cells, of: table, marks: marks)
      switch content.kind {
      case .numbers: ofNumbers = ofNumbers ?? table
      case .truth, .dates, .texts:
        if let row = content.firstTextRow { ofTexts = ofTexts ?? (table, column, row) }
      case .empty, .mixed: break
      }
    }
    guard let ofNumbers, let ofTexts else { return }
    let (table, column, row) = ofTexts
    throw .column(
      file: table.file,
      name: table.header[column],
      .textsHere(example: table.text(row: row, column: column), other: ofNumbers.file)
    )
  }
}
