internal import Settings

extension SettingsError {
  /// The same error; if it is about an unknown key of the table at `path`, with more known keys
  /// named, which another reader takes out of the same table.
  func knowing(_ keys: [String], at path: String) -> SettingsError {
    guard case .setting(let place, path, .unknownKey(let key, let known)) = self else {
      return self
    }
    return .setting(place, path: path, .unknownKey(key, known: keys + known))
  }

  /// The same error; if it says that the table at `path` lacks a key, and the table has one that nobody
  /// reads, it is about that one: it is most likely the missing key, misspelt.
  func blaming(_ table: SettingsTable, known: [String], at path: String) -> SettingsError {
    guard case .setting(_, let wrong, _) = self, wrong.hasPrefix("\(path)."),
      !table.entries.contains(where: { Self.isWithin(wrong, "\(path).\($0.key)") }),
      let unknown = table.entries.first(where: { !known.contains($0.key) })
    else { return self }
    return .setting(unknown.keyPlace, path: path, .unknownKey(unknown.key, known: known))
  }

  /// Whether a path is another one or leads on from it.
  private static func isWithin(_ path: String, _ outer: String) -> Bool {
    path == outer || path.hasPrefix(outer + ".") || path.hasPrefix(outer + "[")
  }
}
