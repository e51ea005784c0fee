/// How one kind of single value is read from its spelling and written back canonically.
package struct ScalarForm<Value: Sendable>: Sendable {
  /// What to ask for when a value is refused.
  package let expectation: Expectation
  /// The value, or nil when the text is none of this form.
  let parse: @Sendable (_ text: String, _ isQuoted: Bool) -> Value?
  let canonical: @Sendable (Value) -> CanonicalTable.Value

  /// Whether `value` reads back from its canonical spelling, as a default must.
  func accepts(_ value: Value) -> Bool {
    switch canonical(value) {
    case .literal(let spelling): parse(spelling, false) != nil
    case .text(let text): parse(text, true) != nil
    case .list, .table: false
    }
  }
}

extension ScalarForm<String> {
  /// Any text, quoted or not, also one that looks like a number.
  package static var text: Self {
    Self(expectation: .text, parse: textUnlessNothing, canonical: { .text($0) })
  }

  /// One of `names`.
  package static func choice(of names: [String]) -> Self {
    Self(
      expectation: .choice(names),
      parse: { text, _ in names.contains(text) ? text : nil },
      canonical: { .text($0) }
    )
  }

  /// A key without a value spells the empty text only in quotes.
  private static func textUnlessNothing(_ text: String, isQuoted: Bool) -> String? {
    text.isEmpty && !isQuoted ? nil : text
  }
}

extension ScalarForm<Double> {
  /// A finite number in `range`, not quoted.
  package static func number(in range: ClosedRange<Double>) -> Self {
    Self(
      expectation: .number(in: range),
      parse: { text, isQuoted in
        guard !isQuoted, let value = Settings.number(spelt: text) else { return nil }
        return range.contains(value) ? value : nil
      },
      canonical: { .number($0) }
    )
  }
}

extension ScalarForm<Int> {
  /// A whole number in `range`, in digits alone, not quoted.
  package static func count(in range: ClosedRange<Int>) -> Self {
    Self(
      expectation: .count(in: range),
      parse: { text, isQuoted in
        guard !isQuoted, let value = Settings.count(spelt: text) else { return nil }
        return range.contains(value) ? value : nil
      },
      canonical: { .count($0) }
    )
  }
}

extension ScalarForm<Bool> {
  /// `true` or `false`, not quoted.
  package static var flag: Self {
    Self(
      expectation: .flag,
      parse: { text, isQuoted in isQuoted ? nil : Bool(text) },
      canonical: { .flag($0) }
    )
  }
}

extension Setting {
  /// This setting as a single value.
  ///
  /// - Parameters:
  ///   - form: Which kind of value is expected.
  ///   - path: The key path for messages, such as `methods[2]`; list elements count from 0.
  /// - Returns: The value, in its range.
  /// - Throws: `SettingsError.setting` when it is anything else.
  package func value<Value>(
    as form: ScalarForm<Value>,
    path: String
  ) throws(SettingsError) -> Value {
    guard case .scalar(let text, let isQuoted) = value, let parsed = form.parse(text, isQuoted)
    else { throw unexpected(form.expectation, path: path) }
    return parsed
  }

  /// The keys and values of this setting.
  ///
  /// - Throws: `SettingsError.setting` when it is a list or a single value.
  package func table(path: String) throws(SettingsError) -> SettingsTable {
    guard case .table(let table) = value else { throw unexpected(.table, path: path) }
    return table
  }

  /// The elements of this setting.
  ///
  /// - Throws: `SettingsError.setting` when it is a table or a single value.
  package func elements(path: String) throws(SettingsError) -> [Setting] {
    guard case .list(let elements) = value else { throw unexpected(.list, path: path) }
    return elements
  }

  /// The error that something else was expected here.
  package func unexpected(_ expected: Expectation, path: String) -> SettingsError {
    .setting(place, path: path, .unexpected(Found(value), expected: expected))
  }
}
