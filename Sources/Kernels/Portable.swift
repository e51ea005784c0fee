/// Functions of double precision with the same bits on every system.
///
/// A system's mathematical library does not promise that. They are accurate to 2 units in the last
/// place; their values at zeros, infinities and NaN are those of C.
package enum Portable {
  /// e to the power x.
  package static func exp(_ x: Double) -> Double {
    exponential(x, tail: 0)
  }

  /// e to the power x, less 1, accurate also near 0.
  package static func expm1(_ x: Double) -> Double {
    guard x < 710 else { return x.isNaN ? x : .infinity }
    guard x > -50 else { return -1 }
    guard x.magnitude > 0x1p-54 else { return x }
    let (power, fraction) = reducedExponential(x, tail: 0)
    if power == 0 { return fraction }
    if power > 60 { return scaled(1 + fraction, by: power) - 1 }
    let scale = powerOfTwo(power)
    return scale * fraction + (scale - 1)
  }

  /// The hyperbolic tangent.
  package static func tanh(_ x: Double) -> Double {
    let size = x.magnitude
    if size >= 1 {
      let value = size > 22 ? 1 : 1 - 2 / (expm1(2 * size) + 2)
      return x < 0 ? -value : value
    }
    let growth = expm1(2 * size)  // NaN stays NaN
    let value = (TwoPart(growth) / TwoPart.sum(growth, 2)).high
    return x.sign == .minus ? -value : value
  }

  /// e^(x + tail), for a tail far below x.
  static func exponential(_ x: Double, tail: Double) -> Double {
    guard x < 710 else { return x.isNaN ? x : .infinity }
    guard x > -746 else { return 0 }
    let (power, fraction) = reducedExponential(x, tail: tail)
    return scaled(1 + fraction, by: power)
  }

  /// n and p with e^(x + tail) = 2ⁿ (1 + p), and |p| at most √2 - 1.
  private static func reducedExponential(
    _ x: Double,
    tail: Double
  ) -> (power: Int, fraction: Double) {
    // Adding this number leaves the nearest integer in the lowest bits of the sum.
    let roundingShift = 0x1.8p52
    let n = (x * 0x1.71547652b82fep0 + roundingShift) - roundingShift
    // ln 2 in two parts, the first short enough to make its product with n exact.
    let high = x - n * 0x1.62e42feep-1
    let low = n * 0x1.a39ef35793c76p-33 - tail
    let r = high - low
    let rTail = (high - r) - low
    // e^r = 1 + r + r² / 2! + ... ; the first term left out is below 2⁻⁵⁷.
    var series = 1.0 / 6_227_020_800
    series = series * r + 1.0 / 479_001_600
    series = series * r + 1.0 / 39_916_800
    series = series * r + 1.0 / 3_628_800
    series = series * r + 1.0 / 362_880
    series = series * r + 1.0 / 40_320
    series = series * r + 1.0 / 5040
    series = series * r + 1.0 / 720
    series = series * r + 1.0 / 120
    series = series * r + 1.0 / 24
    series = series * r + 1.0 / 6
    series = series * r + 1.0 / 2
    return (Int(n), r + (r * (r * series + rTail) + rTail))
  }

  /// y 2ⁿ with one rounding, for |y| in [1/2, 2].
  static func scaled(_ y: Double, by n: Int) -> Double {
    if n > 1000 { return y * powerOfTwo(n - 100) * 0x1p100 }
    if n < -900 { return y * powerOfTwo(n + 200) * 0x1p-200 }
    return y * powerOfTwo(n)
  }

  /// 2ⁿ for n from -1022 to 1023.
  static func powerOfTwo(_ n: Int) -> Double {
    Double(bitPattern: UInt64(n + 1023) << 52)
  }
}
