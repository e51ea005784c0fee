import Kernels
import Statistics
import Testing

@Suite("Summaries over seeds")
struct SeedSummaryTests {
  @Test("mean, spread and t interval of 1, 2, 3")
  func threeValues() {
    // s^2 = (1 + 0 + 1)/2 = 1; SE = 1/sqrt(3); t(.975, 2) = 4.302652729749462.
    let summary = SeedSummary([3, 1, 2] as [Double])
    let half = 4.302_652_729_749_462 / 3.0.squareRoot()
    #expect(summary.mean == 2)
    #expect(summary.standardDeviation == 1)
    #expect(abs(summary.standardError - 1 / 3.0.squareRoot()) < 1e-15)
    #expect(abs(summary.interval.lower - (2 - half)) < 1e-12)
    #expect(abs(summary.interval.upper - (2 + half)) < 1e-12)
    #expect((summary.median, summary.minimum, summary.maximum) == (2, 1, 3))
  }

  @Test("failed runs are counted and left out of the numbers")
  func failed() {
    let summary = SeedSummary([1, .nan, 3])
    #expect((summary.count, summary.failedCount, summary.mean) == (2, 1, 2))
  }

  @Test("one value has no spread, none has no mean")
  func few() {
    let one = SeedSummary([4] as [Double])
    #expect(one.mean == 4)
    #expect(one.standardDeviation.isNaN && one.interval.lower.isNaN && !one.isConstant)
    #expect(SeedSummary([] as [Double]).mean.isNaN)
  }

  @Test("equal values give exactly 0 and a point, even where their sum rounds")
  func constant() {
    let summary = SeedSummary([0.1, 0.1, 0.1] as [Double])
    #expect(summary.standardDeviation == 0)
    #expect(summary.interval == Interval(lower: 0.1, upper: 0.1))
    #expect(summary.isConstant)
  }

  @Test("the 95 % interval holds the true mean in 95 of 100 samples", arguments: [3, 10])
  func coverage(count: Int) {
    // 2000 samples: standard error of the share .0049; three of them are allowed.
    var stream = RandomStream(seed: 11, purpose: .statistics, index: UInt64(count))
    let covered = (0..<2000).count { _ in
      SeedSummary((0..<count).map { _ in 5 + 2 * stream.normal() }).interval.contains(5)
    }
    #expect(abs(Double(covered) / 2000 - 0.95) < 0.0147)
  }

  @Test("compensation keeps what plain addition loses")
  func compensation() {
    #expect(CompensatedSum.of([1, 1e100, 1, -1e100]) == 2)
    #expect(CompensatedSum.of([1, -.infinity]) == -.infinity)
    #expect(CompensatedSum.mean([]).isNaN)
  }

  @Test("quantiles interpolate, and infinite values stay infinite")
  func quantiles() {
    // h = 3 * 0.25 = 0.75 between 1 and 2.
    #expect(SampleQuantile.of([4, 1, 3, 2], at: 0.25) == 1.75)
    #expect(SampleQuantile.median([1, .infinity, 3]) == 3)
    #expect(SampleQuantile.median([1, 2, .infinity, .infinity]) == .infinity)
    #expect(SampleQuantile.ofSorted([-.infinity, -.infinity, 1], at: 0.25) == -.infinity)
    #expect(SampleQuantile.of([1, .nan], at: 0.5).isNaN)
    #expect(SampleQuantile.of([], at: 0.5).isNaN)
  }
}
