/// What a key may hold; reads as the end of "expected …".
package indirect enum Expectation: Hashable, Sendable, CustomStringConvertible {
  case text
  case number(in: ClosedRange<Double>)
  case count(in: ClosedRange<Int>)
  case flag
  case choice([String])
  /// A list with any number of elements of any kind.
  case list
  /// A list whose number of elements is in `count`.
  case values(count: ClosedRange<Int>)
  case table

  /// The expectation as words.
  package var description: String {
    switch self {
    case .text: "text"
    case .number(let range): "a number" + words(for: range)
    case .count(let range): "a whole number" + words(for: range)
    case .flag: "true or false"
    case .choice(let names): (names.count > 1 ? "one of " : "") + names.joined(separator: ", ")
    case .list: "a list"
    case .values(let count): "a list of " + words(forCount: count)
    case .table: "keys and values"
    }
  }

  private func words(for range: ClosedRange<Double>) -> String {
    let largest = Double.greatestFiniteMagnitude
    return bounds(
      lower: range.lowerBound > -largest ? canonicalSpelling(of: range.lowerBound) : nil,
      upper: range.upperBound < largest ? canonicalSpelling(of: range.upperBound) : nil
    )
  }

  private func words(for range: ClosedRange<Int>) -> String {
    bounds(
      lower: range.lowerBound > .min ? "\(range.lowerBound)" : nil,
      upper: range.upperBound < .max ? "\(range.upperBound)" : nil
    )
  }

  private func bounds(lower: String?, upper: String?) -> String {
    switch (lower, upper) {
    case (let lower?, let upper?): " from \(lower) to \(upper)"
    case (let lower?, nil): " of at least \(lower)"
    case (nil, let upper?): " of at most \(upper)"
    case (nil, nil): ""
    }
  }

  private func words(forCount count: ClosedRange<Int>) -> String {
    if count.lowerBound == count.upperBound { return valueCount(count.lowerBound) }
    if count.upperBound == .max { return "at least " + valueCount(count.lowerBound) }
    return "\(count.lowerBound) to \(valueCount(count.upperBound))"
  }
}

/// What stands where something else was expected; reads as the end of "found …".
package enum Found: Hashable, Sendable, CustomStringConvertible {
  case nothing
  case scalar(String, isQuoted: Bool)
  case list(count: Int)
  case table

  /// What `value` looks like in a message.
  package init(_ value: Setting.Value) {
    switch value {
    case .scalar("", isQuoted: false): self = .nothing
    case .scalar(let text, let isQuoted): self = .scalar(text, isQuoted: isQuoted)
    case .list(let elements): self = .list(count: elements.count)
    case .table: self = .table
    }
  }

  /// What was found, as words.
  package var description: String {
    switch self {
    case .nothing: "nothing"
    case .scalar(let text, isQuoted: false): quoted(text)
    case .scalar(let text, isQuoted: true): "the quoted text \(quoted(text))"
    case .list(let count): "a list of \(valueCount(count))"
    case .table: "keys and values"
    }
  }
}

private func valueCount(_ count: Int) -> String {
  count == 1 ? "1 value" : "\(count) values"
}

/// `text` in single quotes on one line: control characters escaped, a long text cut short.
func quoted(_ text: String) -> String {
  let longest = 60
  let cut = text.count > longest ? text.prefix(longest) + "…" : text[...]
  return "'\(VisibleText.of(String(cut)))'"
}
