/// Paired t test of whether the mean difference of two methods on the same seeds is 0.
///
/// With `d = x - y`: `t = mean(d) / (sd(d) / sqrt(n))`, `n - 1` degrees of freedom.
///
/// A suite without seed variance has no test. When all differences are equal (on the grid of
/// `SnappedDifferences`) the result is degenerate: p is 1 if they are 0, else t is infinite and p 0,
/// to be printed as "no seed variance", not as a p-value. One pair: p is nan.
///
/// Source: Student, "The probable error of a mean", Biometrika 6, 1908.
package struct PairedTTest: Hashable, Sendable {
  /// Number of pairs, `n`.
  package let count: Int
  /// Mean of `x - y`.
  package let meanDifference: Double
  /// The statistic; infinite for equal differences, nan when these are 0 or there is one pair.
  package let t: Double
  /// `n - 1`; 0 without pairs.
  package let degreesOfFreedom: Int
  /// p against a difference in either direction.
  package let twoSided: Double
  /// p against `x` being larger.
  package let greater: Double
  /// p against `x` being smaller.
  package let less: Double
  /// t interval of the mean difference.
  package let interval: Interval
  /// Whether the differences leave nothing to test.
  package let isDegenerate: Bool

  /// Test of `x` against `y`, paired by position; `level` is that of the interval.
  ///
  /// - Precondition: as many `x` as `y`.
  package init(_ x: [Double], _ y: [Double], level: Double = 0.95) {
    precondition(x.count == y.count, "\(x.count) values against \(y.count)")
    let differences = zip(x, y).map { $0 - $1 }
    let snapped = SnappedDifferences.of(x, y)
    let summary = SeedSummary(differences, level: level)
    count = differences.count
    degreesOfFreedom = max(0, count - 1)
    meanDifference = CompensatedSum.mean(differences)
    let isConstant = snapped.allSatisfy { $0 == snapped[0] }
    isDegenerate = count < 2 || isConstant
    if count < 2 || meanDifference.isNaN {
      t = .nan
      (twoSided, greater, less) = (.nan, .nan, .nan)
      interval = .undefined
    } else if isConstant {
      let sign = snapped[0]
      t = sign == 0 ? .nan : sign > 0 ? .infinity : -.infinity
      twoSided = sign == 0 ? 1 : 0
      greater = sign > 0 ? 0 : 1
      less = sign < 0 ? 0 : 1
      interval = Interval(lower: meanDifference, upper: meanDifference)
    } else {
      let freedom = Double(degreesOfFreedom)
      t = meanDifference / summary.standardError
      twoSided = min(1, 2 * StudentT.upperTail(abs(t), degreesOfFreedom: freedom))
      greater = StudentT.upperTail(t, degreesOfFreedom: freedom)
      less = StudentT.upperTail(-t, degreesOfFreedom: freedom)
      interval = summary.interval
    }
  }
}
