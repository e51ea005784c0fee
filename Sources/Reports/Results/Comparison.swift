package import Statistics
internal import Store

/// The tests between the methods of one problem: marks of every column, ranks, and each method held
/// against the tuned static weights.
package struct Comparison: Sendable {
  /// Significance level of all tests.
  package static let alpha = 0.05

  /// One method against the tuned static weights.
  package struct Duel: Sendable, Hashable {
    /// How it ended.
    package enum Result: Sendable, Hashable {
      case better
      case worse
      case undecided
      /// Some of the method's runs failed, and more than of the tuned static weights, which counts as a
      /// loss.
      case failed
      /// Runs of the tuned static weights failed and none of the method's, which counts as a win.
      case controlFailed
      /// The control itself, or nothing to compare: of both so many runs failed, say.
      case none
    }

    /// How it ended after Holm's correction.
    package let result: Result
    /// Δm minus that of the control over the seeds they share, in points; negative is better.
    ///
    /// Its interval is at the level at which Holm's procedure tests the method, so that it leaves 0 out
    /// exactly where p after Holm is at most alpha.
    package let difference: SeedSummary?
    /// That level, such as 0.99 for the smallest p of five; nil without a p.
    package let level: Double?
    /// Two-sided p of the paired t test; nil without two shared seeds, or with failed runs.
    package let p: Double?
    /// p after Holm's correction over all methods of the problem that have one.
    package let adjustedP: Double?
    /// Share of the shared seeds at which the method is better; ties count half.
    package let shareWon: Double?
    /// Whether every seed shows the same difference, so that there is nothing to test.
    package let isDegenerate: Bool
    /// Position of an earlier method with the same results at every seed, with which it counts once.
    package let sameAs: Int?

    /// Whether it is undecided and the interval of the difference is so narrow that it does not matter.
    var isPracticallyEqual: Bool {
      guard result == .undecided, let difference, !isDegenerate else { return false }
      return Verdict.isEquivalence(difference.interval)
    }
  }

  /// Marks of each metric column over the compared methods.
  package let metricMarks: [BestMarks]
  /// Marks of Δm over the compared methods.
  package let deltaMMarks: BestMarks
  /// Mean rank of each compared method over the metric columns; nan where it has no values.
  package let meanRanks: [Double]
  /// Rank of each compared method in each metric column; nil where it has no value.
  package let ranks: [[Double?]]
  /// Each compared method against the control, in the order of the methods.
  package let duels: [Duel]
  /// How many methods the correction is over; those with identical results count once.
  package let duelCount: Int

  package init(_ results: ProblemResults) {
    let methods = results.methods
    metricMarks = results.columns.indices.map { column in
      BestMarks(
        methods.map { $0.values[column] },
        higherIsBetter: results.columns[column].higherIsBetter,
        alpha: Self.alpha
      )
    }
    deltaMMarks = BestMarks(
      methods.map(\.deltaMBySeed),
      higherIsBetter: false,
      alpha: Self.alpha
    )
    let meanRank = MeanRank(
      methods.map { method in
        results.columns.indices.map { Self.rankedValue(of: method, column: $0) }
      },
      higherIsBetter: results.columns.map(\.higherIsBetter)
    )
    meanRanks = meanRank.meanRanks
    ranks = meanRank.ranks
    duels = Self.duels(methods, control: results.control)
    duelCount = duels.count { $0.p != nil && $0.sameAs == nil }
  }

  /// More than this is no plan, but a sign that the difference does not matter.
  static let mostSeeds = 1000

  /// Seeds with which a difference as it was measured would be found, with a power of 0.8 at Holm's
  /// hardest step; nil for more than `mostSeeds`.
  func seedsNeeded(_ duel: Duel) -> Int? {
    guard let difference = duel.difference else { return nil }
    let seeds = SeedsNeeded.byTTest(
      effect: difference.mean / difference.standardDeviation,
      comparisons: max(1, duelCount),
      alpha: Self.alpha
    )
    return seeds.flatMap { $0 <= Self.mostSeeds ? $0 : nil }
  }

  /// The mean over the seeds with a value; failed where a run failed, which takes the worst rank.
  private static func rankedValue(of method: MethodResults, column: Int) -> Score {
    let summary = method.summary(column: column)
    if method.failedCount > 0 { return .failed }
    return summary.count == 0 ? .missing : Score(summary.mean)
  }

  /// Each method against one of them, Holm over all that have a p.
  static func duels(_ methods: [MethodResults], control: MethodResults?) -> [Duel] {
    let tests = methods.map { method -> (test: PairedTTest, shareWon: Double)? in
      guard let control, method.record.label != control.record.label, method.failedCount == 0,
        control.failedCount == 0
      else { return nil }
      let (own, other) = Score.pairs(method.deltaMBySeed, control.deltaMBySeed)
      guard own.count >= 2 else { return nil }
      let won = zip(own, other).reduce(0) { $0 + ($1.0 < $1.1 ? 1 : $1.0 == $1.1 ? 0.5 : 0) }
      return (PairedTTest(own, other), won / Double(own.count))
    }
    let firsts = Identical.firsts(methods.map(\.deltaMBySeed))
    let adjusted = Holm.adjusted(tests.map { $0?.test.twoSided }, countingOnce: firsts)
    let levels = Holm.levels(
      tests.map { $0?.test.twoSided },
      alpha: alpha,
      countingOnce: firsts
    )
    return methods.indices.map { index in
      let isControl = methods[index].record.label == control?.record.label
      let hasFailed = methods[index].failedCount > (control?.failedCount ?? 0)
      guard let (test, shareWon) = tests[index] else {
        let hasWon =
          (control?.failedCount ?? 0) > 0 && methods[index].failedCount == 0
          && methods[index].deltaMBySeed.contains { $0.value != nil }
        return Duel(
          result: isControl ? .none : hasFailed ? .failed : hasWon ? .controlFailed : .none,
          difference: nil,
          level: nil,
          p: nil,
          adjustedP: nil,
          shareWon: nil,
          isDegenerate: false,
          sameAs: nil
        )
      }
      let isSignificant = (adjusted[index] ?? 1) <= alpha
      return Duel(
        result: !isSignificant ? .undecided : test.meanDifference < 0 ? .better : .worse,
        difference: differences(methods[index], control, level: levels[index] ?? 1 - alpha),
        level: levels[index],
        p: test.twoSided,
        adjustedP: adjusted[index],
        shareWon: shareWon,
        isDegenerate: test.isDegenerate,
        sameAs: firsts[index] == index ? nil : firsts[index]
      )
    }
  }

  private static func differences(
    _ method: MethodResults,
    _ control: MethodResults?,
    level: Double
  ) -> SeedSummary? {
    guard let control else { return nil }
    return SeedSummary(
      zip(method.deltaMBySeed, control.deltaMBySeed).map { own, other in
        Score.absence(in: [own, other]) ?? own.map { $0 - other.number }
      },
      level: level
    )
  }
}
