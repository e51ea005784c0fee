/// Kendall's rank correlation of two lists, `tau-b`: how far they order the same things alike.
///
/// With `c` concordant and `d` discordant pairs of positions, and `t(x)`, `t(y)` pairs tied in either
/// list: `tau = (c - d) / sqrt((n0 - t(x)) (n0 - t(y)))`, `n0 = n (n - 1) / 2`. 1 is the same order, -1
/// the reverse; nan where a list has no order, being one tie or shorter than two.
///
/// Source: Kendall, "The treatment of ties in ranking problems", Biometrika 33, 1945.
package enum KendallTau {
  /// `tau-b` of values in the same positions.
  ///
  /// - Precondition: as many `x` as `y`.
  package static func of(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "\(x.count) values against \(y.count)")
    var (agreement, orderedX, orderedY) = (0, 0, 0)
    for pair in IndexPair.all(count: x.count) {
      let a = order(x[pair.first], x[pair.second])
      let b = order(y[pair.first], y[pair.second])
      agreement += a * b
      orderedX += a * a
      orderedY += b * b
    }
    return Double(agreement) / (Double(orderedX) * Double(orderedY)).squareRoot()
  }

  /// 1, 0 or -1.
  private static func order(_ x: Double, _ y: Double) -> Int {
    Ties.areTied(x, y) ? 0 : x < y ? -1 : 1
  }
}
