internal import Statistics
internal import Store

/// The sentences on one problem, each with the numbers it rests on.
package struct ProblemVerdict: Sendable {
  /// In the order they are read in.
  package let sentences: [String]

  package init(_ problem: ProblemResults) {
    guard problem.reference != nil, let control = problem.control, control.deltaM != nil else {
      sentences =
        [Self.noControl(problem)] + Self.failures(problem) + Self.warnings(problem)
      return
    }
    let comparison = Comparison(problem)
    let duels = zip(problem.methods, comparison.duels).map {
      Named(label: $0.record.label, method: $0, duel: $1)
    }
    let compared = duels.filter { $0.duel.result != .none }
    sentences =
      [Self.headline(control, duels, problem)]
      + (compared.count < ManyDuels.fewest
        ? Self.oneByOne(duels, comparison) : Self.together(duels, comparison))
      + Self.failures(problem)
      + Self.warnings(problem)
  }

  private struct Named {
    let label: String
    let method: MethodResults
    let duel: Comparison.Duel
  }

  private static func oneByOne(_ duels: [Named], _ comparison: Comparison) -> [String] {
    decided(.better, duels, comparison) + decided(.worse, duels, comparison)
      + undecided(duels, comparison)
  }

  private static func together(_ duels: [Named], _ comparison: Comparison) -> [String] {
    let entries = duels.map {
      ManyDuels.Entry(label: $0.label, group: $0.method.record.group, duel: $0.duel)
    }
    return ManyDuels(entries: entries, comparison: comparison).sentences
  }

  private static func noControl(_ problem: ProblemResults) -> String {
    problem.reference == nil
      ? "There is no single-task training to compare with, so there is no Δm and no verdict."
      : "There are no results of tuned static weights yet, so there is no verdict."
  }

  /// How many methods beat the control, and where the control stands.
  private static func headline(
    _ control: MethodResults,
    _ duels: [Named],
    _ problem: ProblemResults
  ) -> String {
    let compared = duels.filter { $0.duel.result != .none }
    let better = compared.count { $0.duel.result == .better }
    let name = compared.count == 1 ? "method" : "methods"
    var sentence =
      "\(better == 0 ? "None" : "\(better)") of \(compared.count) \(name) "
      + "\(better == 1 ? "beats" : "beat") tuned static weights"
    if let summary = control.deltaMSummary, summary.count > 0 {
      sentence += ", whose Δm is \(NumberText.signed(summary.mean, 2)) %"
      if summary.interval.lower.isFinite {
        sentence += " (95 % interval \(range(summary.interval.lower, summary.interval.upper)))"
      }
      sentence += " over \(summary.count) seeds"
    }
    return sentence + "."
  }

  /// Who is better, or worse, by how much.
  private static func decided(
    _ result: Comparison.Duel.Result,
    _ duels: [Named],
    _ comparison: Comparison
  ) -> [String] {
    let parts = duels.filter { $0.duel.result == result }.compactMap { named -> (Double, String)? in
      guard let difference = named.duel.difference else { return nil }
      let size = NumberText.fixed(difference.mean.magnitude, 2)
      let ends = [difference.interval.lower.magnitude, difference.interval.upper.magnitude]
      let p =
        named.duel.isDegenerate
        ? "the same difference at every seed, no seed variance to test"
        : "95 % interval \(range(ends.min() ?? 0, ends.max() ?? 0)), \(pText(named.duel.adjustedP))"
      return (difference.mean.magnitude, "\(named.label) by \(size) points (\(p))")
    }
    guard !parts.isEmpty else { return [] }
    let ordered = parts.sorted { $0.0 > $1.0 }.map(\.1)
    let word = result == .better ? "Better" : "Worse"
    return [
      "\(word), in points of Δm, paired t with Holm over \(comparison.duelCount) methods: "
        + "\(Verdict.list(ordered))."
    ]
  }

  /// Who cannot be told apart from the control, and how many seeds would do.
  private static func undecided(_ duels: [Named], _ comparison: Comparison) -> [String] {
    duels.filter { $0.duel.result == .undecided }.compactMap { named in
      guard let difference = named.duel.difference else { return nil }
      let measured =
        "difference \(NumberText.signed(difference.mean, 2)) points, 95 % interval "
        + "\(range(difference.interval.lower, difference.interval.upper))"
      if named.duel.isDegenerate {
        return "\(named.label): the same Δm as tuned static weights at every seed."
      }
      if named.duel.isPracticallyEqual {
        return "\(named.label): practically equal to tuned static weights (\(measured), which is "
          + "within ±\(NumberText.fixed(Verdict.equivalence, 1)))."
      }
      return "\(named.label): cannot tell with \(difference.count) seeds (\(measured), "
        + "\(pText(named.duel.adjustedP))); "
        + needed(difference, comparison.seedsNeeded(named.duel))
    }
  }

  private static func needed(_ difference: SeedSummary, _ seeds: Int?) -> String {
    guard let seeds else {
      return "more than \(Comparison.mostSeeds) needed if the difference is what it looks like."
    }
    if seeds <= difference.count {
      return "about as many again needed to be sure."
    }
    return "about \(seeds) needed if the difference is what it looks like."
  }

  private static func failures(_ problem: ProblemResults) -> [String] {
    let all = [problem.reference].compactMap { $0 } + problem.methods
    let failed = all.filter { $0.failedCount > 0 }.map { method in
      "\(method.record.label) on \(method.failedCount) of "
        + "\(method.failedCount + method.finishedCount) seeds"
    }
    let skipped = all.compactMap { method in
      method.reasonSkipped.map { "\(method.record.label) does not apply: \($0)." }
    }
    return
      (failed.isEmpty ? [] : ["Failed, and thus not counted as better: \(Verdict.list(failed))."])
      + skipped
  }

  private static func warnings(_ problem: ProblemResults) -> [String] {
    var warnings = [ReportNotes.edges(problem)].compactMap { $0 }
    let all = [problem.reference].compactMap { $0 } + problem.methods
    let made = all.map { $0.finishedCount + $0.failedCount }
    let planned = problem.seeds.count
    let open = zip(all, made).filter { $1 < planned && $0.reasonSkipped == nil }
    if !open.isEmpty {
      warnings.append(
        "Not all runs are stored yet: "
          + Verdict.list(open.map { "\($0.record.label) \($1) of \(planned) seeds" }) + "."
      )
    }
    if planned < fewestSeeds {
      warnings.append(
        "\(planned) seeds are few: differences of less than about two standard deviations between "
          + "seeds cannot be seen."
      )
    }
    return warnings
  }

  /// With fewer, 80 % power against 24 rivals needs an effect of more than two standard deviations.
  ///
  /// Source: the planning numbers of this project's statistics reference, section 3.
  private static let fewestSeeds = 9

  private static func range(_ lower: Double, _ upper: Double) -> String {
    "\(NumberText.signed(lower, 2)) to \(NumberText.signed(upper, 2))"
  }

  private static func pText(_ p: Double?) -> String {
    guard let p else { return "no p" }
    return p < 0.001 ? "p < 0.001" : "p = \(NumberText.fixed(p, 3))"
  }
}
