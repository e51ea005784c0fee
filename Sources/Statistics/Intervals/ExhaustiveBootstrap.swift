/// The bootstrap distribution over all `n^n` resamples of few values: no draws, no seed.
///
/// A drawn bootstrap comes near it.
///
/// Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 6.
package struct ExhaustiveBootstrap: Hashable, Sendable {
  /// Largest number of values: 7 have 823 543 resamples, 8 have 17 million.
  package static let largestCount = 7

  /// Statistic on the data.
  package let estimate: Double
  /// Statistic on every resample, ascending.
  package let sortedDistribution: [Double]

  /// Distribution of `statistic` over all resamples of `values`.
  ///
  /// - Precondition: one to seven values.
  package init(_ values: [Double], statistic: ([Double]) -> Double) {
    precondition(
      (1...ExhaustiveBootstrap.largestCount).contains(values.count),
      "\(values.count) values; all resamples are enumerated for 1 to 7"
    )
    estimate = statistic(values)
    var indices = [Int](repeating: 0, count: values.count)
    var distribution: [Double] = []
    repeat {
      distribution.append(statistic(indices.map { values[$0] }))
    } while ExhaustiveBootstrap.advance(&indices)
    sortedDistribution = distribution.sorted()
  }

  /// Mean of the distribution.
  package var mean: Double { CompensatedSum.mean(sortedDistribution) }

  /// Standard deviation of the distribution, divisor its size: it is no sample.
  package var standardDeviation: Double {
    let mean = mean
    let squares = CompensatedSum.of(sortedDistribution.map { ($0 - mean) * ($0 - mean) })
    return (squares / Double(sortedDistribution.count)).squareRoot()
  }

  /// Share of resamples below the estimate and not tied with it.
  package var shareBelow: Double {
    share { $0 < estimate && !Ties.areTied($0, estimate) }
  }

  /// Share of resamples tied with the estimate.
  package var shareEqual: Double { share { Ties.areTied($0, estimate) } }

  /// Quantiles `(1 - level)/2` and `(1 + level)/2` of the distribution.
  package func percentile(level: Double = 0.95) -> Interval {
    Interval(
      lower: SampleQuantile.ofSorted(sortedDistribution, at: (1 - level) / 2),
      upper: SampleQuantile.ofSorted(sortedDistribution, at: (1 + level) / 2)
    )
  }

  private func share(_ isCounted: (Double) -> Bool) -> Double {
    let counted = sortedDistribution.count(where: isCounted)
    return Double(counted) / Double(sortedDistribution.count)
  }

  /// Counts up by one in base `n`; false after the last.
  private static func advance(_ digits: inout [Int]) -> Bool {
    for position in digits.indices {
      digits[position] += 1
      if digits[position] < digits.count { return true }
      digits[position] = 0
    }
    return false
  }
}
