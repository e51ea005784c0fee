internal import Settings

extension Table {
  /// This table with the entries of another in place of, or after, its own.
  func overlaid(by other: Table?) -> Table {
    guard let other else { return self }
    let keys = Set(other.entries.map { $0.key })
    return Table(entries.filter { !keys.contains($0.key) } + other.entries, at: other.place)
  }

  /// This table with one more scalar entry, which stands at the table's own place.
  func adding(_ key: String, _ text: String, isQuoted: Bool = false) -> Table {
    let setting = Setting(.scalar(text, isQuoted: isQuoted), at: place)
    return Table(entries + [Entry(key: key, keyPlace: place, setting: setting)], at: place)
  }

  /// This table without some keys.
  func removing(_ keys: Set<String>) -> Table {
    Table(entries.filter { !keys.contains($0.key) }, at: place)
  }
}
