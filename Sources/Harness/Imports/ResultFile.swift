internal import Problems
internal import Settings

/// A file of results as rows of texts: CSV, or JSON objects one a line.
struct ResultFile {
  let path: String
  let header: [String]
  let rows: [TextTable.Row]
  /// Of the bytes.
  let hash: String

  private static let jsonSuffixes = [".jsonl", ".ndjson", ".json"]

  init(path: String) throws {
    self.path = path
    guard Self.jsonSuffixes.contains(where: { path.hasSuffix($0) }) else {
      let table = try TextTable(path: path)
      (header, rows, hash) = (table.header, table.rows, table.hash)
      return
    }
    var header: [String] = []
    var objects: [(line: Int, values: [String: String])] = []
    let text = try TextFile.read(path: path)
    guard text.first(where: { !$0.isWhitespace }) != "[" else {
      throw ImportError.file(path, .array)
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { !$0.isWhitespace }) {
      let object = try Self.object(String(line), path, line: index + 1)
      for entry in object where !header.contains(entry.key) { header.append(entry.key) }
      objects.append((index + 1, Dictionary(object) { first, _ in first }))
    }
    self.header = header
    rows = objects.map { object in
      TextTable.Row(line: object.line, cells: header.map { object.values[$0] ?? "" })
    }
    hash = try StableHash.hexadecimal(ofFile: path)
  }

  /// Keys and values of an object; null is an empty text.
  private static func object(
    _ text: String,
    _ path: String,
    line: Int
  ) throws(ImportError) -> [(key: String, value: String)] {
    let table: SettingsTable
    do throws(SettingsError) {
      table = try YAMLReader.read(text, file: path)
    } catch {
      throw .line(file: path, line: line, .notAnObject(reason: "\(error)"))
    }
    var values: [(key: String, value: String)] = []
    for entry in table.entries {
      guard case .scalar(let value, let isQuoted) = entry.setting.value else {
        throw .line(file: path, line: line, .nested(key: entry.key))
      }
      values.append((entry.key, !isQuoted && value == "null" ? "" : value))
    }
    return values
  }
}
