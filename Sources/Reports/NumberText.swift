internal import Glibc

/// Numbers as text, rounded as `printf` rounds: the binary value, correctly.
package enum NumberText {
  /// Above this, digits after each other say less than an exponent does.
  private static let largestPlain = 1e7

  /// `value` with `decimals` digits after the point; with an exponent when it is very large.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    if value.magnitude >= largestPlain { return print("%.2e", value) }
    let text = print("%.\(max(0, decimals))f", value)
    return text.hasPrefix("-") && !text.contains { "123456789".contains($0) }
      ? String(text.dropFirst()) : text
  }

  /// `value` with `digits` significant digits.
  package static func significant(_ value: Double, _ digits: Int = 4) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : print("%g", value) }
    return fixed(value, digits - 1 - exponent(of: value, digits: digits))
  }

  /// Digits after the point that show two significant digits of `uncertainty`.
  ///
  /// The digits are those of the rounded number: 0.0996 is 0.10, and thus has two decimals.
  package static func decimals(for uncertainty: Double) -> Int {
    max(0, 1 - exponent(of: uncertainty, digits: 2))
  }

  /// The shortest text that reads back as the same number; empty for what is not finite.
  package static func exact(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return value == value.rounded() && value.magnitude < 1e15 ? print("%.0f", value) : "\(value)"
  }

  /// The power of ten of the first significant digit, after rounding to `digits` digits.
  private static func exponent(of value: Double, digits: Int) -> Int {
    let text = print("%.\(digits - 1)e", value.magnitude)
    guard let mark = text.firstIndex(of: "e") else { return 0 }
    return Int(text[text.index(after: mark)...]) ?? 0
  }

  private static func print(_ format: String, _ value: Double) -> String {
    // A Double has at most 309 digits before the point.
    var buffer = [CChar](repeating: 0, count: 512)
    let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(
      decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) },
      as: UTF8.self
    )
  }
}
