internal import Kernels

/// The regularized upper incomplete gamma function `Q(a, x)`.
///
/// For `x < a + 1` one minus the series `exp(-x) x^a / gamma(a + 1) * (1 + x/(a+1) + ...)`, else
/// Legendre's continued fraction by Lentz's method. Relative error about 1e-14.
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
    let front = Portable.exp(a * Portable.log(x) - x - LogGamma.value(a))
    return x < a + 1 ? 1 - front * series(a, x) : front * continuedFraction(a, x)
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
