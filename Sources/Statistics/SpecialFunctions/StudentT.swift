internal import Kernels

/// Student's t distribution with `degreesOfFreedom` degrees of freedom, `nu`.
///
/// `P(T > t) = I_x(nu / 2, 1/2) / 2` with `x = nu / (nu + t^2)` for `t >= 0`.
///
/// Source: Abramowitz and Stegun 1964, 26.7.1.
package enum StudentT {
  /// `P(T > t)`.
  package static func upperTail(_ t: Double, degreesOfFreedom nu: Double) -> Double {
    if t.isInfinite { return t > 0 ? 0 : 1 }
    let square = t * t
    let x = square.isInfinite ? 0 : nu / (nu + square)
    let complement = square.isInfinite ? 1 : square / (nu + square)
    let half = IncompleteBeta.regularized(x, complement: complement, a: nu / 2, b: 0.5) / 2
    return t < 0 ? 1 - half : half
  }

  /// The `t` with `P(T <= t) = p`; infinite for `p` 0 and 1, nan outside.
  package static func quantile(_ p: Double, degreesOfFreedom nu: Double) -> Double {
    guard p >= 0, p <= 1, nu > 0 else { return .nan }
    if p == 0.5 { return 0 }
    if p < 0.5 { return -upperQuantile(p, nu) }
    return upperQuantile(1 - p, nu)
  }

  /// Newton's method ends long before; it about doubles the right digits at each step.
  private static let stepLimit = 100
  /// Relative change at which the quantile stands.
  private static let tolerance = 4 * Double.ulpOfOne

  /// The `t > 0` with `P(T > t) = tail`, for `tail` below a half.
  ///
  /// Newton's method for `ln P(T > t)` as a function of `ln t`, which is concave and nearly straight
  /// where the tail is small, from the normal quantile, which lies below.
  private static func upperQuantile(_ tail: Double, _ nu: Double) -> Double {
    guard tail > 0 else { return .infinity }
    let logScale = -0.5 * Portable.log(nu) - LogGamma.logBeta(nu / 2, 0.5)
    var t = -NormalDistribution.quantile(tail)
    for _ in 0..<stepLimit where t > 0 && t < .infinity {
      let above = upperTail(t, degreesOfFreedom: nu)
      let density = Portable.exp(logScale - (nu + 1) / 2 * Portable.log1p(t * t / nu))
      let next = t * Portable.exp(Portable.log(above / tail) * above / (t * density))
      let isThere = abs(next - t) <= tolerance * t
      t = next
      if isThere { break }
    }
    return t
  }
}
