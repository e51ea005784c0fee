internal import Statistics
internal import Store

/// The sentences of captions and footnotes, made from what the store says.
enum ReportNotes {
  /// What a comparison's numbers are: seeds, errors, marks, averaging, budget, checkpoint.
  static func caption(
    of problem: ProblemResults,
    _ comparison: Comparison
  ) -> [String] {
    let level = NumberText.fixed(Comparison.alpha, 2)
    var sentences = [
      "Test metrics, mean ± standard error over \(NumberText.counted(seedCount(problem), "evaluation seed"))"
        + (problem.importedFrom == nil
          ? "; all methods share data, initial weights and batches at a seed." : "."),
      "Bold: not significantly worse than the best of the column (paired t, Holm over the column, "
        + "α = \(level)); underlined: the best of the others.",
      "MR: mean rank over the \(NumberText.counted(problem.columns.count, "metric")) among "
        + "\(NumberText.these(problem.methods.count, "method")).",
    ]
    if problem.reference != nil {
      sentences.append(
        "Δm: change against single-task training of the same seed, averaged within a task, then "
          + "over tasks, with its t interval; ▾: the interval is wholly above 0."
      )
      if problem.control != nil {
        sentences.append(
          "p vs \(problem.rival.short): paired t of Δm against \(problem.rival.label), Holm over "
            + "\(NumberText.counted(comparison.duelCount, "method"))."
        )
      }
    }
    guard problem.importedFrom == nil else { return sentences + ImportNote.sentences([problem]) }
    sentences.append("Time: median seconds of training a step, relative to equal weights.")
    return sentences + networks(problem)
  }

  /// Which rows are of which network; none for a single one.
  static func networks(_ problem: ProblemResults) -> [String] {
    guard problem.networks.count > 1, let first = problem.networks.first else { return [] }
    return [
      "Rows without the name of a network are of \(first.label), "
        + "\(MethodLabel.tunedStatic) among them; single-task networks are the same for all."
    ]
  }

  /// What did not go as planned, a sentence each.
  static func footnotes(of problem: ProblemResults) -> [String] {
    let all = [problem.reference].compactMap { $0 } + problem.methods
    return all.compactMap { failures(of: $0) }
      + all.compactMap { gaps(of: $0, problem) }
      + UndefinedNote.sentences(problem)
      + [edges(problem), noisyBase(problem), constant(problem)].compactMap { $0 }
  }

  /// The number of evaluation seeds.
  static func seedCount(_ problem: ProblemResults) -> Int { problem.seeds.count }

  /// `† 2 of 10 runs failed` with the reasons, or nil.
  static func failures(of method: MethodResults) -> String? {
    guard method.failedCount > 0 else { return nil }
    var reasons: [String] = []
    for case .failed(let reason) in method.outcomes where !reasons.contains(reason) {
      reasons.append(reason.isEmpty ? "no reason stored" : reason)
    }
    let total = method.failedCount + method.finishedCount
    return
      "† \(method.record.label): \(method.failedCount) of \(NumberText.counted(total, "seed")) failed "
      + "(\(reasons.joined(separator: "; "))); means over the finished seeds, no marks."
  }

  private static func gaps(of method: MethodResults, _ problem: ProblemResults) -> String? {
    if let reason = method.reasonSkipped {
      return "\(method.record.label): does not apply: \(reason)."
    }
    if let reason = problem.reasonWithoutRuns(method) {
      return "\(method.record.label): no runs: \(reason)."
    }
    let made = method.finishedCount + method.failedCount
    let planned = problem.plannedCount(of: method)
    guard made < planned else { return nil }
    return
      "\(method.record.label): \(made) of \(NumberText.counted(planned, "seed")) are stored so far."
  }

  /// What tuning chose at the border of what it tried.
  static func edges(_ problem: ProblemResults) -> String? {
    let points = Set(problem.sweep.map(\.record.label))
    var labels: [String: [String]] = [:]
    for choice in problem.choices where !points.contains(choice.method) {
      for edge in choice.edges where !(labels[edge] ?? []).contains(choice.method) {
        labels[edge, default: []].append(choice.method)
      }
    }
    guard !labels.isEmpty else { return nil }
    let parts = labels.keys.sorted().map { edge in
      let own = labels[edge] ?? []
      let methods =
        own.count >= ManyDuels.fewest
        ? "\(own.count) methods (table \(TuningTable.name))" : own.joined(separator: ", ")
      return "\(edge.replacing("_", with: " ")) of \(methods)"
    }
    return "At the border of what was tried, so that a better choice may lie outside: "
      + parts.joined(separator: "; ") + "."
  }

  private static func noisyBase(_ problem: ProblemResults) -> String? {
    let noisy = problem.methods.filter { $0.failedCount == 0 && $0.deltaM?.isBaseNoisy == true }
    guard !noisy.isEmpty else { return nil }
    return "Single-task training varies so much between seeds that Δm of the averaged metrics "
      + "differs by more than a quarter of the interval's half width: "
      + noisy.map(\.record.label).joined(separator: ", ") + "."
  }

  private static func constant(_ problem: ProblemResults) -> String? {
    let constant = problem.methods.filter {
      $0.failedCount == 0 && $0.deltaMSummary?.isConstant == true
    }
    guard !constant.isEmpty else { return nil }
    return "All seeds gave the same Δm, so there is no variance between seeds to test against: "
      + constant.map(\.record.label).joined(separator: ", ") + "."
  }
}
