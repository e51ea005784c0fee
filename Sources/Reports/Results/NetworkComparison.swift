package import Statistics
package import Store

/// The networks of one problem, each against the first: the same methods on the same seeds, data and
/// batches.
///
/// At each seed the Δm of the methods that ran on both networks are averaged on each, and the
/// differences of the averages are tested: paired t, Holm over the networks.
package struct NetworkComparison: Sendable {
  /// How a network stands to the first one.
  package enum Word: Sendable, Hashable {
    case better
    case worse
    /// Significant, with another sign under a protocol that another author might have chosen.
    case depends(on: [String])
    case undecided
    /// Runs of some method failed on it.
    case failed
    /// The first network itself, or nothing to compare.
    case none
  }

  /// One network.
  package struct Line: Sendable {
    package let network: NetworkRecord
    /// Labels of the methods that ran on it and on the first network, of the latter those that ran on
    /// some other too; as they are called on the first network.
    package let methods: [String]
    /// Mean Δm of these methods at each seed, shape [seedCount].
    package let scores: [Score]
    /// Over the methods that ran on both, at each seed; negative is better.
    package let differences: [Score]
    /// Their mean; nil for the first network.
    ///
    /// Its interval is at the level at which Holm's procedure tests the network.
    package let difference: SeedSummary?
    /// p after Holm's correction over the networks.
    package let adjustedP: Double?
    package let word: Word
  }

  /// One for each network, in the suite's order; empty for a single one.
  package let lines: [Line]

  package init(_ problem: ProblemResults) {
    guard let first = problem.networks.first, problem.networks.count > 1 else {
      lines = []
      return
    }
    var pairs = problem.networks.map { Self.pairs(of: $0, with: first, problem) }
    // What ran on the first network alone, as the rivals of fixed weights, is in no mean.
    let compared = Set(pairs.dropFirst().joined().map(\.first))
    pairs[0] = pairs[0].filter { compared.contains($0.first) }
    let protocols = ComparisonProtocol.all(problem).map { whole in
      let differences = pairs.map { pairs in
        Self.differences(pairs.map { (whole.scores[$0.own], whole.scores[$0.first]) })
      }
      // The first network is the control, with a difference of 0 to itself at every seed.
      let zeros = problem.seeds.map { _ in Score.value(0) }
      return ProtocolComparison(
        ComparisonProtocol(
          name: whole.name,
          choice: whole.choice,
          test: whole.test,
          scores: [zeros] + differences.dropFirst()
        ),
        control: 0
      )
    }
    let main = protocols.first?.entries ?? problem.networks.map { _ in nil }
    let levels = Holm.levels(
      main.map { $0?.p },
      alpha: Comparison.alpha,
      countingOnce: Identical.firsts(protocols.first?.protocol.scores ?? [])
    )
    lines = problem.networks.enumerated().map { index, network in
      let entries = protocols.map { $0.entries[index] }
      let scores = pairs[index].map { problem.methods[$0.own].deltaMBySeed }
      let differences = protocols.first?.protocol.scores[index] ?? []
      return Line(
        network: network,
        methods: pairs[index].map { problem.methods[$0.first].record.label },
        scores: problem.seeds.indices.map { seed in Score.mean(scores.map { $0[seed] }) },
        differences: differences,
        difference: index == 0
          ? nil : SeedSummary(differences, level: levels[index] ?? 1 - Comparison.alpha),
        adjustedP: entries.first.flatMap { $0?.adjustedP },
        word: index == 0
          ? .none : Self.word(entries, protocols, hasFailed: differences.contains(.failed))
      )
    }
  }

  /// Positions of the methods that ran on a network and on the first one.
  private static func pairs(
    of network: NetworkRecord,
    with first: NetworkRecord,
    _ problem: ProblemResults
  ) -> [(own: Int, first: Int)] {
    problem.methods.indices.compactMap { own in
      let record = problem.methods[own].record
      guard record.network == network.label else { return nil }
      let place = problem.methods.firstIndex { other in
        other.record.network == first.label
          && (network.label == first.label
            ? other.record.label == record.label
            : "\(network.label): \(other.record.label)" == record.label)
      }
      return place.map { (own, $0) }
    }
  }

  /// The mean difference at each seed; it needs a number of every method.
  private static func differences(_ pairs: [(own: [Score], first: [Score])]) -> [Score] {
    guard let count = pairs.first?.own.count else { return [] }
    return (0..<count).map { seed in
      Score.mean(
        pairs.map { own, first in
          guard let absence = Score.absence(in: [own[seed], first[seed]]) else {
            return Score(own[seed].number - first[seed].number)
          }
          return absence
        }
      )
    }
  }

  private static func word(
    _ entries: [ProtocolComparison.Entry?],
    _ protocols: [ProtocolComparison],
    hasFailed: Bool
  ) -> Word {
    if hasFailed { return .failed }
    guard let main = entries.first ?? nil else { return .none }
    guard main.adjustedP <= Comparison.alpha else { return .undecided }
    var choices: [String] = []
    for (entry, comparison) in zip(entries, protocols).dropFirst() {
      let choice = comparison.protocol.choice
      if entry?.isFlipped(from: main) ?? false, !choices.contains(choice) { choices.append(choice) }
    }
    guard choices.isEmpty else { return .depends(on: choices) }
    return main.difference < 0 ? .better : .worse
  }
}
