internal import Glibc
internal import Statistics

/// Numbers as text, rounded as `printf` rounds: the binary value, correctly.
package enum NumberText {
  /// Above this, digits after each other say less than an exponent does.
  private static let largestPlain = 1e7
  /// Whole numbers below this are exact, and need no point to be read back.
  private static let largestWhole = 1e15

  /// `value` with `decimals` digits after the point; with an exponent when it is very large, a dash
  /// when it is not finite.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return FormatPlusMinus.dash }
    if value.magnitude >= largestPlain { return exponential(value) }
    let text = FormatPlusMinus.fixed(value, decimals: max(0, decimals))
    let isZero = !text.contains { "123456789".contains($0) }
    return text.hasPrefix("-") && isZero ? String(text.dropFirst()) : text
  }

  /// As `fixed`, with a real minus sign.
  package static func signed(_ value: Double, _ decimals: Int) -> String {
    withMinusSign(fixed(value, decimals))
  }

  /// The text with a real minus sign where it begins with a hyphen.
  package static func withMinusSign(_ text: String) -> String {
    text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  /// `1 seed`, `2 seeds`: how many there are of something whose plural ends with s.
  package static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  /// `this 1 seed`, `these 2 seeds`.
  static func these(_ count: Int, _ noun: String) -> String {
    (count == 1 ? "this " : "these ") + counted(count, noun)
  }

  /// `value` with `digits` significant digits; a dash when it is not finite.
  package static func significant(_ value: Double, _ digits: Int = 4) -> String {
    guard value.isFinite else { return FormatPlusMinus.dash }
    guard value != 0 else { return "0" }
    let decimals = digits - 1 - Int(log10(value.magnitude).rounded(.down))
    let text = fixed(value, decimals)
    // 99.996 is 100.0 with four digits, and not 100.00.
    let rounded = Double(text)?.magnitude ?? 0
    let grew =
      rounded > 0 && rounded.isFinite && Int(log10(rounded).rounded(.down)) > digits - 1 - decimals
    return grew && decimals > 0 ? fixed(value, decimals - 1) : text
  }

  /// Digits after the point that show two significant digits of `uncertainty`.
  ///
  /// The digits are those of the rounded number: 0.0996 is 0.10, and thus has two decimals.
  package static func decimals(for uncertainty: Double) -> Int {
    FormatPlusMinus.decimals(forUncertainty: uncertainty)
  }

  /// The shortest text that reads back as the same number; empty for what is not finite.
  package static func exact(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    let isWhole = value == value.rounded() && value.magnitude < largestWhole
    return isWhole ? FormatPlusMinus.fixed(value, decimals: 0) : "\(value)"
  }

  /// Three significant digits and a power of ten.
  private static func exponential(_ value: Double) -> String {
    var power = 0
    var mantissa = value
    while mantissa.magnitude >= 9.995 {
      mantissa /= 10
      power += 1
    }
    return FormatPlusMinus.fixed(mantissa, decimals: 2) + "e\(power)"
  }
}
