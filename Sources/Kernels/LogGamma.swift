/// Logarithms of the gamma and beta functions.
///
/// Stirling's series
/// `(x - 1/2) ln x - x + ln(2 pi)/2 + 1/(12 x) - 1/(360 x^3) + 1/(1260 x^5) - ...`
/// for `x >= 10`, where its first omitted term is below 1e-17; smaller arguments are moved up by
/// `gamma(x + 1) = x gamma(x)`.
///
/// Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, 6.1.15 and 6.1.41.
package enum LogGamma {
  private static let seriesStart = 10.0
  /// `ln(2 pi) / 2`.
  private static let halfLogTwoPi = 0.918_938_533_204_672_741_8

  /// Coefficients `B(2j) / (2j (2j - 1))` of `1/x, 1/x^3, ...`.
  private static let coefficients: [Double] = [
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
    -3617.0 / 122_400,
  ]

  /// `ln gamma(x)`; infinite at 0, nan below.
  package static func value(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? .infinity : .nan }
    var shifted = x
    var product = 1.0
    while shifted < seriesStart {
      product *= shifted
      shifted += 1
    }
    let stirling = (shifted - 0.5) * Portable.log(shifted) - shifted + halfLogTwoPi
    return stirling + correction(shifted) - Portable.log(product)
  }

  /// `ln B(a, b) = ln gamma(a) + ln gamma(b) - ln gamma(a + b)` for positive `a` and `b`, without
  /// the cancellation of large logarithms.
  package static func logBeta(_ a: Double, _ b: Double) -> Double {
    let small = min(a, b)
    let large = max(a, b)
    let sum = small + large
    guard large >= seriesStart else { return value(small) + value(large) - value(sum) }
    let large1p = Portable.log1p(-small / sum)
    if small < seriesStart {
      return value(small) + correction(large) - correction(sum) + small
        - small * Portable.log(sum) + (large - 0.5) * large1p
    }
    return correction(small) + correction(large) - correction(sum) + halfLogTwoPi
      - 0.5 * Portable.log(large) + (small - 0.5) * Portable.log(small / sum) + large * large1p
  }

  /// What Stirling's leading terms leave out, for `x >= 10`.
  private static func correction(_ x: Double) -> Double {
    let inverseSquare = 1 / (x * x)
    var sum = 0.0
    for coefficient in coefficients.reversed() { sum = sum * inverseSquare + coefficient }
    return sum / x
  }
}
