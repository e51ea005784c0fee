extension Portable {
  /// The natural logarithm.
  package static func log(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return logarithmOfSpecial(x) }
    let (power, mantissa) = split(x)
    return logarithm(onePlus: mantissa - 1, power: power, tail: 0)
  }

  /// ln(1 + x), accurate also near 0.
  package static func log1p(_ x: Double) -> Double {
    guard x > -1, x < .infinity else { return logarithmOfSpecial(1 + x) }
    if x.magnitude < 0x1p-54 { return x }
    if x > -0.25 && x < 0.4 { return logarithm(onePlus: x, power: 0, tail: 0) }
    let sum = 1 + x
    let lost = x >= 1 ? 1 - (sum - x) : x - (sum - 1)
    let (power, mantissa) = split(sum)
    return logarithm(onePlus: mantissa - 1, power: power, tail: lost / sum)
  }

  /// n and m with x = 2ⁿ m and m in [√½, √2), for positive finite x.
  static func split(_ x: Double) -> (power: Int, mantissa: Double) {
    let isNormal = x >= 0x1p-1022
    let bits = (isNormal ? x : x * 0x1p54).bitPattern
    var power = Int(bits >> 52) - (isNormal ? 1023 : 1023 + 54)
    var mantissa = Double(bitPattern: bits & (1 << 52 - 1) | 1023 << 52)
    if mantissa >= 2.0.squareRoot() {
      mantissa *= 0.5
      power += 1
    }
    return (power, mantissa)
  }

  /// ln(1 + f) + n ln 2 + tail, for 1 + f in about [√½, √2).
  ///
  /// With s = f / (2 + f), ln(1 + f) = 2 atanh s = 2 s + s R, R = 2 s² / 3 + 2 s⁴ / 5 + ...,
  /// and 2 s = f - s f, which leaves the leading term exact.
  private static func logarithm(onePlus f: Double, power n: Int, tail: Double) -> Double {
    let s = f / (2 + f)
    let square = s * s
    var series = 2.0 / 25
    series = series * square + 2.0 / 23
    series = series * square + 2.0 / 21
    series = series * square + 2.0 / 19
    series = series * square + 2.0 / 17
    series = series * square + 2.0 / 15
    series = series * square + 2.0 / 13
    series = series * square + 2.0 / 11
    series = series * square + 2.0 / 9
    series = series * square + 2.0 / 7
    series = series * square + 2.0 / 5
    series = series * square + 2.0 / 3
    let remainder = square * series
    let half = 0.5 * f * f
    let power = Double(n)
    let low = s * (half + remainder) + (power * 0x1.a39ef35793c76p-33 + tail)
    return power * 0x1.62e42feep-1 - ((half - low) - f)
  }

  private static func logarithmOfSpecial(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    return x > 0 ? x : .nan
  }
}
