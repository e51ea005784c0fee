internal import Settings

/// The file of one task, where every task has its own.
struct TaskFile {
  /// The task's name.
  let task: String
  let table: CSVFile
  /// What stands beside the file; nil where nothing does.
  let description: DataDescription?
  /// Of the file's bytes, for a run's identity.
  let hash: String
  /// The target, or the outputs of one task.
  let requests: [TargetRequest]

  private static let fileKey = "file"
  private static let listKey = "targets"

  /// Whether a target of the list names a file.
  static func areNamed(_ settings: SettingsReader) -> Bool {
    var reader = settings
    guard case .list(let targets) = reader.rawSetting(listKey)?.value else { return false }
    return targets.contains { target in
      guard case .table(let table) = target.value else { return false }
      return table.entries.contains { $0.key == fileKey }
    }
  }

  /// Reads the list `targets`, and the file that each of them names.
  ///
  /// - Parameters:
  ///   - settings: the problem's keys.
  ///   - dialect: what the suite says of the form of all files.
  ///   - folder: folder of the suite file.
  /// - Returns: the files in the order of the list.
  /// - Throws: `SettingsError` for a bad key, two tasks of one name or of the same rows; `CSVError` for
  ///   a bad file.
  static func all(
    settings: inout SettingsReader,
    dialect: CSVDialect,
    relativeTo folder: String
  ) throws -> [TaskFile] {
    var files: [TaskFile] = []
    var canonical: [CanonicalTable.Value] = []
    for (index, setting) in try settings.settings(listKey).enumerated() {
      let path = settings.path(of: listKey) + "[\(index)]"
      guard case .table(let table) = setting.value else {
        throw SettingsError.setting(
          setting.place,
          path: path,
          .other("other targets name files of their own; write {file: NAME.csv, column: NAME}")
        )
      }
      var reader = SettingsReader(table, path: path)
      let file = try TaskFile(settings: &reader, dialect: dialect, relativeTo: folder)
      if let other = files.first(where: { $0.task == file.task }) {
        throw reader.error("name", "two tasks are called '\(other.task)'; give each another name")
      }
      if let other = files.first(where: { $0.hash == file.hash }) {
        throw reader.error(
          fileKey,
          "tasks '\(other.task)' and '\(file.task)' have the same rows, and one would be trained on "
            + "what the other is tested on; make them targets of one file"
        )
      }
      files.append(file)
      canonical.append(.table(reader.resolved))
    }
    settings.record(listKey, as: .list(canonical))
    return files
  }

  private init(
    settings: inout SettingsReader,
    dialect: CSVDialect,
    relativeTo folder: String
  ) throws {
    let file = try settings.text(TaskFile.fileKey)
    task = try settings.text("name", default: TaskFile.baseName(file))
    var dialect = dialect
    dialect.delimiter = try TabularOptions.delimiter(&settings) ?? dialect.delimiter
    var requests = try TargetRequest.all(settings: &settings)
    for place in requests.indices { requests[place].task = task }
    self.requests = requests
    try settings.finish()
    let data = try DataFile(path: DataFile.path(file, relativeTo: folder))
    hash = data.hash
    table = try CSVFile(data, dialect)
    settings.record(
      "delimiter",
      as: .text(TabularOptions.text(ofDelimiter: table.delimiter))
    )
    description = try DataDescription(besideTable: data.path)
  }

  /// A path without folders and what follows the first point of the name.
  private static func baseName(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.split(separator: ".").first ?? name)
  }
}
