internal import Statistics
internal import Store

/// Wins, ties and losses of a method against tuned static weights, one count a family of problems.
package struct FamilyCounts: Sendable, Hashable {
  /// How one family came out.
  package enum Outcome: Sendable, Hashable {
    /// Better, as the verdict has it.
    case win
    /// Not told apart, or an answer that depends on a choice.
    case tie
    /// Worse, or failed.
    case loss
  }

  /// One a family; nil where nothing is compared.
  package let outcomes: [Outcome?]

  /// Number of wins.
  package var wins: Int { outcomes.count { $0 == .win } }
  /// Number of ties.
  package var ties: Int { outcomes.count { $0 == .tie } }
  /// Number of losses.
  package var losses: Int { outcomes.count { $0 == .loss } }
}

/// The verdicts on all methods, family by family.
///
/// A family of one problem has that problem's verdict. In a family of several, Δm is averaged over its
/// problems at each seed first; the paired t test of the averages, Holm over the methods, decides, and
/// a verdict that depends on something on any of the problems is a tie. A failed run on any of them is
/// a loss, one of the tuned static weights alone a win.
struct FamilyVerdicts: Sendable {
  private let byFamily: [[String: FamilyCounts.Outcome]]

  init(_ results: SuiteResults, counted: [Int], families: [String]) {
    byFamily = families.map { family in
      let members = counted.filter { results.problems[$0].problem.family == family }
      return members.count == 1
        ? Self.single(results, members[0]) : Self.several(results, members)
    }
  }

  /// The outcomes of a method by its label.
  func counts(of label: String) -> FamilyCounts {
    FamilyCounts(outcomes: byFamily.map { $0[label] })
  }

  private static func single(
    _ results: SuiteResults,
    _ problem: Int
  ) -> [String: FamilyCounts.Outcome] {
    var outcomes: [String: FamilyCounts.Outcome] = [:]
    for (method, judgement) in zip(
      results.problems[problem].methods,
      results.judgements[problem].all
    ) {
      outcomes[method.record.label] = outcome(judgement.word)
    }
    return outcomes
  }

  private static func outcome(_ word: Judgement.Word) -> FamilyCounts.Outcome? {
    switch word {
    case .better, .controlFailed: .win
    case .worse, .failed: .loss
    case .undecided, .depends: .tie
    case .none: nil
    }
  }

  private static func several(
    _ results: SuiteResults,
    _ members: [Int]
  ) -> [String: FamilyCounts.Outcome] {
    let seedCount = members.map { results.problems[$0].seeds.count }.min() ?? 0
    // A method that is missing on one of the problems has no mean over them.
    let labels = results.problems[members[0]].methods.map(\.record.label).filter { label in
      members.allSatisfy { results.problems[$0].methods.contains { $0.record.label == label } }
    }
    let words = labels.map { label in
      members.compactMap { member in
        zip(results.problems[member].methods, results.judgements[member].all)
          .first { $0.0.record.label == label }?.1.word
      }
    }
    let scores = labels.map { label in
      (0..<seedCount).map { seed in
        Score.mean(
          members.map { member in
            results.problems[member].method(label)?.deltaMBySeed[seed] ?? .missing
          }
        )
      }
    }
    let comparison = ProtocolComparison(
      ComparisonProtocol(name: "family", choice: "the family", scores: scores),
      control: labels.firstIndex(of: results.rival.label)
    )
    var outcomes: [String: FamilyCounts.Outcome] = [:]
    for (index, label) in labels.enumerated() {
      outcomes[label] = outcome(words[index], comparison.entries[index])
    }
    return outcomes
  }

  private static func outcome(
    _ words: [Judgement.Word],
    _ entry: ProtocolComparison.Entry?
  ) -> FamilyCounts.Outcome? {
    if words.contains(.failed) { return .loss }
    if words.contains(.controlFailed) { return .win }
    guard let entry else { return nil }
    let depends = words.contains { if case .depends = $0 { true } else { false } }
    guard entry.adjustedP <= Comparison.alpha, !depends else { return .tie }
    return entry.difference < 0 ? .win : .loss
  }
}
