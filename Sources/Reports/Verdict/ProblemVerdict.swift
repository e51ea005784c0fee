internal import Statistics
internal import Store

/// The sentences on one problem, each with the numbers it rests on.
package struct ProblemVerdict: Sendable {
  /// In the order they are read in.
  package let sentences: [String]

  package init(_ problem: ProblemResults, _ judgements: Judgements) {
    guard let control = Self.control(of: problem) else {
      sentences =
        [Self.noControl(problem)] + UndefinedNote.sentences(problem) + Self.failures(problem)
        + Self.warnings(problem)
      return
    }
    let named = zip(problem.methods, judgements.all).map {
      Named(label: $0.record.label, method: $0, judgement: $1)
    }
    let compared = named.filter { $0.judgement.word != .none }
    sentences =
      [Self.headline(control, named, problem)]
      + [Self.worseThanEqual(judgements), Self.luck(control, judgements)].compactMap { $0 }
      + (compared.count < ManyDuels.fewest
        ? Self.oneByOne(named, judgements, problem.rival)
        : Self.together(named, judgements, problem.rival))
      + Self.balance(named) + Self.identical(named, problem)
      + UndefinedNote.sentences(problem)
      + Self.failures(problem)
      + Self.warnings(problem)
  }

  /// The tuned static weights, where something can be held against them.
  private static func control(of problem: ProblemResults) -> MethodResults? {
    guard problem.reference != nil, let control = problem.control, control.deltaM != nil,
      !control.runs.allSatisfy(\.isEmpty)
    else { return nil }
    return control
  }

  /// Why there is no verdict on any method; nil where there is one.
  static func reasonForNone(_ problem: ProblemResults, _ judgements: Judgements) -> String? {
    guard judgements.all.allSatisfy({ $0.word == .none }) else { return nil }
    return control(of: problem).map { nothingCompared($0, problem) } ?? noControl(problem)
  }

  private struct Named {
    let label: String
    let method: MethodResults
    let judgement: Judgement

    var duel: Comparison.Duel { judgement.duel }
  }

  private static func oneByOne(
    _ named: [Named],
    _ judgements: Judgements,
    _ rival: Rival
  ) -> [String] {
    decided(.better, named, judgements.comparison)
      + decided(.worse, named, judgements.comparison)
      + dependent(named, judgements.protocols) + undecided(named, judgements.comparison, rival)
  }

  private static func together(
    _ named: [Named],
    _ judgements: Judgements,
    _ rival: Rival
  ) -> [String] {
    let entries = named.map {
      ManyDuels.Entry(label: $0.label, group: $0.method.record.group, judgement: $0.judgement)
    }
    return ManyDuels(
      entries: entries,
      rival: rival,
      comparison: judgements.comparison,
      protocols: judgements.protocols
    ).sentences
  }

  private static func noControl(_ problem: ProblemResults) -> String {
    if problem.reference == nil {
      return "There is no single-task training to compare with, so there is no Δm and no verdict."
    }
    if problem.control == nil, problem.problem.ownTasks.count < 2 {
      return "With a single task there are no weights to tune, so there is no verdict."
    }
    if let control = problem.control, let reason = problem.reasonWithoutRuns(control) {
      return "There are no tuned static weights to compare with, so there is no verdict: \(reason)."
    }
    if problem.importedFrom != nil, problem.control == nil {
      return
        "No method is named to compare the others with, so there is no verdict; --against names one."
    }
    return "There are no results of \(problem.rival.name) yet, so there is no verdict."
  }

  /// How many methods beat the control, and where the control stands.
  private static func headline(
    _ control: MethodResults,
    _ named: [Named],
    _ problem: ProblemResults
  ) -> String {
    let compared = named.filter { $0.judgement.word != .none }
    let better = compared.count { [.better, .controlFailed].contains($0.judgement.word) }
    guard !compared.isEmpty else { return nothingCompared(control, problem) }
    var sentence = winners(better, compared.map(\.label)) + " \(problem.rival.name)"
    if let weights = problem.tunedWeights { sentence += " (\(weights))" }
    if let summary = control.deltaMSummary, summary.count > 0 {
      sentence += ", whose Δm is \(NumberText.signed(summary.mean, 2)) %"
      if summary.interval.lower.isFinite {
        sentence +=
          " (95 % interval \(JudgementText.range(summary.interval.lower, summary.interval.upper)))"
      }
      sentence += " over \(NumberText.counted(summary.count, "seed"))"
    }
    return sentence + "." + (rivalFailures(problem).map { " \($0)" } ?? "")
  }

  /// `uw does not beat`, `none of the 3 methods beats`, `2 of the 3 methods beat`, at a sentence's start.
  private static func winners(_ count: Int, _ labels: [String]) -> String {
    if labels.count == 1 { return labels[0] + (count == 0 ? " does not beat" : " beats") }
    let who = count == 0 ? "None" : "\(count)"
    return "\(who) of the \(labels.count) methods \(count < 2 ? "beats" : "beat")"
  }

  private static func nothingCompared(
    _ control: MethodResults,
    _ problem: ProblemResults
  ) -> String {
    if problem.methods.allSatisfy({ $0.record.label == control.record.label }) {
      return "There is no method to hold against \(problem.rival.name)."
    }
    if control.deltaMBySeed.count == 1 {
      return "With one seed there is no spread to test against, so there is no verdict."
    }
    return "No method shares two seeds with \(problem.rival.name) at which Δm is defined, so there "
      + "is no verdict."
  }

  /// Who is compared with and failed, and what follows; nil where it never failed.
  static func rivalFailures(_ problem: ProblemResults) -> String? {
    guard let control = control(of: problem), control.failedCount > 0 else { return nil }
    let all = control.failedCount + control.finishedCount
    return "The rival, \(problem.rival.name), failed on \(control.failedCount) of "
      + "\(NumberText.counted(all, "seed")), and loses to every method that never failed."
  }

  /// Where tuning has chosen weights that are worse than none.
  static func worseThanEqual(_ judgements: Judgements) -> String? {
    guard judgements.isRivalTuned, let equal = judgements.equal, equal.result == .better,
      let difference = equal.difference
    else { return nil }
    return "The tuned static weights do worse than equal weights, by "
      + "\(NumberText.fixed(difference.mean.magnitude, 2)) points "
      + "(\(JudgementText.p(equal.adjustedP))): their search chose badly."
  }

  /// How firm the choice of the weights is, and what it costs.
  private static func luck(_ control: MethodResults, _ judgements: Judgements) -> String? {
    guard let tuned = control.tuned, tuned.results.count > 1, let regret = tuned.regret,
      let joint = judgements.all.compactMap(\.joint).first
    else { return nil }
    return
      "Drawn anew, the \(NumberText.counted(joint.tuningSeedCount, "tuning seed")) choose the same "
      + "static weights in \(JudgementText.percent(joint.controlStability)) of draws; on test data the "
      + "best of the \(NumberText.counted(tuned.results.count, "finalist")) has a Δm lower by "
      + "\(NumberText.fixed(regret, 2)) points, the regret of the choice."
  }

  /// Who is better, or worse, by how much.
  private static func decided(
    _ word: Judgement.Word,
    _ named: [Named],
    _ comparison: Comparison
  ) -> [String] {
    let parts = named.filter { $0.judgement.word == word }.compactMap {
      named -> (Double, String)? in
      guard let difference = named.duel.difference else { return nil }
      let size = NumberText.fixed(difference.mean.magnitude, 2)
      var grounds =
        named.duel.isDegenerate
        ? "the same difference at every seed, no seed variance to test"
        : "\(JudgementText.range(difference.interval.lower, difference.interval.upper)), "
          + JudgementText.p(named.duel.adjustedP)
      if let joint = named.judgement.joint { grounds += "; \(JudgementText.luck(joint))" }
      return (difference.mean.magnitude, "\(named.label) by \(size) (\(grounds))")
    }
    guard !parts.isEmpty else { return [] }
    let ordered = parts.sorted { $0.0 > $1.0 }.map(\.1)
    let head = word == .better ? "Better" : "Worse"
    return [
      "\(head), by points of Δm with the adjusted 95 % interval and p (paired t, Holm over "
        + "\(NumberText.counted(comparison.duelCount, "method"))): \(Verdict.list(ordered))."
    ]
  }

  /// Whose answer rests on a choice, and what it is under the others.
  private static func dependent(
    _ named: [Named],
    _ protocols: [ProtocolComparison]
  ) -> [String] {
    named.compactMap { named in
      guard case .depends(let dependences) = named.judgement.word else { return nil }
      return "\(named.label): depends on \(JudgementText.dependences(dependences, protocols)) "
        + "(difference \(JudgementText.difference(named.duel)), "
        + "\(JudgementText.p(named.duel.adjustedP)); "
        + "\(JudgementText.grounds(named.judgement, dependences, protocols)))."
    }
  }

  /// Who cannot be told apart from the control, and how many seeds would do.
  private static func undecided(
    _ named: [Named],
    _ comparison: Comparison,
    _ rival: Rival
  ) -> [String] {
    named.filter { $0.judgement.word == .undecided }.compactMap { named in
      guard let difference = named.duel.difference else { return nil }
      let interval = JudgementText.range(difference.interval.lower, difference.interval.upper)
      let measured =
        "difference \(NumberText.signed(difference.mean, 2)) points, adjusted 95 % interval "
        + interval
      if named.duel.isDegenerate {
        return "\(named.label): the same Δm as \(rival.name) at every seed."
      }
      if named.judgement.isPracticallyEqual {
        return "\(named.label): practically equal to \(rival.name) (\(measured), which is "
          + "within ±\(NumberText.fixed(Verdict.equivalence, 1)))."
      }
      return "\(named.label): cannot tell with \(NumberText.counted(difference.count, "seed")) "
        + "(\(measured), \(JudgementText.p(named.duel.adjustedP))); "
        + needed(difference, comparison.seedsNeeded(named.duel))
    }
  }

  private static func needed(_ difference: SeedSummary, _ seeds: Int?) -> String {
    guard let seeds else {
      return
        "more than \(Comparison.mostSeeds) would be needed if the true difference is this large."
    }
    if seeds <= difference.count {
      return "about as many again would be needed to be sure."
    }
    return "about \(seeds) would be needed if the true difference is this large."
  }

  /// Whether what wins does so by balancing the tasks, or by the size of its steps.
  private static func balance(_ named: [Named]) -> [String] {
    let winners = named.filter { $0.judgement.word == .better }
    let balancing = winners.filter { $0.judgement.balances == true }.map(\.label)
    let scaling = winners.filter { $0.judgement.balances == false }.map(\.label)
    return [
      balancing.isEmpty
        ? nil
        : "Better than its scale control too, so that its gain comes from balancing the tasks: "
          + "\(Verdict.list(balancing)).",
      scaling.isEmpty
        ? nil
        : "Not better than its scale control, which weighs the tasks alike, so that its gain may come "
          + "from larger or smaller steps alone: \(Verdict.list(scaling)).",
    ].compactMap { $0 }
  }

  /// Methods that are one and the same here, and count once.
  private static func identical(_ named: [Named], _ problem: ProblemResults) -> [String] {
    let parts = named.compactMap { named in
      named.duel.sameAs.map { "\(named.label) as \(problem.methods[$0].record.label)" }
    }
    guard !parts.isEmpty else { return [] }
    return [
      "The same results at every seed, counted once in Holm's correction: \(Verdict.list(parts))."
    ]
  }

  private static func failures(_ problem: ProblemResults) -> [String] {
    let all = [problem.reference].compactMap { $0 } + problem.methods
    let failed = all.filter { $0.failedCount > 0 }.map { method in
      "\(method.record.label) on \(method.failedCount) of "
        + NumberText.counted(method.failedCount + method.finishedCount, "seed")
    }
    let skipped = all.compactMap { method in
      method.reasonSkipped.map { "\(method.record.label) does not apply: \($0)." }
    }
    return
      (failed.isEmpty ? [] : ["Failed, and thus not counted as better: \(Verdict.list(failed))."])
      + skipped
  }

  private static func warnings(_ problem: ProblemResults) -> [String] {
    [ReportNotes.edges(problem)].compactMap { $0 } + gaps(problem)
  }

  /// Runs that are still to come, and few seeds.
  static func gaps(_ problem: ProblemResults) -> [String] {
    var gaps: [String] = []
    let all = [problem.reference].compactMap { $0 } + problem.methods
    let open = all.filter { method in
      method.finishedCount + method.failedCount < problem.plannedCount(of: method)
        && method.reasonSkipped == nil && problem.reasonWithoutRuns(method) == nil
    }
    if !open.isEmpty {
      let parts = open.map { method in
        let planned = NumberText.counted(problem.plannedCount(of: method), "seed")
        return "\(method.record.label) \(method.finishedCount + method.failedCount) of \(planned)"
      }
      gaps.append("Not all runs are stored yet: \(Verdict.list(parts)).")
    }
    // With a rival the headline has said so.
    if problem.seeds.count == 1, control(of: problem) == nil {
      gaps.append("With one seed, nothing can be said about how runs differ.")
    } else if problem.seeds.count > 1, problem.seeds.count < fewestSeeds {
      gaps.append(
        "With only \(problem.seeds.count) seeds, differences below about "
          + "\(NumberText.fixed(leastSignificant(problem.seeds.count), 1)) of their standard deviations "
          + "between seeds cannot be significant."
      )
    }
    return gaps
  }

  /// The least mean difference that a paired t test of some seeds calls significant, in standard deviations of
  /// the differences.
  private static func leastSignificant(_ seedCount: Int) -> Double {
    StudentT.quantile(1 - Comparison.alpha / 2, degreesOfFreedom: Double(seedCount - 1))
      / Double(seedCount).squareRoot()
  }

  /// With fewer, 80 % power against 24 rivals needs an effect of more than two standard deviations.
  ///
  /// Source: the planning numbers of this project's statistics reference, section 3.
  private static let fewestSeeds = 9
}
