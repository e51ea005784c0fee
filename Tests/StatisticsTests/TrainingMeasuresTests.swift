import Statistics
import Testing

@Suite("Gradients, curves, transfer and tuning")
struct TrainingMeasuresTests {
  @Test("cosine and magnitude similarity by hand, from gradients and from inner products")
  func conflict() {
    // (3, 4) and (-3, 0): product -9, norms 5 and 3: cosine -.6; 2*15/(25 + 9) = 15/17.
    let conflict = GradientConflict(gradients: [[3, 4], [-3, 0]])
    #expect(conflict.norms == [5, 3])
    #expect(conflict.cosines == [-0.6])
    #expect(abs(conflict.magnitudeSimilarities[0] - 15 / 17.0) < 1e-15)
    #expect(conflict.normShares == [0.625, 0.375])
    #expect(conflict.conflictShare == 1 && conflict.meanAbsoluteCosine == 0.6)
    #expect(conflict.worstPair == IndexPair(0, 1))
    #expect(GradientConflict(gramian: [[25, -9], [-9, 9]]) == conflict)
  }

  @Test("a gradient of zero has no cosine, two of them no similarity")
  func zeroGradients() {
    let conflict = GradientConflict(gradients: [[0, 0], [0, 0], [1, 0]])
    #expect(conflict.cosines.allSatisfy { $0.isNaN })
    #expect(conflict.magnitudeSimilarities[0].isNaN && conflict.magnitudeSimilarities[1] == 0)
    #expect(conflict.conflictShare.isNaN && conflict.worstPair == nil)
  }

  @Test("the conflict rate leaves out undefined steps and counts them")
  func rate() {
    let rate = ConflictRate([0.5, -0.25, nil, .nan, 0])
    #expect((rate.stepCount, rate.definedCount) == (5, 3))
    #expect(abs(rate.rate - 1 / 3.0) < 1e-15 && rate.meanConflictDepth == 0.25)
    #expect(rate.meanAbsoluteCosine == 0.25)
    #expect(ConflictRate([0.5]).meanConflictDepth.isNaN)
  }

  @Test("a target is reached when it is met as often in a row as asked")
  func steps() {
    let reached = { (hold: Int, values: [Double]) in
      StepsToTarget.first(
        steps: [0, 10, 20, 30],
        values: values,
        target: 0.9,
        higherIsBetter: true,
        hold: hold
      )
    }
    #expect(reached(1, [0.5, 0.9, 0.8, 0.95]) == 10)
    #expect(reached(2, [0.5, 0.9, 0.8, 0.95]) == nil)
    #expect(reached(2, [0.5, 0.8, 0.9, 0.95]) == 20)
    #expect(reached(1, [0.5, .nan, 0.8, 0.85]) == nil)
  }

  @Test("censored runs make the median infinite and spend their budget")
  func runningTime() {
    let time = ExpectedRunningTime(hits: [100, nil, nil, 300], budgets: [500, 500, 400, 500])
    #expect(time.successRate == 0.5 && time.median == .infinity)
    #expect(time.steps == (100 + 500 + 400 + 300) / 2)
    #expect(ExpectedRunningTime(hits: [nil], budgets: [10]).steps == .infinity)
  }

  @Test("the area under a curve over its range")
  func area() {
    // 0 to 1 over one step, then 1 for three: (.5 + 3)/4.
    #expect(AreaUnderCurve.mean([0, 1, 4], [0, 1, 1]) == 0.875)
    #expect(AreaUnderCurve.meanOverLogarithm([0, 1, 4], [0, 1, 1]) == nil)
    // Logarithms of 1, 2, 4 are evenly spaced: (.5 + 1)/2.
    let log = AreaUnderCurve.meanOverLogarithm([1, 2, 4], [0, 1, 1])
    #expect(log.map { abs($0 - 0.75) < 1e-14 } == true)
    #expect(AreaUnderCurve.mean([1], [2]).isNaN)
  }

  private func equivalent(_ value: Double) -> EquivalentSampleCount {
    EquivalentSampleCount(
      singleTaskCounts: [100, 200, 400],
      singleTaskValues: [0.5, 0.6, 0.8],
      sampleCount: 100,
      value: value,
      higherIsBetter: true
    )
  }

  @Test("samples are interpolated in their logarithm, with bounds outside")
  func equivalentSamples() {
    // Half way from .6 to .8 is sqrt(200 * 400) samples.
    #expect(abs(equivalent(0.7).count - 80_000.0.squareRoot()) < 1e-9)
    #expect(equivalent(0.6).count == 200 && equivalent(0.6).bound == .exact)
    #expect(equivalent(0.5).count == 100 && equivalent(0.5).bound == .exact)
    #expect(equivalent(0.9).bound == .above && equivalent(0.9).ratio == 4)
    #expect(equivalent(0.4).bound == .below && equivalent(0.4).ratio == 1)
    #expect(equivalent(.nan).count.isNaN)
  }

  @Test("a curve that goes the wrong way is pooled, and the smallest size with a value is taken")
  func pooling() {
    let pooled = EquivalentSampleCount(
      singleTaskCounts: [1, 2, 4, 8],
      singleTaskValues: [3, 1, 2, 0.5],
      sampleCount: 1,
      value: 1.5,
      higherIsBetter: false
    )
    // 1, 2 pool to 1.5; reached first at size 2.
    #expect(pooled.monotone == [3, 1.5, 1.5, 0.5] && pooled.count == 2)
  }

  @Test("failed multi-task runs count as worse, missing cells not at all")
  func negativeTransfer() {
    let transfer = NegativeTransfer(
      multiTask: [[0.9, 0.7, .failed], [0.2, .missing, 0.1]],
      singleTask: [[0.8, 0.7, 0.5], [0.1, 0.3, .missing]],
      higherIsBetter: [true, false]
    )
    #expect(transfer.cellCount == 4 && transfer.rate == 0.5 && transfer.tieShare == 0.25)
    #expect(transfer.taskRates == [1 / 3.0, 1])
  }

  @Test("the expected best of two trials out of three, by hand")
  func expectedValidation() {
    // Pairs of 1, 2, 6: best 2, 6, 6: 14/3. With replacement: 1/9*1 + 3/9*2 + 5/9*6 = 37/9.
    let curves = ExpectedValidation([6, 1, 2], budgets: [2, 4], test: [10, 30, 20])
    #expect(abs(curves.withoutReplacement[0] - 14 / 3.0) < 1e-14)
    #expect(curves.withoutReplacement[1].isNaN)
    #expect(abs(curves.withReplacement[0] - 37 / 9.0) < 1e-14)
    // Selected: 2 once (test 20), 6 twice (test 10).
    #expect(curves.testOfSelected.map { abs($0[0] - 40 / 3.0) < 1e-13 } == true)
    // Squares: (1 + 3*4 + 5*36)/9 - (37/9)^2.
    let variance = 193 / 9.0 - (37 / 9.0) * (37 / 9.0)
    #expect(abs(curves.withReplacementDeviation[0] - variance.squareRoot()) < 1e-14)
  }

  @Test("tied trials share their test values, and a failed one counts while it can be the best")
  func tiedAndFailed() {
    let forward = ExpectedValidation([1, 1], budgets: [2], test: [4, 6])
    #expect(forward.testOfSelected == [5])
    let failed = ExpectedValidation([.nan, 1, 3], budgets: [1, 2])
    #expect(failed.withoutReplacement[0].isNaN)
    // Pairs: (failed, 1), (failed, 3), (1, 3).
    #expect(abs(failed.withoutReplacement[1] - 7 / 3.0) < 1e-14)
  }
}
