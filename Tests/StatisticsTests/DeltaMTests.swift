import Statistics
import Testing

@Suite("Relative performance against single-task training")
struct DeltaMTests {
  private func metric(_ value: Double, _ base: Double, higher: Bool = false) -> DeltaM.Metric {
    DeltaM.Metric(value: value, base: base, higherIsBetter: higher)
  }

  @Test("a positive drop is worse, and tasks count alike whatever their number of metrics")
  func averaging() {
    // Task a: accuracy .8 to .88, +10 %. Task b: errors 1 to 1.2 and 2 to 2.4, -20 % each.
    let deltaM = DeltaM([
      [metric(0.88, 0.8, higher: true)], [metric(1.2, 1), metric(2.4, 2)],
    ])
    #expect(abs(deltaM.taskGains[0] - 10) < 1e-12 && abs(deltaM.taskGains[1] + 20) < 1e-12)
    #expect(abs(deltaM.drop - 5) < 1e-12)
    #expect(abs(deltaM.dropFlat - 10) < 1e-12)
    #expect(deltaM.gain == -deltaM.drop)
    #expect(DeltaM.score(ofGain: -20) == 0.8)
  }

  @Test("a failed method is failed whatever its base, a failed base leaves Δm undefined")
  func states() {
    let score = { (value: Score, base: Score) in
      DeltaM.Metric(value: value, base: base, higherIsBetter: false).score
    }
    #expect(score(1, 2) == 50)
    #expect(score(1, 0) == .undefined(.zeroBase))
    #expect(score(.failed, 0) == .failed)
    #expect(score(.failed, .missing) == .failed)
    #expect(score(1, .failed) == .undefined(.failedBase))
    #expect(score(.missing, .failed) == .missing)
    #expect(score(.undefined(.undefinedMetric), 0) == .undefined(.undefinedMetric))
    #expect(score(1, .undefined(.undefinedMetric)) == .undefined(.undefinedMetric))
    #expect(score(1e300, 1e-300) == .undefined(.notFinite))
  }

  @Test("a base of 0 or a failed run spoils every mean it is in, and no other")
  func undefined() {
    #expect(DeltaM([[metric(1, 0)], [metric(.nan, 1)]]).score == .failed)
    let deltaM = DeltaM([[metric(1, 0)], [metric(0.9, 1)]])
    #expect(deltaM.taskGains[0].isNaN && !deltaM.taskGains[1].isNaN)
    #expect(deltaM.drop.isNaN && deltaM.dropFlat.isNaN)
    #expect(DeltaM([[metric(.nan, 1)]]).drop.isNaN)
  }

  private func overSeeds(_ values: [Score], _ bases: [Score]) -> DeltaMOverSeeds {
    DeltaMOverSeeds([[.init(values: values, bases: bases, higherIsBetter: false)]])
  }

  @Test("seeds are compared with single-task training of the same seed")
  func seeds() {
    // (1.1 - 1)/1 = 10 %, (2.6 - 2)/2 = 30 %; means 1.85 against 1.5: 23.33 %.
    let deltaM = overSeeds([1.1, 2.6], [1, 2])
    #expect(abs(deltaM.perSeed[0].number - 10) < 1e-12)
    #expect(abs(deltaM.perSeed[1].number - 30) < 1e-12)
    #expect(abs(deltaM.mean - 20) < 1e-12)
    #expect(abs(deltaM.ratioOfMeans.drop - 70 / 3.0) < 1e-12)
    #expect(abs(deltaM.perSeedFixedBase[0].number + 40 / 1.5) < 1e-12)
  }

  @Test("a failed seed makes the mean undefined and stays counted")
  func failed() {
    let deltaM = overSeeds([1.1, .failed, 1.3], [1, 1, 1])
    #expect(deltaM.mean.isNaN && !deltaM.isDefined)
    #expect(deltaM.summary.failedCount == 1)
    #expect(abs(deltaM.summary.mean - 20) < 1e-12)
    #expect(deltaM.ratioOfMeans.score == .failed)
  }

  @Test("an undefined seed is left out of the means and stays counted")
  func undefinedSeed() {
    let deltaM = overSeeds([1.1, 0.5, 1.3, .missing], [1, 0, 1, 1])
    #expect(deltaM.perSeed[1] == .undefined(.zeroBase) && deltaM.perSeed[3] == .missing)
    #expect(abs(deltaM.mean - 20) < 1e-12 && abs(deltaM.ratioOfMeans.drop - 20) < 1e-12)
    let summary = deltaM.summary
    #expect((summary.count, summary.failedCount) == (2, 0))
    #expect((summary.undefinedCount, summary.missingCount, summary.seedCount) == (1, 1, 4))
    #expect(!overSeeds([1], [0]).isDefined)
  }

  @Test("a base whose noise shifts the mean by a quarter of the half width is reported")
  func noise() {
    // Method and base move together: nothing to report, not even a difference by rounding.
    #expect(!overSeeds([0.99, 1.1, 1.21], [0.9, 1, 1.1]).isBaseNoisy)
    #expect(!overSeeds([0.99, 1.15, 1.21], [0.9, 1, 1.1]).isBaseNoisy)
    // 25 values alternating over bases .5 and 1.5: ratios 100 and -33 %, mean 33, ratio of means 0.
    let bases: [Score] = (0..<24).map { $0.isMultiple(of: 2) ? 0.5 : 1.5 }
    #expect(overSeeds([Score](repeating: 1, count: 24), bases).isBaseNoisy)
  }
}
