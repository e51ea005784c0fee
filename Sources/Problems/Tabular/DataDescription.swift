internal import Settings

/// What a `NAME.json` beside `NAME.csv` says: inputs, targets and the split column.
///
/// Members: `features`, names of the inputs; `categories`, those of them that are categories
/// whatever their cells are; `tasks`, a list of `column`, `kind`, `classes` and
/// whatever else a target of a suite may have; `split`, null or a table with `column`. All are
/// optional, and others, such as counts and hashes, are left alone.
struct DataDescription {
  let path: String
  let inputs: [String]?
  let targets: [TargetRequest]
  let splitColumn: String?
  /// Inputs that are categories whatever their cells are.
  let categories: [String]
  /// Of the file's bytes, for a run's identity.
  let hash: String

  private static let tableSuffix = ".csv"

  /// The description beside a CSV file; nil when there is none.
  ///
  /// - Throws: `SettingsError` when the file is there and is no such description.
  init?(besideTable table: String) throws {
    guard table.hasSuffix(DataDescription.tableSuffix) else { return nil }
    let path = String(table.dropLast(DataDescription.tableSuffix.count)) + ".json"
    guard DataFile.exists(path) else { return nil }
    var reader = SettingsReader(try YAMLReader.read(path: path))
    self.path = path
    hash = try DataFile(path: path).hash
    inputs =
      reader.asks("features")
      ? try reader.texts("features", default: nil, count: 1...Int.max) : nil
    categories =
      reader.asks("categories")
      ? try reader.texts("categories", default: nil, count: 0...Int.max) : []
    var targets: [TargetRequest] = []
    for (index, setting) in try reader.settings("tasks").enumerated() {
      let keyPath = "tasks[\(index)]"
      var task = SettingsReader(try setting.table(path: keyPath), path: keyPath)
      targets += try TargetRequest.all(settings: &task)
    }
    self.targets = targets
    splitColumn = try DataDescription.splitColumn(reader: &reader)
  }

  private static func splitColumn(reader: inout SettingsReader) throws(SettingsError) -> String? {
    guard let setting = reader.rawSetting("split") else { return nil }
    if case .scalar("null", isQuoted: false) = setting.value { return nil }
    guard var split = try reader.table("split") else { return nil }
    return try split.text("column")
  }
}
