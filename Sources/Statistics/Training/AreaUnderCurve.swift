internal import Kernels

/// Mean of a learning curve over training: the area under it by the trapezoid rule, divided by the
/// range of `x`.
///
/// Curves that are compared need the same `x`.
package enum AreaUnderCurve {
  /// Mean of `y` over `x`; nan for fewer than two points or an empty range.
  ///
  /// - Precondition: as many `x` as `y`, `x` ascending.
  package static func mean(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "\(x.count) x with \(y.count) y")
    guard let first = x.first, let last = x.last, last > first else { return .nan }
    let areas = x.indices.dropFirst().map { (x[$0] - x[$0 - 1]) * (y[$0] + y[$0 - 1]) / 2 }
    return CompensatedSum.of(areas) / (last - first)
  }

  /// Mean of `y` over the logarithm of `x`; nil unless all `x` are positive.
  ///
  /// - Precondition: as many `x` as `y`, `x` ascending.
  package static func meanOverLogarithm(_ x: [Double], _ y: [Double]) -> Double? {
    guard x.allSatisfy({ $0 > 0 }) else { return nil }
    return mean(x.map { Portable.log($0) }, y)
  }
}
