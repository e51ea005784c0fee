/// What a table cell says of one method's results over seeds.
///
/// Mean `m`, standard deviation `s` with divisor `n - 1`, standard error `SE = s / sqrt(n)` and the
/// t interval `m +- t(1 - (1 - level)/2, n - 1) SE`. Simulated coverage of the 95 % interval is .95
/// from 3 seeds on for normal results; a plain bootstrap covers .75 with 3 and .84 with 5.
///
/// Failed, undefined and missing seeds are not in the numbers but counted, each by themselves. One value has neither spread nor
/// interval (nan). With two, `t` is 12.7 and the interval as wide as it has to be. Equal values have
/// spread 0 and a point for an interval, and are flagged: a deterministic suite has no seeds.
///
/// Source: Student, "The probable error of a mean", Biometrika 6, 1908.
package struct SeedSummary: Hashable, Sendable {
  /// Number of values, `n`.
  package let count: Int
  /// Number of failed runs, left out of everything else.
  package let failedCount: Int
  /// Number of seeds at which it is undefined, left out of everything else.
  package let undefinedCount: Int
  /// Number of seeds that have no run yet, left out of everything else.
  package let missingCount: Int
  /// Mean of the values; nan without any.
  package let mean: Double
  /// Sample standard deviation; nan for fewer than two.
  package let standardDeviation: Double
  /// Standard error of the mean; nan for fewer than two.
  package let standardError: Double
  /// t interval of the mean; undefined for fewer than two.
  package let interval: Interval
  /// Median of the values.
  package let median: Double
  /// Smallest value.
  package let minimum: Double
  /// Largest value.
  package let maximum: Double

  /// Whether there are two or more values and all are the same.
  package var isConstant: Bool { count > 1 && minimum == maximum }

  /// How many seeds there are, with and without a value.
  package var seedCount: Int { count + failedCount + undefinedCount + missingCount }

  /// Summary of one score per seed; `level` is that of the interval.
  package init(_ scores: [Score], level: Double = 0.95) {
    self.init(
      values: scores.compactMap(\.value),
      failedCount: scores.count { $0 == .failed },
      undefinedCount: scores.count { $0.isUndefined },
      missingCount: scores.count { $0 == .missing },
      level: level
    )
  }

  /// Summary of one number per seed, nan for a failed run; `level` is that of the interval.
  package init(_ values: [Double], level: Double = 0.95) {
    let finished = values.filter { !$0.isNaN }
    self.init(
      values: finished,
      failedCount: values.count - finished.count,
      undefinedCount: 0,
      missingCount: 0,
      level: level
    )
  }

  private init(
    values: [Double],
    failedCount: Int,
    undefinedCount: Int,
    missingCount: Int,
    level: Double
  ) {
    count = values.count
    self.failedCount = failedCount
    self.undefinedCount = undefinedCount
    self.missingCount = missingCount
    mean = CompensatedSum.mean(values)
    standardDeviation = CompensatedSum.standardDeviation(values)
    standardError = standardDeviation / Double(values.count).squareRoot()
    median = SampleQuantile.median(values)
    minimum = values.min() ?? .nan
    maximum = values.max() ?? .nan
    interval = SeedSummary.interval(
      mean: mean,
      standardError: standardError,
      count: count,
      level: level
    )
  }

  /// The t interval of a mean over `count` values; undefined for fewer than two.
  static func interval(mean: Double, standardError: Double, count: Int, level: Double) -> Interval {
    guard count > 1 else { return .undefined }
    guard standardError > 0 else { return Interval(lower: mean, upper: mean) }
    let t = StudentT.quantile(0.5 + level / 2, degreesOfFreedom: Double(count - 1))
    return Interval(lower: mean - t * standardError, upper: mean + t * standardError)
  }
}
