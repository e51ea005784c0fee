internal import Settings

/// Which columns of a table are inputs, targets and split.
struct TabularColumns {
  let inputs: [InputColumn]
  let targets: [TargetColumn]
  /// Index of the split column; nil for a seeded split.
  let split: Int?

  /// What `split` says for a drawn split.
  private static let seeded = "seeded"

  /// Reads the keys `inputs`, `targets` and `split`, and the columns they name.
  ///
  /// - Throws: `SettingsError` for a bad key, `CSVError` for a column that is not there or cannot
  ///   serve.
  init(
    settings: inout SettingsReader,
    table: CSVTable,
    description: DataDescription?,
    missing: [String]
  ) throws {
    let named = try TabularColumns.targetColumns(
      settings: &settings,
      table: table,
      description: description
    )
    let targetPlaces = named.map { $0.column }
    split = try TabularColumns.splitColumn(
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
    let reader = settings
    targets = try named.map { request, column in
      try TargetColumn(request, column: column, of: table, missing: missing) { key, problem in
        reader.error("targets", "\(key): \(problem)")
      }
    }
    inputs = try InputColumn.columns(inputPlaces, of: table, missing: missing)
  }

  /// Targets of the suite, else of the description, each with its column.
  private static func targetColumns(
    settings: inout SettingsReader,
    table: CSVTable,
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
    var named: [(request: TargetRequest, column: Int)] = []
    for request in requests {
      let columns = try table.columns(
        [request.column],
        excluding: named.map { $0.column },
        askedAt: request.askedAt
      )
      for column in columns {
        if named.contains(where: { $0.column == column }) {
          throw settings.error("targets", "column '\(table.header[column])' is named twice")
        }
        named.append((request, column))
      }
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
        requests.append(try TargetRequest(settings: &reader))
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
  private static func splitColumn(
    settings: inout SettingsReader,
    table: CSVTable,
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
    } else if let column = table.header.firstIndex(of: "split"), !targets.contains(column) {
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

  /// Inputs of the suite, else of the description, else all other columns.
  private static func inputColumns(
    settings: inout SettingsReader,
    table: CSVTable,
    description: DataDescription?,
    excluding excluded: [Int]
  ) throws -> [Int] {
    var entries = description?.inputs ?? ["*"]
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
    return columns
  }
}
