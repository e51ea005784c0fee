/// Fisher's F distribution with `d1` and `d2` degrees of freedom.
///
/// `P(X > f) = I_x(d2 / 2, d1 / 2)` with `x = d2 / (d2 + d1 f)`.
///
/// Source: Abramowitz and Stegun 1964, 26.6.2.
package enum FDistribution {
  /// `P(X > f)`; 1 for `f <= 0`.
  package static func upperTail(_ f: Double, _ d1: Double, _ d2: Double) -> Double {
    if f <= 0 { return 1 }
    if f == .infinity { return 0 }
    let sum = d2 + d1 * f
    return IncompleteBeta.regularized(d2 / sum, complement: d1 * f / sum, a: d2 / 2, b: d1 / 2)
  }

  /// The `f` with `P(X <= f) = p`; infinite for 1, nan outside 0 to 1.
  package static func quantile(_ p: Double, _ d1: Double, _ d2: Double) -> Double {
    guard p >= 0, p <= 1, d1 > 0, d2 > 0 else { return .nan }
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    return MonotoneRoot.crossing { upperTail($0, d1, d2) <= 1 - p }
  }
}
