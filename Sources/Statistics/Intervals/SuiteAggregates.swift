/// Aggregates of a method's scores over seeds and suites.
///
/// A score is 1 at parity with single-task training, larger is better (`DeltaM.score`). Mean: of the
/// suite means. Median: of the suite means. IQM: of all scores pooled. Optimality gap:
/// `gamma - mean(min(score, gamma))`, the mean shortfall against single-task training for `gamma` 1.
/// A failed run (nan) counts as minus infinity: mean and gap are then nan, the median is nan when its
/// suite is hit, the IQM when a quarter of the pooled runs failed.
///
/// Source: Agarwal et al., NeurIPS 2021, section 4.
package struct SuiteAggregates: Hashable, Sendable {
  /// Mean of the suite means.
  package let mean: Double
  /// Median of the suite means.
  package let median: Double
  /// Interquartile mean that drops whole scores.
  package let interquartileMean: Double
  /// Interquartile mean that drops exactly a quarter at each end.
  package let interquartileMeanFractional: Double
  /// Mean shortfall of the scores against `gamma`.
  package let optimalityGap: Double

  /// Aggregates of `scores`, shape [seed][suite].
  ///
  /// - Precondition: rows of equal length.
  package init(_ scores: [[Double]], gamma: Double = 1) {
    let rows = scores.map { row in row.map { $0.isNaN ? -Double.infinity : $0 } }
    let pooled = rows.flatMap { $0 }
    let suiteMeans = Columns.means(of: rows)
    mean = SuiteAggregates.finite(CompensatedSum.mean(suiteMeans))
    median = SuiteAggregates.finite(SampleQuantile.median(suiteMeans))
    interquartileMean = InterquartileMean.cut(pooled)
    interquartileMeanFractional = InterquartileMean.fractional(pooled)
    let capped = pooled.map { min($0, gamma) }
    optimalityGap = SuiteAggregates.finite(gamma - CompensatedSum.mean(capped))
  }

  private static func finite(_ value: Double) -> Double { value.isFinite ? value : .nan }
}
