/// Decimal numbers in bytes: digits with an optional sign, point and exponent.
///
/// The value is the double nearest to the decimal. Up to 19 digits with a small power of ten are
/// exact in one multiplication or division when both numbers are exact doubles; everything else
/// goes to the standard library.
///
/// Source: Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990, the fast case.
enum DecimalNumber {
  /// The value; nil when the bytes are no number, or one beyond the range of a float.
  static func value(of bytes: [UInt8], from start: UInt32, to end: UInt32) -> Double? {
    guard let parts = Parts(bytes, from: Int(start), to: Int(end)) else { return nil }
    if let value = parts.exactValue { return value }
    let text = String(decoding: bytes[Int(start)..<Int(end)], as: UTF8.self)
    guard let value = Double(text), abs(value) <= Double(Float.greatestFiniteMagnitude) else {
      return nil
    }
    return value
  }

  /// Whether the bytes spell a number of any size.
  static func isNumber(_ bytes: [UInt8], from start: UInt32, to end: UInt32) -> Bool {
    Parts(bytes, from: Int(start), to: Int(end)) != nil
  }

  /// A number cut into its parts.
  private struct Parts {
    var isNegative = false
    /// All digits as one whole number, when there are at most 19 of them.
    var digits: UInt64 = 0
    var digitCount = 0
    /// Power of ten by which `digits` is multiplied; bounded against nonsense.
    var exponent = 0

    /// More digits than these may not fit in 64 bits.
    private static let mostDigits = 19
    /// Exponents beyond this are zero or infinite whatever the digits.
    private static let mostExponent = 100_000

    init?(_ bytes: [UInt8], from start: Int, to end: Int) {
      var position = start
      if position < end && (bytes[position] == 0x2D || bytes[position] == 0x2B) {
        isNegative = bytes[position] == 0x2D
        position += 1
      }
      var hasDigits = false
      var isFraction = false
      while position < end {
        let digit = bytes[position] &- 0x30
        if digit <= 9 {
          hasDigits = true
          if digitCount < Parts.mostDigits { digits = digits &* 10 &+ UInt64(digit) }
          // Zeros in front are no digits that count.
          if digitCount > 0 || digit > 0 { digitCount += 1 }
          if isFraction { exponent -= 1 }
        } else if bytes[position] == 0x2E && !isFraction {
          isFraction = true
        } else {
          break
        }
        position += 1
      }
      guard hasDigits else { return nil }
      if position == end { return }
      guard bytes[position] | 0x20 == 0x65, readExponent(bytes, from: position + 1, to: end)
      else { return nil }
    }

    private mutating func readExponent(_ bytes: [UInt8], from start: Int, to end: Int) -> Bool {
      var position = start
      var isNegative = false
      if position < end && (bytes[position] == 0x2D || bytes[position] == 0x2B) {
        isNegative = bytes[position] == 0x2D
        position += 1
      }
      guard position < end else { return false }
      var value = 0
      while position < end {
        let digit = bytes[position] &- 0x30
        guard digit <= 9 else { return false }
        value = min(value * 10 + Int(digit), Parts.mostExponent)
        position += 1
      }
      exponent += isNegative ? -value : value
      return true
    }

    /// The value where one rounding gives it; nil for the hard cases.
    var exactValue: Double? {
      guard digitCount <= Parts.mostDigits, digits <= 1 << 53,
        abs(exponent) < DecimalNumber.powersOfTen.count
      else { return nil }
      let power = DecimalNumber.powersOfTen[abs(exponent)]
      let size = exponent < 0 ? Double(digits) / power : Double(digits) * power
      return isNegative ? -size : size
    }
  }

  /// The powers of ten that are exact doubles.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
