import Statistics
import Testing

@Suite("The luck of tuning")
struct JointBootstrapTests {
  /// Finalists with the same result at each of six evaluation seeds.
  private func contender(_ finalists: (criteria: [Score], result: Score)...) -> TunedContender {
    TunedContender(
      criteria: finalists.map(\.criteria),
      results: finalists.map { [Score](repeating: $0.result, count: 6) }
    )
  }

  @Test("the finalist with the lowest mean over the drawn seeds is chosen")
  func choice() {
    let two = contender((criteria: [0, 3], result: 1), (criteria: [2, 2], result: 4))
    #expect(two.choice([0, 1]) == 0 && two.choice([1, 1]) == 1)
    // 0 + 3 + 3 = 6 against 6: a tie goes to the first.
    #expect(two.choice([0, 1, 1]) == 0)
    let failed = contender((criteria: [0, .failed], result: 1), (criteria: [2, 2], result: 4))
    #expect(failed.choice([0, 1]) == 1 && failed.choice([0, 0]) == 0)
    let undefined = contender(
      (criteria: [.undefined(.zeroBase), 3], result: 1),
      (criteria: [9, 2], result: 4)
    )
    #expect(undefined.choice([0, 1]) == 0 && undefined.choice([1]) == 1)
    #expect(contender((criteria: [.failed], result: 1)).choice([0]) == nil)
  }

  @Test("regret is what the best finalist on test would have saved")
  func regret() {
    let two = contender((criteria: [0, 3], result: 5), (criteria: [2, 2], result: 4))
    #expect(two.regret == 1)
    #expect(contender((criteria: [0], result: 5)).regret == 0)
    #expect(contender((criteria: [.failed], result: 5)).regret == nil)
  }

  @Test("one of four draws of two tuning seeds chooses otherwise, and the interval holds both")
  func tuningLuck() throws {
    // Finalists A and B: seeds 00 and 01 choose A, 11 chooses B: three of four draws choose A, with
    // a difference of 0 - 5 = -5; B has 10 - 5 = 5. Either is the same at every seed: significant.
    let method = contender((criteria: [0, 3], result: 0), (criteria: [2, 2], result: 10))
    let control = contender((criteria: [1, 1], result: 5))
    let joint = try #require(JointBootstrap(method, against: control))
    #expect(joint.difference == -5)
    #expect(joint.interval == Interval(lower: -5, upper: 5))
    // 2000 draws of a share of .75: standard error .0097, four of them.
    #expect(abs(joint.methodStability - 0.75) < 0.039)
    #expect(joint.decisionStability == joint.methodStability && joint.controlStability == 1)
    #expect((joint.evaluationSeedCount, joint.tuningSeedCount) == (6, 2))
  }

  @Test("both methods are tuned on the same drawn seeds")
  func pairedTuning() throws {
    let one = contender((criteria: [0, 3], result: 0), (criteria: [2, 2], result: 10))
    let joint = try #require(JointBootstrap(one, against: one))
    #expect(joint.interval == Interval(lower: 0, upper: 0))
    #expect(joint.methodStability < 1 && joint.decisionStability == 1)
  }

  @Test("evaluation seeds are drawn paired, and are all there is without a choice")
  func evaluationLuck() throws {
    let results: [Score] = [1, 2, 3, 4, 5, 6]
    let method = TunedContender(criteria: [[0]], results: [results])
    let control = TunedContender(criteria: [[0]], results: [results.map { $0.map { $0 + 1 } }])
    let joint = try #require(JointBootstrap(method, against: control))
    #expect(joint.interval == Interval(lower: -1, upper: -1))
    // One tuning seed leaves nothing to draw.
    #expect(joint.decisionStability == nil && joint.methodStability == 1)
    let noisy = TunedContender(criteria: [[0]], results: [[0, 2, 0, 2, 0, 2]])
    let still = TunedContender(criteria: [[0]], results: [[1, 1, 1, 1, 1, 1]])
    let spread = try #require(JointBootstrap(noisy, against: still))
    #expect(spread.interval.lower < -0.5 && spread.interval.upper > 0.5)
    #expect(JointBootstrap(noisy, against: still) == spread)
  }

  @Test("a seed at which a finalist has no result is left out for all, and one seed is too few")
  func fewSeeds() throws {
    let method = TunedContender(criteria: [[0, 1]], results: [[1, .failed, 1, 1]])
    let control = TunedContender(criteria: [[0, 1]], results: [[2, 2, .missing, 2]])
    let joint = try #require(JointBootstrap(method, against: control))
    #expect(joint.evaluationSeedCount == 2)
    let single = TunedContender(criteria: [[0, 1]], results: [[1, .failed, .failed, .failed]])
    #expect(JointBootstrap(single, against: control) == nil)
    let failed = TunedContender(criteria: [[.failed, .failed]], results: [[1, 1, 1, 1]])
    #expect(JointBootstrap(failed, against: control) == nil)
  }
}
