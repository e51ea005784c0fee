/// Single values and lists of them.
///
/// Ranges include both ends. A key without a default is required; the `optional` forms give nil
/// for an absent key, and leave it out of `resolved`. All throw `SettingsError.setting` when the
/// value is of another kind, outside its range, or required and absent. A default has to be in
/// the range itself, since it is read back from stored specs.
extension SettingsReader {
  /// Any text, quoted or not.
  package mutating func text(_ key: String) throws(SettingsError) -> String {
    try value(key, as: .text, default: nil)
  }

  /// Any text, quoted or not.
  package mutating func text(
    _ key: String,
    default fallback: String
  ) throws(SettingsError) -> String {
    try value(key, as: .text, default: fallback)
  }

  /// Any text, quoted or not.
  package mutating func optionalText(_ key: String) throws(SettingsError) -> String? {
    try optionalValue(key, as: .text)
  }

  /// One of `names`; anything else is refused with the nearest of them.
  package mutating func choice(
    _ key: String,
    of names: [String],
    default fallback: String?
  ) throws(SettingsError) -> String {
    try value(key, as: .choice(of: names), default: fallback)
  }

  /// One of `names`, or nil when the key is absent.
  package mutating func optionalChoice(
    _ key: String,
    of names: [String]
  ) throws(SettingsError) -> String? {
    try optionalValue(key, as: .choice(of: names))
  }

  /// A finite number, such as `1`, `0.5` or `1e-3`.
  package mutating func number(
    _ key: String,
    default fallback: Double?,
    in range: ClosedRange<Double>
  ) throws(SettingsError) -> Double {
    try value(key, as: .number(in: range), default: fallback)
  }

  /// A finite number, such as `1`, `0.5` or `1e-3`.
  package mutating func optionalNumber(
    _ key: String,
    in range: ClosedRange<Double>
  ) throws(SettingsError) -> Double? {
    try optionalValue(key, as: .number(in: range))
  }

  /// A whole number, written in digits alone.
  package mutating func count(
    _ key: String,
    default fallback: Int?,
    in range: ClosedRange<Int>
  ) throws(SettingsError) -> Int {
    try value(key, as: .count(in: range), default: fallback)
  }

  /// A whole number, written in digits alone.
  package mutating func optionalCount(
    _ key: String,
    in range: ClosedRange<Int>
  ) throws(SettingsError) -> Int? {
    try optionalValue(key, as: .count(in: range))
  }

  /// `true` or `false`; `yes`, `on` and the like are text.
  package mutating func flag(_ key: String, default fallback: Bool?) throws(SettingsError) -> Bool {
    try value(key, as: .flag, default: fallback)
  }

  /// A list of numbers in `range`, as many as `count` allows.
  package mutating func numbers(
    _ key: String,
    default fallback: [Double]?,
    in range: ClosedRange<Double>,
    count: ClosedRange<Int>
  ) throws(SettingsError) -> [Double] {
    try values(key, as: .number(in: range), default: fallback, count: count)
  }

  /// A list of whole numbers in `range`, as many as `count` allows.
  package mutating func counts(
    _ key: String,
    default fallback: [Int]?,
    in range: ClosedRange<Int>,
    count: ClosedRange<Int>
  ) throws(SettingsError) -> [Int] {
    try values(key, as: .count(in: range), default: fallback, count: count)
  }

  /// A list of texts, as many as `count` allows.
  package mutating func texts(
    _ key: String,
    default fallback: [String]?,
    count: ClosedRange<Int>
  ) throws(SettingsError) -> [String] {
    try values(key, as: .text, default: fallback, count: count)
  }

  private mutating func optionalValue<Value>(
    _ key: String,
    as form: ScalarForm<Value>
  ) throws(SettingsError) -> Value? {
    guard let setting = rawSetting(key) else { return nil }
    let value = try setting.value(as: form, path: path(of: key))
    record(key, as: form.canonical(value))
    return value
  }

  private mutating func value<Value>(
    _ key: String,
    as form: ScalarForm<Value>,
    default fallback: Value?
  ) throws(SettingsError) -> Value {
    if let value = try optionalValue(key, as: form) { return value }
    guard let fallback else { throw missing(key, expected: form.expectation) }
    precondition(
      form.accepts(fallback),
      "default \(fallback) of '\(key)' is not \(form.expectation)"
    )
    record(key, as: form.canonical(fallback))
    return fallback
  }

  private mutating func values<Value>(
    _ key: String,
    as form: ScalarForm<Value>,
    default fallback: [Value]?,
    count: ClosedRange<Int>
  ) throws(SettingsError) -> [Value] {
    var values: [Value] = []
    if let setting = rawSetting(key) {
      guard case .list(let elements) = setting.value, count.contains(elements.count)
      else { throw setting.unexpected(.values(count: count), path: path(of: key)) }
      for (index, element) in elements.enumerated() {
        values.append(try element.value(as: form, path: "\(path(of: key))[\(index)]"))
      }
    } else if let fallback {
      precondition(
        count.contains(fallback.count) && fallback.allSatisfy { form.accepts($0) },
        "default \(fallback) of '\(key)' is not \(Expectation.values(count: count)), "
          + "each \(form.expectation)"
      )
      values = fallback
    } else {
      throw missing(key, expected: .values(count: count))
    }
    record(key, as: .list(values.map { form.canonical($0) }))
    return values
  }
}
