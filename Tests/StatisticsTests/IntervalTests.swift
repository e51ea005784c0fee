import Kernels
import Statistics
import Testing

@Suite("Bootstrap intervals and robust aggregates")
struct IntervalTests {
  @Test("a drawn bootstrap comes near the enumeration of all resamples")
  func drawn() {
    let values = [1.0, 2, 4, 7]
    let all = ExhaustiveBootstrap(values) { CompensatedSum.mean($0) }
    #expect(all.sortedDistribution.count == 256)
    // Standard deviation of the mean of n draws: sd with divisor n, over sqrt(n).
    #expect(abs(all.standardDeviation - (5.25 / 4).squareRoot()) < 1e-12)
    var stream = RandomStream(seed: 2, purpose: .statistics)
    let indices = Bootstrap.drawIndices(count: 4, resampleCount: 4000, using: &stream)
    let drawn = Bootstrap(values, indices: indices) { CompensatedSum.mean($0) }
    #expect(abs(drawn.standardError - all.standardDeviation) < 0.05)
    #expect(abs(drawn.percentile().lower - all.percentile().lower) <= 0.25)
    #expect(abs(drawn.percentile().upper - all.percentile().upper) <= 0.25)
  }

  @Test("the expanded levels of 5, 10 and 20 seeds")
  func expandedLevels() {
    #expect(abs(ExpandedPercentile.lowerLevel(count: 5) - 0.00095) < 5e-6)
    #expect(abs(ExpandedPercentile.lowerLevel(count: 10) - 0.00855) < 5e-6)
    #expect(abs(ExpandedPercentile.lowerLevel(count: 20) - 0.0159) < 5e-5)
  }

  @Test("no bootstrap interval below 4 seeds, an expanded one below 30, then the plain one")
  func recommended() {
    let values = (0...1000).map { Double($0) }
    #expect(ExpandedPercentile.recommended(ofSorted: values, count: 3) == nil)
    let four = ExpandedPercentile.recommended(ofSorted: values, count: 4)
    #expect(four == ExpandedPercentile.interval(ofSorted: values, count: 4))
    #expect(four.map { $0.lower < 25 } == true)
    let many = ExpandedPercentile.recommended(ofSorted: values, count: 30)
    #expect(many.map { abs($0.lower - 25) < 1e-9 && abs($0.upper - 975) < 1e-9 } == true)
  }

  @Test("the basic interval mirrors the percentile interval")
  func basic() {
    // Resamples of one value each: the distribution is 1, 2, 4; estimate 7/3.
    let bootstrap = Bootstrap([1, 2, 4], indices: [[0], [1], [2]]) { CompensatedSum.mean($0) }
    let percentile = bootstrap.percentile(level: 1)
    #expect(percentile == Interval(lower: 1, upper: 4))
    #expect(abs(bootstrap.basic(level: 1).lower - (14 / 3.0 - 4)) < 1e-15)
    #expect(abs(bootstrap.basic(level: 1).upper - (14 / 3.0 - 1)) < 1e-15)
  }

  @Test("BCa of a symmetric distribution is the percentile interval")
  func symmetricBCa() {
    let values = [-2.0, -1, 0, 1, 2]
    let all = (0..<3125).map { row in (0..<5).map { row / [1, 5, 25, 125, 625][$0] % 5 } }
    let bootstrap = Bootstrap(values, indices: all) { CompensatedSum.mean($0) }
    let bca = BCa(bootstrap)
    #expect(abs(bca.biasCorrection ?? 1) < 1e-12 && abs(bca.acceleration ?? 1) < 1e-12)
    #expect(abs(bca.interval.lower - bootstrap.percentile().lower) < 1e-12)
    #expect(!bca.isPercentile)
  }

  @Test("BCa gives way to the percentile interval where it is undefined")
  func degenerateBCa() {
    let constant = Bootstrap([1, 1], indices: [[0, 1], [0, 0]]) { CompensatedSum.mean($0) }
    #expect(BCa(constant).isPercentile && BCa(constant).interval == Interval(lower: 1, upper: 1))
    let oneSided = Bootstrap([1, 2], indices: [[1, 1], [1, 1]]) { CompensatedSum.mean($0) }
    #expect(BCa(oneSided).isPercentile)
  }

  @Test("the interquartile mean cuts a quarter at each end")
  func interquartileMean() {
    #expect(InterquartileMean.cut([100, 1, 2, 3, 4, 5, 6, -100]) == 3.5)
    // Six scores: one is cut whole and a half of the next: (2/2 + 3 + 4 + 5/2) / 3 = 3.5.
    #expect(InterquartileMean.fractional([1, 2, 3, 4, 5, 60]) == 3.5)
    #expect(InterquartileMean.cut([1, 2, 3, 4, 5, 60]) == 3.5)
    #expect(InterquartileMean.fractional([7]) == 7)
    #expect(InterquartileMean.fractional([1, 2, 30]) == (0.25 * 31 + 2) / 1.5)
  }

  @Test("failed runs leave the interquartile mean finite while they are below a quarter")
  func failed() {
    #expect(InterquartileMean.cut([.nan, 1, 2, 3, 4, 5, 6, 7]) == 3.5)
    #expect(InterquartileMean.cut([.nan, .nan, .nan, 3, 4, 5, 6, 7]).isNaN)
    let aggregates = SuiteAggregates([[0.5, .nan], [0.7, 0.9], [0.6, 0.8], [0.4, 1.1]])
    #expect(aggregates.mean.isNaN && aggregates.optimalityGap.isNaN && aggregates.median.isNaN)
    #expect(abs(aggregates.interquartileMean - 0.65) < 1e-15)
  }

  @Test("the chance of improvement counts ties half and failed runs as lost")
  func improvement() {
    // Suite 1: 2 > 1, 2 = 2: 3/4. Suite 2: failed against 1 and 0: 0.
    #expect(ProbabilityOfImprovement.of([[2, .nan]], over: [[1, 1], [2, 0]]) == 0.375)
  }

  @Test("a profile counts scores strictly above its thresholds")
  func profile() {
    let profile = PerformanceProfile([[0.1, 0.6], [0.3, .nan]], thresholds: [0, 0.3, 0.5])
    #expect(profile.runs == [0.75, 0.25, 0.25])
    #expect(profile.suiteMeans == [0.5, 0, 0])
    let grid = PerformanceProfile.grid(for: (0...200).map { Double($0) / 100 })
    #expect(grid.contains(1) && grid == grid.sorted())
    #expect(abs(grid[0] - 0.02) < 1e-12 && abs(grid[grid.count - 1] - 1.98) < 1e-12)
    #expect(PerformanceProfile.grid(for: [.nan]) == [1])
  }

  @Test("the band of a profile is the interval of the shares of its resamples")
  func profileBand() throws {
    let scores = [[[0.1, 0.6], [0.3, 0.9], [.nan, 0.8], [0.7, 0.5]]]
    let thresholds = [0, 0.3, 0.55, 1]
    let band = PerformanceProfileBand.all(scores, thresholds: thresholds, resampleCount: 50)[0]
    #expect(band.profile == PerformanceProfile(scores[0], thresholds: thresholds))
    let indices = StratifiedBootstrap.commonIndices(scores, resampleCount: 50, seed: 0)
    for (index, threshold) in thresholds.enumerated() {
      let shares = StratifiedBootstrap.distribution(scores[0], indices: indices) {
        PerformanceProfile($0, thresholds: [threshold]).runs[0]
      }
      let interval = ExpandedPercentile.recommended(ofSorted: shares.sorted(), count: 4)
      #expect(try #require(band.intervals)[index] == interval)
    }
    let few = PerformanceProfileBand.all([[[1], [2], [3]]], thresholds: [1])[0]
    #expect(few.intervals == nil && few.profile.runs == [2.0 / 3])
    #expect(PerformanceProfileBand.all([], thresholds: [1]).isEmpty)
  }

  @Test("the stratified bootstrap draws seeds in each suite of its own")
  func stratified() {
    let scores = [[1.0, 10], [2, 20]]
    #expect(
      StratifiedBootstrap.resample(scores, indices: [[1, 0], [1, 1]]) == [[2, 10], [2, 20]]
    )
    var stream = RandomStream(seed: 4, purpose: .statistics)
    let indices = StratifiedBootstrap.drawIndices(
      seedCount: 2,
      suiteCount: 2,
      resampleCount: 500,
      using: &stream
    )
    let means = StratifiedBootstrap.distribution(scores, indices: indices) {
      SuiteAggregates($0).mean
    }
    // The mean of a draw is 8.25 on average with sd sqrt(.125 + 12.5)/2; 4 standard errors.
    #expect(abs(CompensatedSum.mean(means) - 8.25) < 0.32)
  }
}
