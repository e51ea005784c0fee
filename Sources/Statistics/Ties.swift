/// When two computed numbers count as equal.
///
/// Metrics are counts and sums divided by sizes, so equal results differ in their last bits; a plain
/// `==` would make ties depend on the order of a summation.
package enum Ties {
  /// Numbers this close, relative to the larger, are tied.
  package static let relativeTolerance = 1e-12

  /// Whether `x` and `y` differ by at most `relativeTolerance` of the larger magnitude; false when
  /// either is nan.
  package static func areTied(
    _ x: Double,
    _ y: Double,
    relativeTolerance: Double = relativeTolerance
  ) -> Bool {
    x == y || abs(x - y) <= relativeTolerance * max(abs(x), abs(y)) && (x - y).isFinite
  }

  /// Whether `x` is larger than `y` and not tied with it; false when either is nan.
  package static func isLarger(_ x: Double, _ y: Double) -> Bool {
    x > y && !areTied(x, y)
  }
}
