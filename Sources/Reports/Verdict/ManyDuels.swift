internal import Statistics

/// The sentences on a problem with so many methods that one for each would not be read: counts
/// first, then the methods by group, with the size of each difference.
struct ManyDuels {
  /// With more methods than this, they are told together.
  static let fewest = 9

  /// A method that is held against the tuned static weights.
  struct Entry {
    let label: String
    let group: String
    let duel: Comparison.Duel
  }

  let entries: [Entry]
  let comparison: Comparison

  /// Better, worse, practically equal, not to be told apart; what no method is, is left out.
  var sentences: [String] {
    let undecided = entries.filter { $0.duel.result == .undecided }
    return [
      decided(.better, "Better"), decided(.worse, "Worse"),
      equal(undecided.filter(\.duel.isPracticallyEqual)),
      same(undecided.filter(\.duel.isDegenerate)),
      unclear(undecided.filter { !$0.duel.isPracticallyEqual && !$0.duel.isDegenerate }),
      "Every difference with its interval and p: table \(AgainstStaticTable.name).",
    ].compactMap { $0 }
  }

  private func decided(_ result: Comparison.Duel.Result, _ word: String) -> String? {
    sentence(
      entries.filter { $0.duel.result == result },
      word,
      "paired t with Holm over \(comparison.duelCount) methods, by points of Δm"
    ) { entry in
      entry.duel.difference.map { NumberText.fixed($0.mean.magnitude, 2) } ?? "–"
    }
  }

  private func equal(_ entries: [Entry]) -> String? {
    let width = NumberText.fixed(Verdict.equivalence, 1)
    return sentence(
      entries,
      "Practically equal",
      "the 95 % interval within ±\(width) points, difference in points"
    ) { entry in
      entry.duel.difference.map { NumberText.signed($0.mean, 2) } ?? "–"
    }
  }

  private func same(_ entries: [Entry]) -> String? {
    sentence(entries, "The same", "Δm of tuned static weights at every seed") { _ in nil }
  }

  private func unclear(_ entries: [Entry]) -> String? {
    let seeds = TrainingNote.range(entries.compactMap(\.duel.difference?.count)) ?? "no"
    return sentence(
      entries,
      "Cannot tell with \(seeds) seeds",
      "difference in points, and about how many seeds are needed if it is what it looks like"
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
    ("fixed", "fixed weights"), ("loss", "loss weightings"), ("gradient", "gradient weightings"),
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
    let compared = entries.count { $0.duel.result != .none }
    return "\(head), \(chosen.count) of \(compared) methods (\(detail)): "
      + "\(parts.joined(separator: "; "))."
  }
}
