extension Portable {
  /// x to the power y.
  package static func pow(_ x: Double, _ y: Double) -> Double {
    if x == 1 || y == 0 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    if y.isInfinite {
      if x.magnitude == 1 { return 1 }
      return (x.magnitude > 1) == (y > 0) ? .infinity : 0
    }
    let isNegative = x.sign == .minus && isOdd(y)
    if x == 0 || x.isInfinite {
      let size = (x == 0) == (y > 0) ? 0.0 : .infinity
      return isNegative ? -size : size
    }
    if x < 0 && y.rounded(.towardZero) != y { return .nan }
    let size = power(ofPositive: x.magnitude, y)
    return isNegative ? -size : size
  }

  private static func isOdd(_ y: Double) -> Bool {
    // From 2⁵³ on, all numbers are even.
    guard y.magnitude < 0x1p53, y.rounded(.towardZero) == y else { return false }
    return Int(y) & 1 == 1
  }

  private static func power(ofPositive x: Double, _ y: Double) -> Double {
    let logarithm = preciseLogarithm(x)
    // Beyond these bounds the result is infinite or 0, and the product below need not be exact.
    let rough = y * logarithm.high
    if rough > 710 { return .infinity }
    if rough < -746 { return 0 }
    let exponent = logarithm * TwoPart(y)
    return exponential(exponent.high, tail: exponent.low)
  }

  /// ln x for positive finite x, to about 2⁻⁶⁵ of itself.
  ///
  /// The series of `logarithm(onePlus:power:tail:)`, its first terms in two parts.
  private static func preciseLogarithm(_ x: Double) -> TwoPart {
    let (power, mantissa) = split(x)
    let s = TwoPart(mantissa - 1) / TwoPart.sum(mantissa, 1)
    let square = s * s
    var series = 2.0 / 27
    for divisor in logarithmDivisors { series = series * square.high + 2 / divisor }
    // 2/3 + 2/5 s² in two parts, then the rest, which is small.
    let fifth = TwoPart(0.4, -0x1.999999999999ap-56)
    let third = TwoPart(0x1.5555555555555p-1, 0x1.5555555555555p-55)
    let leading = third + square * (fifth + TwoPart(square.high * series))
    let mantissaLogarithm = TwoPart(2 * s.high, 2 * s.low) + s * square * leading
    let logarithmOfTwo = TwoPart(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
    return logarithmOfTwo * TwoPart(Double(power)) + mantissaLogarithm
  }

  /// 25 down to 7.
  private static let logarithmDivisors: [Double] = [25, 23, 21, 19, 17, 15, 13, 11, 9, 7]
}

/// A number in two parts, which doubles the precision (Dekker, 1971).
///
/// The second part is at most half a unit in the last place of the first. For numbers of moderate
/// size: nothing here may overflow.
struct TwoPart {
  let high: Double
  let low: Double

  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// a + b without rounding, whichever is larger.
  static func sum(_ a: Double, _ b: Double) -> TwoPart {
    let sum = a + b
    let ofB = sum - a
    return TwoPart(sum, (a - (sum - ofB)) + (b - ofB))
  }

  /// a b without rounding.
  static func product(_ a: Double, _ b: Double) -> TwoPart {
    let product = a * b
    let (aHigh, aLow) = halves(a)
    let (bHigh, bLow) = halves(b)
    let error = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
    return TwoPart(product, error)
  }

  static func + (a: TwoPart, b: TwoPart) -> TwoPart {
    let high = sum(a.high, b.high)
    return sum(high.high, high.low + (a.low + b.low))
  }

  static func * (a: TwoPart, b: TwoPart) -> TwoPart {
    let high = product(a.high, b.high)
    return sum(high.high, high.low + (a.high * b.low + a.low * b.high))
  }

  static func / (a: TwoPart, b: TwoPart) -> TwoPart {
    let quotient = a.high / b.high
    let back = product(quotient, b.high)
    let rest = ((a.high - back.high) - back.low) + (a.low - quotient * b.low)
    return sum(quotient, rest / b.high)
  }

  /// The upper and lower half of a number's digits (Veltkamp).
  private static func halves(_ a: Double) -> (high: Double, low: Double) {
    let shifted = a * 0x1.0000002p27
    let high = shifted - (shifted - a)
    return (high, a - high)
  }
}
