internal import Kernels

/// The chi-squared distribution with `degreesOfFreedom` degrees of freedom, `nu`.
///
/// `P(X > x) = Q(nu / 2, x / 2)`.
///
/// Source: Abramowitz and Stegun 1964, 26.4.19.
package enum ChiSquared {
  /// `P(X > x)`.
  package static func upperTail(_ x: Double, degreesOfFreedom nu: Double) -> Double {
    IncompleteGamma.upper(nu / 2, x / 2)
  }

  /// The `x` with `P(X <= x) = p`; infinite for 1, nan outside 0 to 1.
  package static func quantile(_ p: Double, degreesOfFreedom nu: Double) -> Double {
    guard p >= 0, p <= 1, nu > 0 else { return .nan }
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    return MonotoneRoot.crossing { upperTail($0, degreesOfFreedom: nu) <= 1 - p }
  }
}
