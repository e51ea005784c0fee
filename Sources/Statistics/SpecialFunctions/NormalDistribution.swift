internal import Kernels

/// The standard normal distribution.
package enum NormalDistribution {
  private static let inverseRootTwo = 0.707_106_781_186_547_524_4
  private static let inverseRootTwoPi = 0.398_942_280_401_432_677_9

  /// Density at `z`.
  package static func density(_ z: Double) -> Double {
    inverseRootTwoPi * Portable.exp(-0.5 * z * z)
  }

  /// `P(Z <= z)`, with full relative accuracy in the lower tail.
  package static func cumulative(_ z: Double) -> Double {
    ErrorFunction.complement(-z * inverseRootTwo) / 2
  }

  /// `P(Z > z)`, with full relative accuracy in the upper tail.
  package static func upperTail(_ z: Double) -> Double {
    ErrorFunction.complement(z * inverseRootTwo) / 2
  }

  /// The `z` with `P(Z <= z) = p`; infinite for 0 and 1, nan outside.
  ///
  /// A rational start with relative error 1.2e-9, then two steps of Halley's method.
  ///
  /// Source: Acklam, "An algorithm for computing the inverse normal cumulative distribution
  /// function", 2003.
  package static func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p > 0.5 { return -quantile(1 - p) }
    guard p > 0 else { return -.infinity }
    var z = quantileStart(p)
    for _ in 0..<2 {
      let error = (cumulative(z) - p) / density(z)
      z -= error / (1 + z * error / 2)
    }
    return z
  }

  private static let centerNumerator = [
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
    -3.066479806614716e+01, 2.506628277459239e+00,
  ]
  private static let centerDenominator = [
    -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
    -1.328068155288572e+01, 1,
  ]
  private static let tailNumerator = [
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
    4.374664141464968e+00, 2.938163982698783e+00,
  ]
  private static let tailDenominator = [
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661415206e+00, 1,
  ]
  /// Below this the start uses the approximation for tails.
  private static let tailEnd = 0.02425

  /// Acklam's approximation for `p` up to a half.
  private static func quantileStart(_ p: Double) -> Double {
    if p < tailEnd {
      let r = (-2 * Portable.log(p)).squareRoot()
      return polynomial(tailNumerator, r) / polynomial(tailDenominator, r)
    }
    let q = p - 0.5
    return q * polynomial(centerNumerator, q * q) / polynomial(centerDenominator, q * q)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }
}
