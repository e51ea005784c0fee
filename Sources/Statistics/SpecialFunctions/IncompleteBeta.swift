internal import Kernels

/// The regularized incomplete beta function `I_x(a, b)`.
///
/// `I_x(a, b) = x^a (1 - x)^b / (a B(a, b)) * 1 / (1 + d1 / (1 + d2 / (1 + ...)))`, the continued
/// fraction evaluated by Lentz's method; for `x > (a + 1) / (a + b + 2)`, where it converges slowly,
/// from `I_x(a, b) = 1 - I_(1-x)(b, a)`. Relative error about 1e-14 for arguments up to thousands.
///
/// Sources: Abramowitz and Stegun 1964, 26.5.8; Lentz, "Generating Bessel functions in Mie
/// scattering calculations using continued fractions", Applied Optics 15, 1976, as modified by
/// Thompson and Barnett 1986.
package enum IncompleteBeta {
  /// More steps than any argument in use needs; convergence takes about the root of the larger
  /// parameter.
  private static let stepLimit = 100_000
  /// Stands in for a denominator that vanishes.
  private static let tiny = 1e-300

  /// `I_x(a, b)` for positive `a` and `b`.
  ///
  /// `complement` is `1 - x`, passed in since the caller often knows it to more digits.
  package static func regularized(
    _ x: Double,
    complement: Double,
    a: Double,
    b: Double
  ) -> Double {
    if x.isNaN || complement.isNaN { return .nan }
    guard x > 0 else { return 0 }
    guard complement > 0 else { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - lower(complement, complement: x, a: b, b: a) }
    return lower(x, complement: complement, a: a, b: b)
  }

  private static func lower(_ x: Double, complement: Double, a: Double, b: Double) -> Double {
    let logX = complement < 0.5 ? Portable.log1p(-complement) : Portable.log(x)
    let logComplement = x < 0.5 ? Portable.log1p(-x) : Portable.log(complement)
    let front = Portable.exp(a * logX + b * logComplement - LogGamma.logBeta(a, b))
    return front * continuedFraction(x, a: a, b: b) / a
  }

  private static func continuedFraction(_ x: Double, a: Double, b: Double) -> Double {
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...stepLimit {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonzero(1 + even * d)
      c = nonzero(1 + even / c)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonzero(1 + odd * d)
      c = nonzero(1 + odd / c)
      fraction *= d * c
      if abs(d * c - 1) <= Double.ulpOfOne { break }
    }
    return fraction
  }

  private static func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
}
