internal import Settings

/// Which columns are inputs, targets and split: of one table, or of one for each task.
struct TabularColumns {
  /// The rows of one file.
  struct Section {
    let table: CSVFile
    /// Index of the split column; nil for a seeded split.
    let split: Int?
    /// Where its rows stand among those of all files.
    let rows: Range<Int>
  }

  let inputs: [InputColumn]
  /// What a person ought to know of how the columns were read.
  let notices: [TableNotice]
  let targets: [TargetColumn]
  /// The files, in the order of their rows.
  let sections: [Section]
  /// What messages about a whole column call the file, or the files.
  let file: String

  /// Rows of all files.
  var rowCount: Int { sections.last?.rows.upperBound ?? 0 }

  /// What `split` says for a drawn split.
  private static let seeded = "seeded"

  /// Reads the keys `inputs`, `targets` and `split`, and the columns they name.
  ///
  /// - Throws: `SettingsError` for a bad key, `CSVError` for a column that is not there or cannot
  ///   serve.
  init(
    settings: inout SettingsReader,
    table: CSVFile,
    description: DataDescription?,
    marks: MissingMarks,
    splitsDates: Bool
  ) throws {
    let named = try TabularColumns.targetColumns(
      settings: &settings,
      table: table,
      description: description
    )
    let targetPlaces = named.map { $0.column }
    let split = try TabularColumns.splitColumn(
      settings: &settings,
      table: table,
      description: description,
      targets: targetPlaces
    )
    let inputPlaces = try TabularColumns.inputColumns(
      settings: &settings,
      table: table,
      description: description,
      excluding: targetPlaces + (split.map { [$0] } ?? [])
    )
    let categories = try TabularColumns.categoryColumns(
      settings: &settings,
      table: table,
      description: description
    )
    let columns = targetPlaces + inputPlaces.map { $0.column }
    let cells = table.cells(ofColumns: columns, marks: marks)
    let targets = try TabularColumns.targets(named, cells, of: table, marks: marks, settings)
    let joined = TabularColumns.joined(targets)
    let candidates = zip(inputPlaces, cells.dropFirst(named.count)).map { place, cells in
      InputReading.Candidate(
        cells: cells,
        isNamed: place.isNamed,
        isCategory: categories.contains(place.column),
        isNominal: table.nominal?[place.column].map { $0.count > 2 } ?? false
      )
    }
    let reading = try InputReading(
      candidates,
      of: table,
      marks: marks,
      splitsDates: splitsDates
    )
    if reading.inputs.isEmpty { throw CSVError.noInputs(file: table.file, reading.notices) }
    self.targets = joined
    inputs = reading.inputs
    sections = [Section(table: table, split: split, rows: 0..<table.rowCount)]
    file = table.file
    let met = targets.flatMap { $0.markedTexts } + reading.marks
    notices =
      TabularColumns.marksNotice(met.filter { !marks.isOwn($0.text) })
      + table.nameNotices + targets.flatMap { $0.notices } + reading.notices
      + TabularColumns.copies(reading.inputs, targets)
  }

  /// The targets that requests ask for, each with the cells of its column.
  static func targets(
    _ named: [(request: TargetRequest, column: Int)],
    _ cells: [ColumnCells],
    of table: CSVFile,
    marks: MissingMarks,
    _ settings: SettingsReader
  ) throws -> [TargetColumn] {
    try zip(named, cells).map { named, cells in
      try TargetColumn(named.request, cells, of: table, marks: marks) { key, problem in
        settings.error("targets", "\(key): \(problem)")
      }
    }
  }

  /// The targets, where a row that lacks one column of a task lacks all of them.
  static func joined(_ targets: [TargetColumn]) -> [TargetColumn] {
    var targets = targets
    for task in Set(targets.compactMap { $0.task }) {
      let places = targets.indices.filter { targets[$0].task == task }
      let missing = places.flatMap { place in
        targets[place].values.indices.filter { targets[place].values[$0].isNaN }
      }
      for place in places { targets[place].drop(rows: missing) }
    }
    return targets
  }

  /// One notice of all the marks met, if any.
  static func marksNotice(_ met: [(text: String, count: Int)]) -> [TableNotice] {
    if met.isEmpty { return [] }
    var countOfMark: [String: Int] = [:]
    for (text, count) in met { countOfMark[text, default: 0] += count }
    return [
      .marks(
        countOfMark.sorted { $0.key < $1.key }.map { TableNotice.Mark(text: $0, cells: $1) }
      )
    ]
  }

  /// Inputs of numbers that give a target away.
  static func copies(_ inputs: [InputColumn], _ targets: [TargetColumn]) -> [TableNotice] {
    var notices: [TableNotice] = []
    for case .number(let input) in inputs {
      for target in targets {
        let isCopy = zip(input.values, target.values).allSatisfy { input, target in
          target.isNaN || input == target
        }
        if isCopy { notices.append(.copy(input: input.name, target: target.name)) }
      }
    }
    return notices
  }

  /// The columns that are categories whatever their cells are.
  static func categoryColumns(
    settings: inout SettingsReader,
    table: CSVFile,
    description: DataDescription?
  ) throws -> [Int] {
    var entries = description?.categories ?? []
    var askedAt = description?.path ?? table.file
    if settings.asks("categories") {
      entries = try settings.texts("categories", default: nil, count: 0...Int.max)
      askedAt = "\(settings.place(of: "categories"))"
    }
    return try table.columns(entries, excluding: [], askedAt: askedAt)
  }

  /// Targets of the suite, else of the description, each with its column.
  private static func targetColumns(
    settings: inout SettingsReader,
    table: CSVFile,
    description: DataDescription?
  ) throws -> [(request: TargetRequest, column: Int)] {
    var requests = description?.targets ?? []
    if settings.asks("targets") { requests = try targetRequests(settings: &settings) }
    if requests.isEmpty {
      throw settings.error(
        "targets",
        "name at least one target column, for example targets: [\(table.header.last ?? "")]"
      )
    }
    return try namedColumns(requests, of: table, settings)
  }

  /// The columns that requests name, each with its request.
  static func namedColumns(
    _ requests: [TargetRequest],
    of table: CSVFile,
    _ settings: SettingsReader
  ) throws -> [(request: TargetRequest, column: Int)] {
    var named: [(request: TargetRequest, column: Int)] = []
    for request in requests {
      let columns = try table.columns(
        [request.column],
        excluding: named.map { $0.column },
        askedAt: request.askedAt
      )
      if columns.isEmpty && request.column.hasPrefix("!") {
        throw settings.error(
          "targets",
          "'\(request.column)' takes nothing out; name only the columns to predict"
        )
      }
      for column in columns {
        if named.contains(where: { $0.column == column }) {
          throw settings.error("targets", "column '\(table.header[column])' is named twice")
        }
        named.append((request, column))
      }
    }
    for place in named.indices {
      guard let task = named[place].request.task else { continue }
      let isTaken = named.contains { $0.request.task == nil && table.header[$0.column] == task }
      let askedAt = named[place].request.askedAt
      if isTaken || requests.contains(where: { $0.task == task && $0.askedAt != askedAt }) {
        throw settings.error("targets", "two tasks are called '\(task)'")
      }
      named[place].request.outputCount = named.count { $0.request.task == task }
    }
    return named
  }

  /// The list `targets`: names, patterns, or tables.
  private static func targetRequests(
    settings: inout SettingsReader
  ) throws(SettingsError) -> [TargetRequest] {
    var requests: [TargetRequest] = []
    var canonical: [CanonicalTable.Value] = []
    for (index, setting) in try settings.settings("targets").enumerated() {
      let path = settings.path(of: "targets") + "[\(index)]"
      if case .table(let table) = setting.value {
        var reader = SettingsReader(table, path: path)
        requests += try TargetRequest.all(settings: &reader)
        try reader.finish()
        canonical.append(.table(reader.resolved))
      } else {
        let name = try setting.value(as: .text, path: path)
        requests.append(TargetRequest(column: name, askedAt: "\(setting.place)"))
        canonical.append(.text(name))
      }
    }
    settings.record("targets", as: .list(canonical))
    return requests
  }

  /// The split column: the suite's, else the description's, else one that is called split.
  static func splitColumn(
    settings: inout SettingsReader,
    table: CSVFile,
    description: DataDescription?,
    targets: [Int]
  ) throws -> Int? {
    var name: String?
    var askedAt = ""
    if let asked = try settings.optionalText("split") {
      if asked == seeded { return nil }
      name = asked
      askedAt = "\(settings.place(of: "split"))"
    } else if let description {
      name = description.splitColumn
      askedAt = description.path
    } else if let column = table.header.firstIndex(of: DataSplit.columnName),
      !targets.contains(column)
    {
      return column
    }
    guard let name else { return nil }
    guard let column = table.header.firstIndex(of: name) else {
      throw CSVError.unknownColumn(
        file: table.file,
        name: name,
        askedAt: askedAt,
        known: table.header
      )
    }
    return column
  }

  /// Inputs of the suite, else of the description but those that the suite made targets, else all
  /// other columns.
  static func inputColumns(
    settings: inout SettingsReader,
    table: CSVFile,
    description: DataDescription?,
    excluding excluded: [Int]
  ) throws -> [(column: Int, isNamed: Bool)] {
    let taken = Set(excluded.map { table.header[$0] })
    var entries = description?.inputs?.filter { !taken.contains($0) } ?? ["*"]
    var askedAt = description?.path ?? table.file
    if settings.asks("inputs") {
      entries = try settings.texts("inputs", default: nil, count: 1...Int.max)
      askedAt = "\(settings.place(of: "inputs"))"
    }
    let columns = try table.columns(entries, excluding: excluded, askedAt: askedAt)
    if let column = columns.first(where: { excluded.contains($0) }) {
      throw settings.error(
        "inputs",
        "column '\(table.header[column])' is a target or the split; it cannot be an input too"
      )
    }
    if columns.isEmpty { throw settings.error("inputs", "no column is left as an input") }
    let names = Set(entries)
    return columns.map { ($0, names.contains(table.header[$0])) }
  }
}
