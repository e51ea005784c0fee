/// Share of scores above each threshold: the whole distribution instead of one number.
///
/// `F(tau)` is the share of scores strictly above `tau`. A higher curve is better; curves that cross
/// have no overall order. Failed runs (nan) count as minus infinity.
///
/// Source: Agarwal et al., NeurIPS 2021, section 4.2; Dolan and Moré, "Benchmarking optimization
/// software with performance profiles", Mathematical Programming 91, 2002.
package struct PerformanceProfile: Hashable, Sendable {
  private static let gridCount = 101
  private static let gridMargin = 0.01

  /// The thresholds.
  package let thresholds: [Double]
  /// Share of all runs above each threshold.
  package let runs: [Double]
  /// Share of the suite means above each threshold.
  package let suiteMeans: [Double]

  /// Profile of `scores`, shape [seed][suite], at given thresholds.
  package init(_ scores: [[Double]], thresholds: [Double]) {
    let rows = scores.map { row in row.map { $0.isNaN ? -Double.infinity : $0 } }
    let pooled = rows.flatMap { $0 }
    let means = Columns.means(of: rows)
    self.thresholds = thresholds
    runs = thresholds.map { PerformanceProfile.share(of: pooled, above: $0) }
    suiteMeans = thresholds.map { PerformanceProfile.share(of: means, above: $0) }
  }

  /// 101 evenly spaced thresholds from the 1 % to the 99 % quantile of the finished scores, and 1,
  /// ascending; only 1 when none finished.
  package static func grid(for scores: [Double]) -> [Double] {
    let sorted = scores.filter { $0.isFinite }.sorted()
    guard !sorted.isEmpty else { return [1] }
    let first = SampleQuantile.ofSorted(sorted, at: gridMargin)
    let last = SampleQuantile.ofSorted(sorted, at: 1 - gridMargin)
    let step = (last - first) / Double(gridCount - 1)
    let even = (0..<gridCount).map { first + Double($0) * step }
    return even.contains(1) ? even : (even + [1]).sorted()
  }

  private static func share(of values: [Double], above threshold: Double) -> Double {
    let above = values.count { Ties.isLarger($0, threshold) }
    return Double(above) / Double(values.count)
  }
}
