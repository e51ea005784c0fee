internal import Glibc

/// Numbers as tables print them: `12.346 ± 0.012`.
///
/// The uncertainty has two significant digits after rounding (0.0996 is 0.10) and the value ends at
/// the same place, never before the decimal point. Without an uncertainty the value has four
/// significant digits. A value that is not a number is a dash. Rounding is that of the exact binary
/// value, as `printf` does it; the minus sign is the ASCII one, for the writers to replace.
package enum FormatPlusMinus {
  /// Printed for what is undefined or does not apply.
  package static let dash = "–"
  private static let uncertaintyDigits = 2
  private static let valueDigits = 4

  /// `value ± uncertainty`; an uncertainty that is nil or not finite is not printed.
  ///
  /// An uncertainty of exactly 0, equal results at all seeds, is printed as `± 0`.
  package static func text(_ value: Double, _ uncertainty: Double?) -> String {
    guard value.isFinite else { return dash }
    guard let uncertainty, uncertainty.isFinite else { return text(value) }
    if uncertainty == 0 { return "\(text(value)) ± 0" }
    let decimals = decimals(forUncertainty: uncertainty)
    return "\(fixed(value, decimals: decimals)) ± \(fixed(uncertainty, decimals: decimals))"
  }

  /// `value` to four significant digits, without exponent.
  package static func text(_ value: Double) -> String {
    guard value.isFinite else { return dash }
    return fixed(value, decimals: decimals(value, significantDigits: valueDigits))
  }

  /// Number of decimals that shows two significant digits of `uncertainty`; for a column, of its
  /// median standard error.
  package static func decimals(forUncertainty uncertainty: Double) -> Int {
    decimals(uncertainty, significantDigits: uncertaintyDigits)
  }

  /// `value` with a fixed number of decimals; a dash if not finite.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return dash }
    return printed("%.*f", decimals, value)
  }

  private static func decimals(_ value: Double, significantDigits: Int) -> Int {
    guard value.isFinite, value != 0 else { return significantDigits - 1 }
    // The exponent after rounding: 0.0996 to two digits is 1.0e-01.
    let scientific = printed("%.*e", significantDigits - 1, value)
    let exponent = scientific.split(separator: "e").last.flatMap { Int($0) } ?? 0
    return max(0, significantDigits - 1 - exponent)
  }

  /// C's `printf` of one number with a precision: correctly rounded for every value.
  private static func printed(_ format: String, _ precision: Int, _ value: Double) -> String {
    unsafe withVaList([Int32(precision), value]) { arguments in
      // Longest double without exponent: a sign and 309 digits, the point, the decimals.
      var buffer = [CChar](repeating: 0, count: 320 + precision)
      let length = unsafe vsnprintf(&buffer, buffer.count, format, arguments)
      return String(
        decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) },
        as: UTF8.self
      )
    }
  }
}
