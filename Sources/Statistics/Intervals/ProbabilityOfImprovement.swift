/// Chance that a run of one method beats a run of another, averaged over suites.
///
/// Per suite `P(X > Y) = (#{x > y} + #{x = y}/2) / (nx ny)`. It ignores pairing: for methods on the
/// same seeds prefer `PairedEffect.shareLarger`. Failed runs (nan) lose to all that finished.
///
/// Source: Agarwal et al., NeurIPS 2021, section 4.3; Mann and Whitney, "On a test of whether one of
/// two random variables is stochastically larger than the other", 1947.
package enum ProbabilityOfImprovement {
  /// Probability that `x` beats `y`, both of shape [seed][suite] with larger scores better; the
  /// numbers of seeds may differ.
  ///
  /// - Precondition: the same suites in all rows.
  package static func of(_ x: [[Double]], over y: [[Double]]) -> Double {
    let suiteCount = Columns.count(of: x + y)
    let shares = (0..<suiteCount).map { suite in
      UnpairedEffect(column(x, suite), column(y, suite)).probabilityOfSuperiority
    }
    return CompensatedSum.mean(shares)
  }

  private static func column(_ scores: [[Double]], _ suite: Int) -> [Double] {
    scores.map { $0[suite].isNaN ? -.infinity : $0[suite] }
  }
}
