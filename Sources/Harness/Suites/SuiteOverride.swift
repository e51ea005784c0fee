internal import Settings

/// A key of a suite file that gets another value than the file gives it, such as `training.steps=100`.
///
/// The path is written as messages write it: keys with dots between, and `[0]` for the first element of a
/// list. Keys that the file lacks are added; the value is read as YAML.
package struct SuiteOverride: Hashable, Sendable {
  /// The key's path, such as `problems[0].train`.
  package let path: String
  /// The value as it would stand in the file.
  package let value: String

  package init(path: String, value: String) {
    self.path = path
    self.value = value
  }

  /// Reads `path=value`; nil without a path before an equals sign.
  package init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
    path = String(text[..<equals])
    value = String(text[text.index(after: equals)...])
  }

  /// A table with the overrides in it, those of shorter paths first, so that their order is of no matter.
  ///
  /// - Throws: `SettingsError.setting` for a path that is given twice, cannot be read or leads nowhere, and
  ///   `SettingsError.text` for a value that is no YAML.
  static func applied(
    _ overrides: [SuiteOverride],
    to table: SettingsTable
  ) throws(SettingsError) -> SettingsTable {
    var whole = Setting(.table(table), at: table.place)
    let ordered = overrides.sorted { ($0.path.utf8.count, $0.path) < ($1.path.utf8.count, $1.path) }
    for (index, override) in ordered.enumerated() {
      if index > 0, ordered[index - 1].path == override.path {
        throw override.error("", "is set twice; set it once")
      }
      let (steps, setting) = (try override.steps(), try override.setting())
      whole = try override.replaced(whole, steps[...], by: setting, at: "")
    }
    return try whole.table(path: "")
  }

  private enum Step {
    case key(String)
    case element(Int)
  }

  /// Keys of one table of which it may hold one.
  private static let rivals: [Set<String>] = [["steps", "epochs"], ["range", "levels"]]

  private var place: Place { Place(file: "--set \(path)=\(value)", line: 1, column: 1) }

  private func error(_ path: String, _ problem: String) -> SettingsError {
    .setting(place, path: path.isEmpty ? self.path : path, .other(problem))
  }

  private func steps() throws(SettingsError) -> [Step] {
    let unreadable = error(
      "",
      "expected keys with dots between and [0] for the first element of a list, such as "
        + "problems[0].training.steps"
    )
    var steps: [Step] = []
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let key = pieces.first, !key.isEmpty else { throw unreadable }
      steps.append(.key(String(key)))
      for piece in pieces.dropFirst() {
        guard piece.hasSuffix("]"), let number = Int(piece.dropLast()), number >= 0 else {
          throw unreadable
        }
        steps.append(.element(number))
      }
    }
    return steps
  }

  private func setting() throws(SettingsError) -> Setting {
    let key = "value"
    let table = try YAMLReader.read("\(key): \(value)", file: place.file)
    guard table.entries.count == 1, let entry = table.entries.first, entry.key == key else {
      throw error("", "expected one value")
    }
    return Setting(entry.setting.value, at: place)
  }

  /// `whole` with `setting` at the end of a path that has led to `path` so far.
  private func replaced(
    _ whole: Setting?,
    _ steps: ArraySlice<Step>,
    by setting: Setting,
    at path: String
  ) throws(SettingsError) -> Setting {
    guard let step = steps.first else { return setting }
    switch step {
    case .key(let key):
      let table = try whole?.table(path: path) ?? SettingsTable([], at: place)
      let inner = try replaced(
        table.entries.first { $0.key == key }?.setting,
        steps.dropFirst(),
        by: setting,
        at: path.isEmpty ? key : "\(path).\(key)"
      )
      let entry = SettingsTable.Entry(key: key, keyPlace: place, setting: inner)
      let rivals = Self.rivals.first { $0.contains(key) } ?? []
      let changed = table.overlaid(by: SettingsTable([entry], at: table.place), rivals: rivals)
      return Setting(.table(changed), at: whole?.place ?? place)
    case .element(let index):
      var elements = try whole?.elements(path: path) ?? []
      guard elements.indices.contains(index) else {
        throw error(path, "has no element [\(index)]: it has \(elements.count), the first is [0]")
      }
      elements[index] = try replaced(
        elements[index],
        steps.dropFirst(),
        by: setting,
        at: "\(path)[\(index)]"
      )
      return Setting(.list(elements), at: whole?.place ?? place)
    }
  }
}
