/// The regularized incomplete gamma functions `P(a, x)` and `Q(a, x) = 1 - P(a, x)`.
///
/// For `x < a + 1` P is the series `exp(-x) x^a / gamma(a + 1) * (1 + x/(a+1) + ...)`, else Q is
/// Legendre's continued fraction by Lentz's method; their relative error is about 1e-14.
///
/// Source: Abramowitz and Stegun 1964, 6.5.29 and 6.5.31.
package enum IncompleteGamma {
  private static let stepLimit = 100_000
  private static let tiny = 1e-300

  /// `Q(a, x)` for positive `a`; 1 for `x <= 0`.
  package static func upper(_ a: Double, _ x: Double) -> Double {
    if a.isNaN || x.isNaN { return .nan }
    guard x > 0 else { return 1 }
    guard x.isFinite else { return 0 }
    return x < a + 1 ? 1 - front(a, x) * series(a, x) : front(a, x) * continuedFraction(a, x)
  }

  /// `P(a, x)` for positive `a`; 0 for `x <= 0`.
  package static func lower(_ a: Double, _ x: Double) -> Double {
    if a.isNaN || x.isNaN { return .nan }
    guard x > 0 else { return 0 }
    return x < a + 1 ? front(a, x) * series(a, x) : 1 - upper(a, x)
  }

  /// `x^a exp(-x) / gamma(a)`, the slope of `P(a, x)` against `log x`.
  package static func front(_ a: Double, _ x: Double) -> Double {
    Portable.exp(a * Portable.log(x) - x - LogGamma.value(a))
  }

  /// `(1 + x/(a+1) + x^2/((a+1)(a+2)) + ...) / a`.
  private static func series(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    for step in 1...stepLimit {
      term *= x / (a + Double(step))
      sum += term
      if term <= sum * Double.ulpOfOne / 2 { break }
    }
    return sum
  }

  private static func continuedFraction(_ a: Double, _ x: Double) -> Double {
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / b
    var fraction = d
    for step in 1...stepLimit {
      let numerator = -Double(step) * (Double(step) - a)
      b += 2
      d = 1 / nonzero(numerator * d + b)
      c = nonzero(b + numerator / c)
      fraction *= d * c
      if abs(d * c - 1) <= Double.ulpOfOne { break }
    }
    return fraction
  }

  private static func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
}
