/// The percentile interval at levels wide enough for few seeds.
///
/// Quantiles `e` and `1 - e` of the bootstrap distribution with
/// `e = Phi(-sqrt(n / (n - 1)) t(1 - (1 - level)/2, n - 1))`. Simulated coverage of the 95 % interval
/// for normal data: .912, .941, .943, .946 at 5, 8, 10 and 20 seeds.
///
/// Source: Hesterberg, "What teachers should know about the bootstrap", The American Statistician 69,
/// 2015.
package enum ExpandedPercentile {
  /// Fewer values than this have no bootstrap interval.
  package static let smallestCount = 4
  /// From this many values on the plain percentile interval will do.
  package static let plainCount = 30

  /// The lower quantile level `e` for `count` values; nan for fewer than two.
  package static func lowerLevel(count: Int, level: Double = 0.95) -> Double {
    guard count > 1 else { return .nan }
    let n = Double(count)
    let t = StudentT.quantile(0.5 + level / 2, degreesOfFreedom: n - 1)
    return NormalDistribution.cumulative(-(n / (n - 1)).squareRoot() * t)
  }

  /// The interval of an ascending bootstrap distribution of a statistic of `count` values.
  package static func interval(
    ofSorted distribution: [Double],
    count: Int,
    level: Double = 0.95
  ) -> Interval {
    let lower = lowerLevel(count: count, level: level)
    return Interval(
      lower: SampleQuantile.ofSorted(distribution, at: lower),
      upper: SampleQuantile.ofSorted(distribution, at: 1 - lower)
    )
  }

  /// What to print for `count` seeds: nil below 4, the expanded interval below 30, else the plain
  /// percentile interval.
  package static func recommended(
    ofSorted distribution: [Double],
    count: Int,
    level: Double = 0.95
  ) -> Interval? {
    guard count >= smallestCount else { return nil }
    if count < plainCount { return interval(ofSorted: distribution, count: count, level: level) }
    return Interval(
      lower: SampleQuantile.ofSorted(distribution, at: (1 - level) / 2),
      upper: SampleQuantile.ofSorted(distribution, at: (1 + level) / 2)
    )
  }
}
