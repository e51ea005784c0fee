internal import Kernels

/// The difference of two tuned methods with the luck of their tuning in it.
///
/// An interval over evaluation seeds alone holds for the point that a few tuning seeds happened to
/// choose. Here each draw takes tuning seeds with replacement, the same for both methods, lets each
/// choose its finalist by them, takes evaluation seeds with replacement, paired, and holds the two
/// chosen finalists' results against each other. The interval is that of `ExpandedPercentile` for the
/// number of evaluation seeds.
///
/// `decisionStability` asks how often another draw of tuning seeds would come to the same verdict: the
/// paired t test of the finalists it chooses, on the evaluation seeds as they are, has the same sign
/// and is on the same side of `alpha`.
///
/// Draws come from a stream of their own, so that the same input gives the same bits. A draw in which
/// a method has no finalist left (each failed at a drawn seed) is left out of the interval and counts
/// against the stability.
package struct JointBootstrap: Hashable, Sendable {
  /// Number of the stream of draws, for none of the other statistics.
  private static let streamIndex: UInt64 = 11

  /// Mean of method minus control over the evaluation seeds, each at its choice on all tuning seeds;
  /// negative is better.
  package let difference: Double
  /// Interval of the difference over draws of tuning and evaluation seeds.
  package let interval: Interval
  /// Share of the draws in which the method chooses the finalist it chose on all tuning seeds.
  package let methodStability: Double
  /// The same of the control.
  package let controlStability: Double
  /// Share of the draws of tuning seeds with the same verdict; nil for a single tuning seed, which
  /// leaves nothing to draw.
  package let decisionStability: Double?
  /// Number of evaluation seeds, those at which every finalist of both has a result.
  package let evaluationSeedCount: Int
  /// Number of tuning seeds.
  package let tuningSeedCount: Int

  /// Nil with fewer than two usable evaluation seeds, or without a choice.
  ///
  /// - Precondition: both have the same tuning and evaluation seeds.
  package init?(
    _ method: TunedContender,
    against control: TunedContender,
    resampleCount: Int = 2000,
    level: Double = 0.95,
    alpha: Double = 0.05,
    seed: UInt64 = 0
  ) {
    precondition(
      method.tuningSeedCount == control.tuningSeedCount
        && method.results[0].count == control.results[0].count,
      "methods with different numbers of tuning or evaluation seeds"
    )
    let tuningSeeds = Array(0..<method.tuningSeedCount)
    let seeds = method.results[0].indices.filter { seed in
      (method.results + control.results).allSatisfy { $0[seed].value != nil }
    }
    guard seeds.count >= 2, let ownChoice = method.choice(tuningSeeds),
      let controlChoice = control.choice(tuningSeeds)
    else { return nil }
    let own = method.results.map { row in seeds.map { row[$0].number } }
    let other = control.results.map { row in seeds.map { row[$0].number } }
    var verdicts = Verdicts(own: own, other: other, alpha: alpha)
    let verdict = verdicts.of(ownChoice, controlChoice)
    var stream = RandomStream(seed: seed, purpose: .statistics, index: Self.streamIndex)
    var (sameOwn, sameOther, sameVerdict) = (0, 0, 0)
    var differences: [Double] = []
    var tuning = tuningSeeds
    var evaluation = Array(seeds.indices)
    for _ in 0..<resampleCount {
      for draw in tuning.indices { tuning[draw] = stream.below(tuning.count) }
      for draw in evaluation.indices { evaluation[draw] = stream.below(evaluation.count) }
      guard let i = method.choice(tuning), let j = control.choice(tuning) else { continue }
      sameOwn += i == ownChoice ? 1 : 0
      sameOther += j == controlChoice ? 1 : 0
      sameVerdict += verdicts.of(i, j) == verdict ? 1 : 0
      let sum = evaluation.reduce(0) { $0 + own[i][$1] - other[j][$1] }
      differences.append(sum / Double(evaluation.count))
    }
    let share = { (count: Int) in Double(count) / Double(resampleCount) }
    difference = verdicts.difference(ownChoice, controlChoice)
    interval = Self.interval(differences.sorted(), count: seeds.count, level: level)
    methodStability = share(sameOwn)
    controlStability = share(sameOther)
    decisionStability = tuningSeeds.count > 1 ? share(sameVerdict) : nil
    evaluationSeedCount = seeds.count
    tuningSeedCount = tuningSeeds.count
  }

  private static func interval(_ sorted: [Double], count: Int, level: Double) -> Interval {
    guard !sorted.isEmpty else { return .undefined }
    return ExpandedPercentile.recommended(ofSorted: sorted, count: count, level: level)
      ?? ExpandedPercentile.interval(ofSorted: sorted, count: count, level: level)
  }

  /// Sign and significance of the paired t test of each pair of finalists, made once.
  private struct Verdicts {
    let own: [[Double]]
    let other: [[Double]]
    let alpha: Double
    private var known: [IndexPair: Int] = [:]

    init(own: [[Double]], other: [[Double]], alpha: Double) {
      self.own = own
      self.other = other
      self.alpha = alpha
    }

    func difference(_ i: Int, _ j: Int) -> Double {
      CompensatedSum.mean(zip(own[i], other[j]).map { $0 - $1 })
    }

    /// -1 or 1 where it is significant, else 0.
    mutating func of(_ i: Int, _ j: Int) -> Int {
      let pair = IndexPair(i, j)
      if let verdict = known[pair] { return verdict }
      let test = PairedTTest(own[i], other[j])
      let verdict = test.twoSided <= alpha ? (test.meanDifference < 0 ? -1 : 1) : 0
      known[pair] = verdict
      return verdict
    }
  }
}
