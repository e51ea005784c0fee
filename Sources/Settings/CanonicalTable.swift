/// Keys and values with exactly one spelling, for specs that are stored, hashed and read back.
package struct CanonicalTable: Hashable, Sendable {
  /// A value; numbers and flags are kept as they are spelt.
  package indirect enum Value: Hashable, Sendable {
    case literal(String)
    case text(String)
    case list([Value])
    case table(CanonicalTable)

    /// A number in its shortest spelling; negative zero is zero.
    ///
    /// - Precondition: `value` is finite.
    package static func number(_ value: Double) -> Value {
      .literal(canonicalSpelling(of: value == 0 ? 0 : value))
    }

    /// A whole number of any size.
    package static func count(_ value: some BinaryInteger) -> Value { .literal("\(value)") }

    /// What JSON has for a value that is not there; specs have none.
    package static let null = Value.literal("null")

    /// A number, or null where there is none or it is not finite.
    package static func number(orNull value: Double?) -> Value {
      value.flatMap { $0.isFinite ? number($0) : nil } ?? null
    }

    /// A text, or null where there is none.
    package static func text(orNull value: String?) -> Value { value.map { .text($0) } ?? null }

    /// The number that it spells; nil for anything else.
    package var number: Double? {
      if case .literal(let spelling) = self { Double(spelling) } else { nil }
    }

    /// `true` or `false`.
    package static func flag(_ value: Bool) -> Value { .literal("\(value)") }
  }

  /// Begins the keys of a spec's problem that hold hashes of the files it is read from.
  package static let contentPrefix = "content "

  private var values: [String: Value] = [:]

  /// An empty table.
  package init() {}

  /// A table as it was read; unquoted scalars are kept as they are spelt.
  package init(_ table: SettingsTable) {
    for entry in table.entries { values[entry.key] = Value(entry.setting) }
  }

  /// A table for readers that know JSON only: unquoted numbers, `true` and `false` are such by their
  /// spelling, every other single value is text.
  package init(typed table: SettingsTable) {
    for entry in table.entries { values[entry.key] = Value(typed: entry.setting) }
  }

  /// The keys, in the order of their UTF-8 bytes.
  package var keys: [String] {
    values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The value of `key`; setting nil removes the key.
  package subscript(_ key: String) -> Value? {
    get { values[key] }
    set { values[key] = newValue }
  }

  /// This table with the entries of another over its own.
  package func merging(_ other: CanonicalTable) -> CanonicalTable {
    var merged = self
    merged.values.merge(other.values) { _, new in new }
    return merged
  }

  /// The table as JSON on one line without spaces, its keys in the order of their UTF-8 bytes.
  package var json: String {
    var json = ""
    write(to: &json)
    return json
  }

  /// The table for the same readers that read the suite file.
  package var table: SettingsTable {
    SettingsTable(
      keys.compactMap { key in
        values[key].map { SettingsTable.Entry(key: key, keyPlace: .spec, setting: $0.setting) }
      },
      at: .spec
    )
  }

  /// Reads stored JSON back, for the same readers that read the suite file.
  ///
  /// - Throws: `SettingsError.text` when `json` is no JSON object.
  package static func table(_ json: String) throws(SettingsError) -> SettingsTable {
    try YAMLReader.read(json, file: Place.spec.file)
  }

  fileprivate func write(to json: inout String) {
    json += "{"
    for (index, key) in keys.enumerated() {
      if index > 0 { json += "," }
      json += JSONString.of(key) + ":"
      values[key]?.write(to: &json)
    }
    json += "}"
  }
}

extension CanonicalTable.Value {
  fileprivate init(_ setting: Setting) {
    switch setting.value {
    case .scalar(let text, isQuoted: true): self = .text(text)
    case .scalar(let text, isQuoted: false): self = .literal(text)
    case .list(let elements): self = .list(elements.map { Self($0) })
    case .table(let table): self = .table(CanonicalTable(table))
    }
  }

  fileprivate init(typed setting: Setting) {
    switch setting.value {
    case .list(let elements): self = .list(elements.map { Self(typed: $0) })
    case .table(let table): self = .table(CanonicalTable(typed: table))
    case .scalar(let text, let isQuoted):
      if !isQuoted, let value = Settings.number(spelt: text) {
        self = .number(value)
      } else if !isQuoted, let value = Bool(text) {
        self = .flag(value)
      } else {
        self = .text(text)
      }
    }
  }

  fileprivate var setting: Setting {
    switch self {
    case .literal(let spelling): Setting(.scalar(spelling, isQuoted: false), at: .spec)
    case .text(let text): Setting(.scalar(text, isQuoted: true), at: .spec)
    case .list(let values): Setting(.list(values.map { $0.setting }), at: .spec)
    case .table(let table): Setting(.table(table.table), at: .spec)
    }
  }

  fileprivate func write(to json: inout String) {
    switch self {
    case .literal(let spelling): json += spelling
    case .text(let text): json += JSONString.of(text)
    case .table(let table): table.write(to: &json)
    case .list(let values):
      json += "["
      for (index, value) in values.enumerated() {
        if index > 0 { json += "," }
        value.write(to: &json)
      }
      json += "]"
    }
  }
}

extension Place {
  /// Where a value stands that is in no file.
  fileprivate static let spec = Place(file: "<run spec>", line: 1, column: 1)
}
