package import Kernels

/// The bootstrap distribution of a statistic over seeds, and the plain intervals from it.
///
/// Seeds are drawn with replacement; `estimate` is the statistic on the data. With 3 or 5 seeds the
/// plain percentile interval that calls itself 95 % covers 75 and 84 %: for means take
/// `SeedSummary`, else `ExpandedPercentile`.
///
/// Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapters 6, 13 and 14.
package struct Bootstrap: Hashable, Sendable {
  /// Statistic on the data.
  package let estimate: Double
  /// Statistic on each resample, ascending.
  package let sortedDistribution: [Double]
  /// Statistic with one value left out, shape [valueCount].
  package let leaveOneOut: [Double]

  /// Number of values that were resampled, `n`.
  package var count: Int { leaveOneOut.count }

  /// Distribution over given resamples: each row of `indices` holds positions in `values`.
  package init(_ values: [Double], indices: [[Int]], statistic: ([Double]) -> Double) {
    estimate = statistic(values)
    sortedDistribution = indices.map { row in statistic(row.map { values[$0] }) }.sorted()
    leaveOneOut = values.indices.map { left in
      statistic(values.indices.filter { $0 != left }.map { values[$0] })
    }
  }

  /// Rows of `count` positions drawn with replacement, for `init`.
  ///
  /// Use the same rows for all methods that are compared on the same seeds.
  package static func drawIndices(
    count: Int,
    resampleCount: Int,
    using stream: inout RandomStream
  ) -> [[Int]] {
    (0..<resampleCount).map { _ in (0..<count).map { _ in stream.below(count) } }
  }

  /// Standard deviation of the distribution, divisor one less than its size.
  package var standardError: Double { CompensatedSum.standardDeviation(sortedDistribution) }

  /// Quantiles `(1 - level)/2` and `(1 + level)/2` of the distribution.
  package func percentile(level: Double = 0.95) -> Interval {
    quantiles(lower: (1 - level) / 2, upper: (1 + level) / 2)
  }

  /// The percentile interval mirrored at the estimate: `2 estimate - upper`, `2 estimate - lower`.
  package func basic(level: Double = 0.95) -> Interval {
    let interval = percentile(level: level)
    return Interval(lower: 2 * estimate - interval.upper, upper: 2 * estimate - interval.lower)
  }

  /// Two quantiles of the distribution.
  func quantiles(lower: Double, upper: Double) -> Interval {
    Interval(
      lower: SampleQuantile.ofSorted(sortedDistribution, at: lower),
      upper: SampleQuantile.ofSorted(sortedDistribution, at: upper)
    )
  }
}
