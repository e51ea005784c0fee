/// The finite number that `text` spells, or nil.
///
/// Digits with at most one point and an exponent, as YAML 1.2's core schema has them; no
/// underscores, hexadecimal, infinities or NaN. Negative zero is zero.
package func number(spelt text: String) -> Double? {
  var rest = text.utf8[...]
  skipSign(&rest)
  let whole = skipDigits(&rest)
  var fraction = 0
  if rest.first == UInt8(ascii: ".") {
    rest.removeFirst()
    fraction = skipDigits(&rest)
  }
  guard whole + fraction > 0 else { return nil }
  if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
    rest.removeFirst()
    skipSign(&rest)
    guard skipDigits(&rest) > 0 else { return nil }
  }
  guard rest.isEmpty, let value = Double(text), value.isFinite else { return nil }
  return value == 0 ? 0 : value
}

/// The whole number that `text` spells in digits alone, or nil.
func count(spelt text: String) -> Int? {
  var rest = text.utf8[...]
  skipSign(&rest)
  guard skipDigits(&rest) > 0, rest.isEmpty else { return nil }
  return Int(text)
}

/// The shortest spelling that reads back as `value`: `1`, `0.1`, `1e-6`, `1e16`.
///
/// - Precondition: `value` is finite.
func canonicalSpelling(of value: Double) -> String {
  precondition(value.isFinite, "\(value) cannot be written as a number")
  let parts = value.description.split(separator: "e")
  let digits = parts[0].hasSuffix(".0") ? parts[0].dropLast(2) : parts[0]
  guard parts.count == 2, let exponent = Int(parts[1]) else { return String(digits) }
  return "\(digits)e\(exponent)"
}

private func skipSign(_ rest: inout Substring.UTF8View) {
  if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
}

private func skipDigits(_ rest: inout Substring.UTF8View) -> Int {
  let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  rest.removeFirst(digits.count)
  return digits.count
}
