/// A method's performance profile over runs with its pointwise stratified bootstrap band.
///
/// In each suite seeds are drawn with replacement, independently of the other suites and alike for
/// all methods; at every threshold the interval of the share is `ExpandedPercentile.recommended`. It
/// holds of each threshold alone, not of the whole curve at once, and says what other seeds would give
/// on the same suites. There is none for fewer than 4 seeds.
///
/// Source: Agarwal et al., NeurIPS 2021, section 4.2.
package struct PerformanceProfileBand: Hashable, Sendable {
  /// The profile itself.
  package let profile: PerformanceProfile
  /// 95 % interval of the share of runs above each threshold, or nil.
  package let intervals: [Interval]?

  /// One for each method's `scores`, shape [method][seed][suite], from the same draws; nan is a
  /// failed run.
  ///
  /// - Precondition: all methods have as many seeds and suites; thresholds ascend.
  package static func all(
    _ scores: [[[Double]]],
    thresholds: [Double],
    resampleCount: Int = 2000,
    seed: UInt64 = 0
  ) -> [PerformanceProfileBand] {
    let indices = StratifiedBootstrap.commonIndices(
      scores,
      resampleCount: resampleCount,
      seed: seed
    )
    return scores.map { PerformanceProfileBand($0, thresholds: thresholds, indices: indices) }
  }

  private init(_ scores: [[Double]], thresholds: [Double], indices: [[[Int]]]) {
    profile = PerformanceProfile(scores, thresholds: thresholds)
    guard scores.count >= ExpandedPercentile.smallestCount else {
      intervals = nil
      return
    }
    let shares = Self.shares(scores, thresholds: thresholds, indices: indices)
    let bands = shares.compactMap {
      ExpandedPercentile.recommended(ofSorted: $0.sorted(), count: scores.count)
    }
    intervals = bands.count == thresholds.count ? bands : nil
  }

  /// Share of the runs of each resample above each threshold, shape [threshold][resample].
  private static func shares(
    _ scores: [[Double]],
    thresholds: [Double],
    indices: [[[Int]]]
  ) -> [[Double]] {
    // How many thresholds a score is above, so that a resample is counted in one pass.
    let passed = scores.map { row in
      row.map { score in thresholds.prefix { Ties.isLarger(score, $0) }.count }
    }
    var shares = thresholds.map { _ in [Double](repeating: 0, count: indices.count) }
    for (resample, rows) in indices.enumerated() {
      var counts = [Int](repeating: 0, count: thresholds.count + 1)
      for row in rows {
        for (suite, seed) in row.enumerated() { counts[passed[seed][suite]] += 1 }
      }
      let total = Double(counts.reduce(0, +))
      var above = 0
      for threshold in thresholds.indices.reversed() {
        above += counts[threshold + 1]
        shares[threshold][resample] = Double(above) / total
      }
    }
    return shares
  }
}
