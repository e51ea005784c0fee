internal import Settings

extension SettingsTable {
  /// This table with the entries of another in place of, or after, its own.
  ///
  /// - Parameters:
  ///   - other: What takes precedence.
  ///   - rivals: Keys of which a table may hold one; any of them in `other` displaces all here.
  /// - Returns: The table; its place is that of `other`, if there is one.
  func overlaid(by other: SettingsTable?, rivals: Set<String> = []) -> SettingsTable {
    guard let other else { return self }
    var keys = Set(other.entries.map { $0.key })
    if !keys.isDisjoint(with: rivals) { keys.formUnion(rivals) }
    return SettingsTable(entries.filter { !keys.contains($0.key) } + other.entries, at: other.place)
  }

  /// This table with one more scalar entry, which stands at the table's own place.
  func adding(_ key: String, _ text: String, isQuoted: Bool = false) -> SettingsTable {
    let setting = Setting(.scalar(text, isQuoted: isQuoted), at: place)
    return SettingsTable(entries + [Entry(key: key, keyPlace: place, setting: setting)], at: place)
  }

  /// This table without some keys.
  func removing(_ keys: Set<String>) -> SettingsTable {
    SettingsTable(entries.filter { !keys.contains($0.key) }, at: place)
  }
}
