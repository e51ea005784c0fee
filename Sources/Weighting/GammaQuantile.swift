internal import Kernels

/// Gamma distributed numbers from uniform ones: the x with `P(X > x) = u`, X of a given shape and
/// scale 1.
///
/// For shape 1, `-log u`. Otherwise Newton's method on `log P(shape, x) = log(1 - u)` against
/// `log x`: the left side is concave and starts, from `P(a, x) <= x^a / gamma(a + 1)`, left of the
/// root, so that every step goes towards it and none beyond.
///
/// Source of the bound: Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, 6.5.29.
enum GammaQuantile {
  /// Some 10 steps are usual.
  private static let stepLimit = 100
  /// Relative changes of x below this are rounding.
  private static let precision = 1e-14

  /// The x for one u.
  ///
  /// - Parameters:
  ///   - u: Probability of a larger number, in (0, 1).
  ///   - shape: From 0.1 to 100.
  /// - Returns: x, above 0.
  static func upper(_ u: Double, shape: Double) -> Double {
    guard shape != 1 else { return -Portable.log(u) }
    let wanted = Portable.log1p(-u)
    var position = (wanted + LogGamma.value(shape + 1)) / shape
    for _ in 0..<stepLimit {
      let x = Portable.exp(position)
      let part = IncompleteGamma.lower(shape, x)
      let step = (wanted - Portable.log(part)) * part / IncompleteGamma.front(shape, x)
      guard step > precision else { break }
      position += step
    }
    return Portable.exp(position)
  }
}
