/// Reads a table key by key, checks every value, and at the end refuses keys that nobody read.
///
/// It remembers what was read, defaults included, as `resolved`. A key is given its canonical
/// place there even when it was left out, so that two files which mean the same resolve equally.
package struct SettingsReader: Sendable {
  /// Every value read so far, defaults included.
  package private(set) var resolved = CanonicalTable()

  private let table: SettingsTable
  private let path: String
  private let keyInParent: String?
  /// Every key asked for so far, in the order of asking; the ones a user may write.
  private var knownKeys: [String] = []

  /// - Parameters:
  ///   - table: What to read.
  ///   - path: The dotted key path of the table for messages, such as `methods[2].gradnorm`.
  package init(_ table: SettingsTable, path: String = "") {
    self.init(table, path: path, keyInParent: nil)
  }

  private init(_ table: SettingsTable, path: String, keyInParent: String?) {
    self.table = table
    self.path = path
    self.keyInParent = keyInParent
  }

  /// Where the table begins.
  package var place: Place { table.place }

  /// The keys nobody asked for yet, in the order of the text.
  package var unreadKeys: [String] { unreadEntries.map { $0.key } }

  /// Whether the table holds `key`; does not count as reading it.
  package func has(_ key: String) -> Bool { entry(key) != nil }

  /// Where the value of `key` stands, or the table if it has no such key.
  package func place(of key: String) -> Place { entry(key)?.setting.place ?? place }

  /// Refuses keys nobody read; the keys asked for so far are the known ones.
  ///
  /// - Throws: `SettingsError.setting` for the first such key in the text.
  package func finish() throws(SettingsError) {
    guard let entry = unreadEntries.first else { return }
    throw .setting(entry.keyPlace, path: path, .unknownKey(entry.key, known: knownKeys))
  }

  /// An error in the caller's own words at the value of `key`.
  package func error(_ key: String, _ problem: String) -> SettingsError {
    .setting(place(of: key), path: path(of: key), .other(problem))
  }

  /// An error at the table's place: no `kind` is called `name`; the nearest `known` one is offered.
  package func unknownName(_ name: String, kind: String, known: [String]) -> SettingsError {
    .setting(place, path: "", .unknownName(name, kind: kind, known: known))
  }

  /// The value of `key` of whatever kind, or nil when it is absent; counts as reading it.
  ///
  /// What becomes of it is for the caller to `record`.
  package mutating func rawSetting(_ key: String) -> Setting? {
    if !knownKeys.contains(key) { knownKeys.append(key) }
    return entry(key)?.setting
  }

  /// Sets what `resolved` says of `key`, for values read by `rawSetting` and `settings`.
  package mutating func record(_ key: String, as value: CanonicalTable.Value) {
    resolved[key] = value
  }

  /// The elements of a list, or none when `key` is absent; counts as reading it.
  ///
  /// - Throws: `SettingsError.setting` when the value is no list.
  package mutating func settings(_ key: String) throws(SettingsError) -> [Setting] {
    guard let setting = rawSetting(key) else { return [] }
    return try setting.elements(path: path(of: key))
  }

  /// A reader for the table under `key`, or nil when it is absent.
  ///
  /// Give it back to `close` once it has read everything.
  ///
  /// - Throws: `SettingsError.setting` when the value is no table.
  package mutating func table(_ key: String) throws(SettingsError) -> SettingsReader? {
    guard let setting = rawSetting(key) else { return nil }
    let path = path(of: key)
    return SettingsReader(try setting.table(path: path), path: path, keyInParent: key)
  }

  /// Takes what a reader from `table(_:)` has resolved into this reader's `resolved`.
  ///
  /// - Precondition: `nested` came from `table(_:)`.
  package mutating func close(_ nested: SettingsReader) {
    guard let key = nested.keyInParent else {
      preconditionFailure("the reader of '\(nested.path)' is nested in no other")
    }
    record(key, as: .table(nested.resolved))
  }

  /// Reads the table under `key` by `body`, refuses keys it did not read, and closes it.
  ///
  /// - Returns: What `body` returns, or nil when `key` is absent.
  /// - Throws: `SettingsError.setting` when the value is no table, and what `body` throws.
  package mutating func nested<Value>(
    _ key: String,
    _ body: (inout SettingsReader) throws(SettingsError) -> Value
  ) throws(SettingsError) -> Value? {
    guard var reader = try table(key) else { return nil }
    let value = try body(&reader)
    try reader.finish()
    close(reader)
    return value
  }

  /// The dotted key path of `key`, as messages show it.
  package func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The table's own place and the key's path, saying that `key` is needed.
  package func missing(_ key: String, expected: Expectation) -> SettingsError {
    .setting(place, path: path(of: key), .missing(expected: expected))
  }

  private var unreadEntries: [SettingsTable.Entry] {
    table.entries.filter { !knownKeys.contains($0.key) }
  }

  private func entry(_ key: String) -> SettingsTable.Entry? {
    table.entries.first { $0.key == key }
  }
}
