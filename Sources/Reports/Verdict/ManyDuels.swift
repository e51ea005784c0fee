internal import Statistics
internal import Store

/// The sentences on a problem with so many methods that one for each would not be read: counts
/// first, then the methods by group, with the size of each difference.
struct ManyDuels {
  /// With more methods than this, they are told together.
  static let fewest = 9

  /// A method that is held against the tuned static weights.
  struct Entry {
    let label: String
    let group: MethodGroup
    let judgement: Judgement

    var duel: Comparison.Duel { judgement.duel }
  }

  let entries: [Entry]
  let rival: Rival
  let comparison: Comparison
  let protocols: [ProtocolComparison]

  /// Better, worse, dependent, practically equal, not to be told apart; what no method is, is left out.
  var sentences: [String] {
    let undecided = entries.filter { $0.judgement.word == .undecided }
    return [
      decided(.better, "Better"), decided(.worse, "Worse"), dependent,
      equal(undecided.filter(\.judgement.isPracticallyEqual)),
      same(undecided.filter(\.duel.isDegenerate)),
      unclear(undecided.filter { !$0.judgement.isPracticallyEqual && !$0.duel.isDegenerate }),
      "Every difference with its interval and p: tables \(AgainstStaticTable.name) and "
        + "\(ProtocolTable.name).",
    ].compactMap { $0 }
  }

  private func decided(_ word: Judgement.Word, _ head: String) -> String? {
    sentence(
      entries.filter { $0.judgement.word == word },
      head,
      "paired t with Holm over \(NumberText.counted(comparison.duelCount, "method")), by points of Δm"
    ) { entry in
      entry.duel.difference.map { NumberText.fixed($0.mean.magnitude, 2) } ?? FormatPlusMinus.dash
    }
  }

  private var dependent: String? {
    let chosen = entries.filter { if case .depends = $0.judgement.word { true } else { false } }
    return sentence(chosen, "Depends", "difference in points, and on what") { entry in
      guard let difference = entry.duel.difference,
        case .depends(let dependences) = entry.judgement.word
      else { return nil }
      return "\(NumberText.signed(difference.mean, 2)), "
        + JudgementText.dependences(dependences, protocols)
    }
  }

  private func equal(_ entries: [Entry]) -> String? {
    let width = NumberText.fixed(Verdict.equivalence, 1)
    return sentence(
      entries,
      "Practically equal",
      "the adjusted 95 % interval within ±\(width) points, difference in points"
    ) { entry in
      entry.duel.difference.map { NumberText.signed($0.mean, 2) } ?? FormatPlusMinus.dash
    }
  }

  private func same(_ entries: [Entry]) -> String? {
    sentence(entries, "The same", "Δm of \(rival.name) at every seed") { _ in nil }
  }

  private func unclear(_ entries: [Entry]) -> String? {
    let seeds = TrainingNote.range(entries.compactMap(\.duel.difference?.count)) ?? "no"
    return sentence(
      entries,
      "Cannot tell with \(seeds) seeds",
      "difference in points, and about how many seeds would be needed if the true difference is this large"
    ) { entry in
      guard let difference = entry.duel.difference else { return nil }
      let size = NumberText.signed(difference.mean, 2)
      guard let needed = comparison.seedsNeeded(entry.duel) else {
        return "\(size), over \(Comparison.mostSeeds)"
      }
      return "\(size), \(max(needed, difference.count + 1))"
    }
  }

  private static let groups = [
    (MethodGroup.fixed, "fixed weights"), (.control, "scale controls"),
    (.loss, "loss weightings"), (.gradient, "gradient weightings"),
  ]

  private func sentence(
    _ chosen: [Entry],
    _ head: String,
    _ detail: String,
    _ number: (Entry) -> String?
  ) -> String? {
    guard !chosen.isEmpty else { return nil }
    let parts = Self.groups.compactMap { group, title -> String? in
      let own = chosen.filter { $0.group == group }.map { entry in
        number(entry).map { "\(entry.label) (\($0))" } ?? entry.label
      }
      return own.isEmpty ? nil : "\(title) \(own.joined(separator: ", "))"
    }
    let compared = entries.count { $0.judgement.word != .none }
    return "\(head), \(chosen.count) of \(NumberText.counted(compared, "method")) (\(detail)): "
      + "\(parts.joined(separator: "; "))."
  }
}
