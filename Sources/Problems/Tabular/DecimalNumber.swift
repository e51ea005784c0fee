/// Decimal numbers in bytes: digits with an optional sign, point and exponent.
///
/// The value is the double nearest to the decimal. Up to 19 digits with a small power of ten are
/// exact in one multiplication or division when both numbers are exact doubles; everything else
/// goes to the standard library.
///
/// Source: Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990, the fast case.
enum DecimalNumber {
  /// What a cell's bytes spell.
  enum Reading: Hashable {
    case value(Double)
    /// A number, but larger than a float can be.
    case tooLarge
    case noNumber
  }

  /// More digits than these may not fit in 64 bits.
  private static let mostDigits = 19
  /// Whole numbers up to this are exact doubles.
  private static let mostExact: UInt64 = 1 << 53
  private static let point = UInt8(ascii: ".")

  /// Reads the bytes from `start` up to `end`.
  static func reading(of bytes: Span<UInt8>, from start: Int, to end: Int) -> Reading {
    var position = start
    let isNegative = skipSign(bytes, &position, end)
    var digits: UInt64 = 0
    let whole = skipDigits(bytes, &position, end, &digits)
    var fraction = 0
    if position < end && bytes[position] == point {
      position += 1
      fraction = skipDigits(bytes, &position, end, &digits)
    }
    let count = whole + fraction
    if count == 0 { return .noNumber }
    if position == end {
      if count <= mostDigits && digits <= mostExact {
        // At most 19 digits behind the point, so the power is one of the exact ones.
        let size = Double(digits) / powersOfTen[fraction]
        return .value(isNegative ? -size : size)
      }
    } else if !skipExponent(bytes, &position, end) || position < end {
      return .noNumber
    }
    return hardReading(of: bytes, from: start, to: end)
  }

  /// The standard library's value of bytes that are known to be a number.
  private static func hardReading(
    of bytes: Span<UInt8>,
    from start: Int,
    to end: Int
  ) -> Reading {
    var text = ""
    for position in start..<end { text.unicodeScalars.append(Unicode.Scalar(bytes[position])) }
    guard let value = Double(text), abs(value) <= Double(Float.greatestFiniteMagnitude) else {
      return .tooLarge
    }
    return .value(value)
  }

  private static func skipSign(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool {
    guard position < end else { return false }
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
    return isNegative
  }

  /// Number of digits skipped; they are appended to `digits`, which wraps after 19.
  private static func skipDigits(
    _ bytes: Span<UInt8>,
    _ position: inout Int,
    _ end: Int,
    _ digits: inout UInt64
  ) -> Int {
    let start = position
    while position < end {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit > 9 { break }
      digits = digits &* 10 &+ UInt64(digit)
      position += 1
    }
    return position - start
  }

  private static func skipExponent(_ bytes: Span<UInt8>, _ position: inout Int, _ end: Int) -> Bool
  {
    let lowercase: UInt8 = 0x20
    guard bytes[position] | lowercase == UInt8(ascii: "e") else { return false }
    position += 1
    _ = skipSign(bytes, &position, end)
    var digits: UInt64 = 0
    return skipDigits(bytes, &position, end, &digits) > 0
  }

  /// Powers of ten that are exact doubles, as many as there are digits.
  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19,
  ]
}
