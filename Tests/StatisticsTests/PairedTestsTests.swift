import Kernels
import Statistics
import Testing

@Suite("Paired tests")
struct PairedTestsTests {
  @Test("t of the differences 1, 2, 3 by the closed form for two degrees of freedom")
  func tTest() {
    // mean 2, sd 1, t = 2 sqrt(3); P(|T| > t) = 1 - t/sqrt(t^2 + 2) = 1 - sqrt(12/14).
    let test = PairedTTest([2, 4, 6], [1, 2, 3])
    let expected = 1 - (12.0 / 14).squareRoot()
    #expect(abs(test.t - 2 * 3.0.squareRoot()) < 1e-14)
    #expect(abs(test.twoSided - expected) < 1e-14)
    #expect(abs(test.greater - expected / 2) < 1e-14)
    #expect(abs(test.less - (1 - expected / 2)) < 1e-14)
    #expect(test.degreesOfFreedom == 2 && !test.isDegenerate)
  }

  @Test("equal differences leave nothing to test, even when rounding hides it")
  func degenerate() {
    let constant = PairedTTest([0.3, 0.4, 0.7], [0.2, 0.3, 0.6])
    #expect(constant.isDegenerate && constant.t == .infinity && constant.twoSided == 0)
    let lower = PairedTTest([1, 2], [2, 3])
    #expect(lower.t == -.infinity && lower.less == 0 && lower.greater == 1)
    let same = PairedTTest([0.1 + 0.2, 1], [0.3, 1])
    #expect(same.isDegenerate && same.twoSided == 1 && same.t.isNaN)
    #expect(PairedTTest([1], [2]).twoSided.isNaN)
    #expect(PairedTTest([], []).count == 0)
  }

  @Test("differences snap to a grid on which .3 - .2 is .4 - .3")
  func snapping() {
    let snapped = SnappedDifferences.of([0.3, 0.4, 0.6], [0.2, 0.3, 0.6])
    #expect(snapped[0] == snapped[1] && snapped[2] == 0)
    #expect(abs(snapped[0] - 0.1) < 1e-12)
    #expect(SnappedDifferences.of([0, 0], [0, 0]) == [0, 0])
    #expect(SnappedDifferences.of([.infinity, 1], [.infinity, -.infinity]) == [0, .infinity])
  }

  /// Tails of the signed-rank sum over all sign patterns, and of the plain sum.
  private func enumerated(_ sizes: [Double], observed: Double) -> (less: Double, greater: Double) {
    var less = 0
    var greater = 0
    for pattern in 0..<(1 << sizes.count) {
      let sum = sizes.indices.reduce(0.0) { $0 + (pattern >> $1 & 1 == 1 ? sizes[$1] : 0) }
      if sum <= observed + 1e-9 { less += 1 }
      if sum >= observed - 1e-9 { greater += 1 }
    }
    let count = Double(1 << sizes.count)
    return (Double(less) / count, Double(greater) / count)
  }

  @Test("exact Wilcoxon is the enumeration of all signs, with ties and zeros", arguments: 1...10)
  func wilcoxon(count: Int) {
    var stream = RandomStream(seed: 5, purpose: .statistics, index: UInt64(count))
    for zeros in [WilcoxonSignedRank.Zeros.pratt, .wilcox] {
      for _ in 0..<20 {
        // Small whole numbers: many ties, some zeros.
        let differences = (0..<count).map { _ in Double(stream.below(9) - 3) }
        let kept = zeros == .wilcox ? differences.filter { $0 != 0 } : differences
        let ranks = Ranking.ranks(kept.map { abs($0) })
        let used = kept.indices.filter { kept[$0] != 0 }
        let observed = used.reduce(0.0) { $0 + (kept[$1] > 0 ? ranks[$1] : 0) }
        let (less, greater) = enumerated(used.map { ranks[$0] }, observed: observed)
        let test = WilcoxonSignedRank(differences: differences, zeros: zeros, method: .exact)
        #expect(test.positiveRankSum == observed && test.usedCount == used.count)
        #expect(test.less == less && test.greater == greater)
        #expect(test.twoSided == min(1, 2 * min(less, greater)))
      }
    }
  }

  @Test("beyond 50 pairs the normal form takes over and agrees with the exact one")
  func wilcoxonNormal() {
    var stream = RandomStream(seed: 6, purpose: .statistics)
    let differences = (0..<60).map { _ in stream.normal() + 0.2 }
    let automatic = WilcoxonSignedRank(differences: differences)
    let exact = WilcoxonSignedRank(differences: differences, method: .exact)
    #expect(automatic.z != nil && exact.z == nil)
    // The normal approximation of 60 ranks is good to a few thousandths.
    #expect(abs(automatic.twoSided - exact.twoSided) < 0.005)
    #expect(WilcoxonSignedRank(differences: [0, 0]).twoSided == 1)
  }

  @Test("the sign-flip test is the enumeration of all signs", arguments: [1, 4, 7, 12])
  func signFlip(count: Int) {
    var stream = RandomStream(seed: 7, purpose: .statistics, index: UInt64(count))
    let differences = (0..<count).map { _ in Double(stream.below(11) - 4) / 10 }
    let total = differences.reduce(0, +)
    // sum(+-d) = 2 * (sum of the flipped-to-plus sizes) - sum(sizes).
    let sizes = differences.map { abs($0) }
    let observed = (total + sizes.reduce(0, +)) / 2
    let (less, greater) = enumerated(sizes, observed: observed)
    let test = SignFlipTest(differences: differences)
    #expect(test.less == less && test.greater == greater)
  }

  @Test("a sign-flip test of 20 pairs is exact too")
  func signFlipTwenty() {
    // 20 differences of one size, 15 positive: P(X >= 15 of 20) = 21700 / 2^20.
    let differences = (0..<20).map { $0 % 4 != 0 ? 0.1 : -0.1 }
    let test = SignFlipTest(differences: differences)
    #expect(test.greater == 21_700 / 1_048_576.0)
    #expect(test.twoSided == 43_400 / 1_048_576.0)
    #expect(test.less == 1 - 6_196 / 1_048_576.0)
  }

  @Test("random sign patterns come near the binomial p")
  func signFlipRandom() {
    // 25 differences of one size, 18 positive: p = 2 P(X >= 18 of 25) = 2 * 726206 / 2^25.
    let differences = (0..<25).map { $0 < 18 ? 1.0 : -1.0 }
    let test = SignFlipTest(differences: differences, seed: 3)
    // Four standard errors of a share of .043 over 100 000 patterns.
    #expect(abs(test.twoSided - 2 * 726_206 / 33_554_432.0) < 0.0026)
    #expect(test == SignFlipTest(differences: differences, seed: 3))
    #expect(SignFlipTest(differences: []).twoSided == 1)
  }

  @Test("a shift is found by all three tests, no shift is found at the rate of the level")
  func size() {
    // 400 samples of 8 pairs without a difference; three standard errors of .05 are .033.
    var stream = RandomStream(seed: 8, purpose: .statistics)
    var alarms = [0, 0, 0]
    for _ in 0..<400 {
      let d = (0..<8).map { _ in stream.normal() }
      let zeros = [Double](repeating: 0, count: 8)
      if PairedTTest(d, zeros).twoSided < 0.05 { alarms[0] += 1 }
      if WilcoxonSignedRank(differences: d).twoSided < 0.05 { alarms[1] += 1 }
      if SignFlipTest(differences: d).twoSided < 0.05 { alarms[2] += 1 }
    }
    for count in alarms { #expect(abs(Double(count) / 400 - 0.05) < 0.033) }
  }

  @Test("Holm and Benjamini-Hochberg by hand")
  func families() {
    // Holm: .01*3 = .03, then max(.03, .02*2) = .04, then max(.04, .3) = .3.
    #expect(near(Holm.adjusted([0.3, 0.01, nil, 0.02]), [0.3, 0.03, nil, 0.04]))
    // BH from the top: .3*3/3 = .3, .02*3/2 = .03, min(.03, .01*3/1 = .03) = .03.
    #expect(near(BenjaminiHochberg.adjusted([0.3, 0.01, nil, 0.02]), [0.3, 0.03, nil, 0.03]))
    #expect(Holm.adjusted([.nan, nil]) == [nil, nil])
    #expect(Holm.adjusted([0.6, 0.7]) == [1, 1])
  }

  @Test("the level of each interval is that of its step in Holm's procedure, which stops once")
  func holmLevels() {
    // Ascending .01, .02, .3 against .05/3, .05/2, .05: two are rejected.
    let third = 1 - 0.05 / 3
    let all = Holm.levels([0.3, 0.01, nil, 0.02], alpha: 0.05, countingOnce: [0, 1, 2, 3])
    #expect(near(all, [0.95, third, nil, 0.975]))
    // .02 is above .05/3, so that .021 is not tested at .025: its interval must hold 0 too.
    let stopped = Holm.levels([0.021, 0.02, 0.4], alpha: 0.05, countingOnce: [0, 1, 2])
    #expect(near(stopped, [third, third, third]))
    // A copy has the level of its first, and makes no family larger.
    let copied = Holm.levels([0.01, 0.01, 0.04], alpha: 0.05, countingOnce: [0, 0, 2])
    #expect(near(copied, [0.975, 0.975, 0.95]))
  }

  @Test("at its level an interval leaves 0 out exactly where p after Holm is at most alpha")
  func holmLevelsAgree() {
    var stream = RandomStream(seed: 3, purpose: .statistics, index: 1)
    for _ in 0..<200 {
      let samples = (0..<6).map { method in
        (0..<9).map { _ in Double(method) * 0.25 + stream.normal() }
      }
      let p = samples.map { PairedTTest($0, $0.map { _ in 0 }).twoSided }
      let adjusted = Holm.adjusted(p)
      let levels = Holm.levels(p, alpha: 0.05, countingOnce: Array(p.indices))
      for (sample, (adjusted, level)) in zip(samples, zip(adjusted, levels)) {
        let interval = SeedSummary(sample.map { Score($0) }, level: level ?? 0).interval
        let leavesZeroOut = interval.lower > 0 || interval.upper < 0
        let isRejected = (adjusted ?? 1) <= 0.05
        #expect(leavesZeroOut == isRejected)
      }
    }
  }

  private func near(_ found: [Double?], _ expected: [Double?]) -> Bool {
    zip(found, expected).allSatisfy { pair in
      guard let x = pair.0, let y = pair.1 else { return pair.0 == nil && pair.1 == nil }
      return abs(x - y) < 1e-15
    }
  }

  @Test("effect sizes by hand")
  func effects() {
    // x > y in 3 of 4 pairs, x < y in 1: delta 1/2, A12 3/4.
    let unpaired = UnpairedEffect([2, 4], [1, 3])
    #expect(unpaired.cliffDelta == 0.5 && unpaired.probabilityOfSuperiority == 0.75)
    // d = 1, 2, 3, 2, 2: mean 2, sd sqrt(.5); J(4) = 1/(sqrt(2) gamma(1.5)) = .7978845608.
    let paired = PairedEffect([2, 4, 6, 4, 4], [1, 2, 3, 2, 2])
    #expect(abs(paired.dz - 2 * 2.0.squareRoot()) < 1e-14)
    #expect(abs(paired.gz - 2 * 2.0.squareRoot() * 0.797_884_560_802_865_4) < 1e-14)
    #expect(paired.shareLarger == 1)
    #expect(PairedEffect([1, 2], [0, 1]).dz.isNaN)
    #expect(PairedEffect([1, 1], [1, 0]).shareLarger == 0.75)
  }

  /// Computed with scipy's noncentral t, and by quadrature where that fails; 400 000 simulated
  /// samples agree for (1, 300) and (3, 24).
  @Test(
    "seeds for 80 % power at the worst step of Holm",
    arguments: [
      (0.5, [34, 58, 67, 92]), (0.8, [15, 25, 29, 41]), (1.0, [10, 18, 21, 29]),
      (1.5, [6, 10, 12, 17]), (2.0, [5, 8, 9, 12]), (3.0, [4, 6, 6, 9]),
    ]
  )
  func seedsNeeded(effect: Double, expected: [Int]) {
    let found = [1, 10, 24, 300].map { SeedsNeeded.byTTest(effect: effect, comparisons: $0) }
    #expect(found == expected)
  }

  @Test("pairs for the smallest reachable p")
  func signTestSeeds() {
    #expect([1, 10, 24, 300].map { SeedsNeeded.bySignTest(comparisons: $0) } == [6, 9, 10, 14])
    #expect(SeedsNeeded.byTTest(effect: 0) == nil)
    #expect(SeedsNeeded.byTTest(effect: 1e-6) == nil)
  }

  @Test("power without an effect is the level, and grows with it")
  func power() {
    #expect(abs(SeedsNeeded.tTestPower(effect: 0, seedCount: 6, alpha: 0.05) - 0.05) < 1e-12)
    #expect(abs(SeedsNeeded.tTestPower(effect: 9, seedCount: 40, alpha: 0.05) - 1) < 1e-12)
  }
}
