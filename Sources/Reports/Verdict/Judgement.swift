package import Statistics
internal import Store

/// What is said of one method of a problem against tuned static weights, all grounds together.
///
/// `better` and `worse` need four things: the paired t test after Holm's correction says so; the joint
/// bootstrap over tuning and evaluation seeds, at the level of the method's step in that correction,
/// leaves 0 out; another draw of the finalists' tuning seeds comes to the same verdict in at least 90 of
/// 100 draws; and no neighbouring protocol turns the sign around. Where the first holds and one of the
/// others does not, the answer depends on what it is that fails.
package struct Judgement: Sendable {
  /// The verdict in a word.
  package enum Word: Sendable, Hashable {
    case better
    case worse
    /// Significant under the main protocol, and resting on what is named.
    case depends([Dependence])
    case undecided
    /// Some of the method's runs failed, more than of the control's, which counts as a loss.
    case failed
    /// Runs of the tuned static weights failed and none of the method's, which counts as a win.
    case controlFailed
    /// The control itself, or nothing to compare.
    case none
  }

  /// What an answer rests on.
  package enum Dependence: Sendable, Hashable {
    /// Other tuning seeds would choose other settings, with another verdict.
    case tuningSeeds
    /// Position among the protocols of one that turns the sign around.
    case neighbour(Int)
  }

  /// The least share of draws of the tuning seeds that come to the same verdict.
  package static let leastStability = 0.9

  package let word: Word
  /// The test of the main protocol.
  package let duel: Comparison.Duel
  /// The difference with the luck of tuning in it; nil where the finalists are not stored.
  package let joint: JointBootstrap?
  /// The method under each protocol of the problem; nil where it has no entry.
  package let entries: [ProtocolComparison.Entry?]
  /// Whether it beats its scale control too, after Holm's correction; nil where the problem has none
  /// for its group.
  ///
  /// Only then does its gain come from balancing the tasks.
  package let balances: Bool?

  /// Whether the difference is practically 0, with the luck of tuning in it too.
  var isPracticallyEqual: Bool {
    duel.isPracticallyEqual && joint.map { Verdict.isEquivalence($0.interval) } ?? true
  }

  /// Whether the luck of tuning leaves the verdict alone; true where nothing is known of it.
  static func isFirm(_ joint: JointBootstrap?) -> Bool {
    guard let joint else { return true }
    let leavesZeroOut = joint.interval.lower > 0 || joint.interval.upper < 0
    return leavesZeroOut && (joint.decisionStability ?? 1) >= leastStability
  }
}

/// The judgements on all methods of a problem.
package struct Judgements: Sendable {
  /// The tests of the main protocol.
  package let comparison: Comparison
  /// The main protocol and its neighbours; empty without single-task training.
  package let protocols: [ProtocolComparison]
  /// One for each compared method, in the order of the methods.
  package let all: [Judgement]
  /// Equal weights against tuned static weights, where both have a Δm.
  package let equal: Comparison.Duel?
  /// Whether the rival is what a search chose.
  let isRivalTuned: Bool

  package init(_ problem: ProblemResults) {
    let comparison = Comparison(problem)
    let control = problem.methods.firstIndex {
      $0.record.label == problem.rival.label
    }
    let protocols = ComparisonProtocol.all(problem).map {
      ProtocolComparison($0, control: control)
    }
    let balances = Self.balances(problem)
    isRivalTuned = problem.rival == .tunedStatic
    self.comparison = comparison
    self.protocols = protocols
    all = problem.methods.indices.map { index in
      let duel = comparison.duels[index]
      let entries = protocols.map { $0.entries[index] }
      let joint = control.flatMap { control in
        index == control
          ? nil : Self.joint(problem.methods[index], problem.methods[control], level: duel.level)
      }
      return Judgement(
        word: Self.word(duel, joint, entries),
        duel: duel,
        joint: joint,
        entries: entries,
        balances: balances[index]
      )
    }
    equal = problem.methods.firstIndex { $0.record.method == MethodLabel.equal }
      .map { comparison.duels[$0] }
  }

  private static func word(
    _ duel: Comparison.Duel,
    _ joint: JointBootstrap?,
    _ entries: [ProtocolComparison.Entry?]
  ) -> Judgement.Word {
    let clear: Judgement.Word
    switch duel.result {
    case .better: clear = .better
    case .worse: clear = .worse
    case .undecided: return .undecided
    case .failed: return .failed
    case .controlFailed: return .controlFailed
    case .none: return .none
    }
    var dependences: [Judgement.Dependence] = []
    if !Judgement.isFirm(joint) { dependences.append(.tuningSeeds) }
    if let main = entries.first ?? nil {
      for (index, entry) in entries.enumerated().dropFirst() {
        if entry?.isFlipped(from: main) ?? false { dependences.append(.neighbour(index)) }
      }
    }
    return dependences.isEmpty ? clear : .depends(dependences)
  }

  private static func joint(
    _ method: MethodResults,
    _ control: MethodResults,
    level: Double?
  ) -> JointBootstrap? {
    guard let own = method.tuned, let other = control.tuned,
      own.tuningSeedCount == other.tuningSeedCount,
      own.results[0].count == other.results[0].count
    else { return nil }
    let level = level ?? 1 - Comparison.alpha
    return JointBootstrap(own, against: other, level: level, alpha: 1 - level)
  }

  /// Whether each method beats the scale control of its group, Holm over the methods that have one.
  private static func balances(_ problem: ProblemResults) -> [Bool?] {
    let tests = problem.methods.map { method -> PairedTTest? in
      guard let name = MethodLabel.scaleControls[method.record.group], method.record.method != name,
        let control = problem.methods.first(where: {
          $0.record.method == name && $0.record.network == method.record.network
        }),
        method.failedCount == 0, control.failedCount == 0
      else { return nil }
      let (own, other) = Score.pairs(method.deltaMBySeed, control.deltaMBySeed)
      return own.count < 2 ? nil : PairedTTest(own, other)
    }
    let adjusted = Holm.adjusted(
      tests.map { $0?.twoSided },
      countingOnce: Identical.firsts(problem.methods.map(\.deltaMBySeed))
    )
    return zip(tests, adjusted).map { test, p in
      test.map { $0.meanDifference < 0 && (p ?? 1) <= Comparison.alpha }
    }
  }
}
