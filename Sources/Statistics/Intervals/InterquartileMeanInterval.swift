/// The interquartile mean of a method's scores over seeds and suites with its stratified bootstrap
/// interval.
///
/// In each suite seeds are drawn with replacement, independently of the other suites and alike for
/// all methods; the interval is `ExpandedPercentile.recommended`. It says what other seeds would give
/// on the same suites. Failed runs (nan) count as minus infinity; the interval is nil for fewer than
/// 4 seeds, and where a failure reaches it.
///
/// Source: Agarwal et al., NeurIPS 2021, section 4.
package struct InterquartileMeanInterval: Hashable, Sendable {
  /// IQM of the scores; nan where a failed run is left in the middle half.
  package let estimate: Double
  /// 95 % interval, or nil.
  package let interval: Interval?

  /// One for each method's `scores`, shape [method][seed][suite], from the same draws.
  ///
  /// - Precondition: all methods have as many seeds and suites.
  package static func all(
    _ scores: [[[Double]]],
    resampleCount: Int = 2000,
    seed: UInt64 = 0
  ) -> [InterquartileMeanInterval] {
    guard scores.first?.first != nil else {
      return scores.map { _ in InterquartileMeanInterval(estimate: .nan, interval: nil) }
    }
    let indices = StratifiedBootstrap.commonIndices(
      scores,
      resampleCount: resampleCount,
      seed: seed
    )
    return scores.map { InterquartileMeanInterval($0, indices: indices) }
  }

  private init(estimate: Double, interval: Interval?) {
    self.estimate = estimate
    self.interval = interval
  }

  private init(_ scores: [[Double]], indices: [[[Int]]]) {
    let pooled = scores.flatMap { $0 }
    estimate = InterquartileMean.cut(pooled)
    // Every resample has the same scores, some of them several times: they are sorted once.
    let sorted = InterquartileMean.ordered(pooled)
    let isBefore = { (first: Int, second: Int) in
      let (a, b) = (pooled[first], pooled[second])
      return (a.isNaN ? -.infinity : a) < (b.isNaN ? -.infinity : b)
    }
    var places = [Int](repeating: 0, count: pooled.count)
    for (place, index) in pooled.indices.sorted(by: isBefore).enumerated() { places[index] = place }
    let suiteCount = scores[0].count
    var counts = [Int](repeating: 0, count: pooled.count)
    let distribution = indices.map { resample in
      for place in counts.indices { counts[place] = 0 }
      for row in resample {
        for (suite, seed) in row.enumerated() { counts[places[seed * suiteCount + suite]] += 1 }
      }
      return InterquartileMean.cut(ofSorted: sorted, counts: counts)
    }
    let hasFailed = distribution.contains { $0.isNaN }
    interval =
      hasFailed
      ? nil : ExpandedPercentile.recommended(ofSorted: distribution.sorted(), count: scores.count)
  }
}
