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
      "Test metrics, mean ± standard error over \(seedCount(problem)) evaluation seeds; "
        + "all methods share data, initial weights and batches at a seed.",
      "Bold: not significantly worse than the best of the column (paired t, Holm over the column, "
        + "α = \(level)); underlined: the best of the others.",
      "MR: mean rank over the \(problem.columns.count) metrics among these "
        + "\(problem.methods.count) methods.",
    ]
    if problem.reference != nil {
      sentences.append(
        "Δm: change against single-task training of the same seed, averaged within a task, then "
          + "over tasks, with its t interval; ▾: the interval is wholly above 0."
      )
      if problem.control != nil {
        sentences.append(
          "p vs static: paired t of Δm against \(MethodResults.tunedStaticLabel), Holm over "
            + "\(comparison.duelCount) methods."
        )
      }
    }
    sentences.append("Time: median seconds of training a step, relative to equal weights.")
    return sentences + TrainingNote.sentences([problem])
  }

  /// What did not go as planned, a sentence each.
  static func footnotes(of problem: ProblemResults) -> [String] {
    let all = [problem.reference].compactMap { $0 } + problem.methods
    return all.compactMap { failures(of: $0) }
      + all.compactMap { gaps(of: $0, seedCount: problem.seeds.count) }
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
    return "† \(method.record.label): \(method.failedCount) of \(total) seeds failed "
      + "(\(reasons.joined(separator: "; "))); means over the finished seeds, no marks."
  }

  private static func gaps(of method: MethodResults, seedCount: Int) -> String? {
    if let reason = method.reasonSkipped {
      return "\(method.record.label): does not apply: \(reason)."
    }
    let made = method.finishedCount + method.failedCount
    guard made < seedCount else { return nil }
    return "\(method.record.label): \(made) of \(seedCount) seeds are stored so far."
  }

  /// Methods whose learning rate was chosen at an end of its grid.
  static func edges(_ problem: ProblemResults) -> String? {
    let sweep = Set(problem.sweep.map(\.record.label))
    var labels: [String] = []
    for choice in problem.choices
    where choice.isAtEdge && !sweep.contains(choice.method) && !labels.contains(choice.method) {
      labels.append(choice.method)
    }
    if labels.count >= ManyDuels.fewest {
      labels = ["\(labels.count) methods (table \(TuningTable.name))"]
    }
    let points = problem.choices.filter { sweep.contains($0.method) }
    let pointCount = points.count { $0.isAtEdge }
    if pointCount > 0 {
      labels.append("\(pointCount) of \(points.count) points of the static sweep")
    }
    guard !labels.isEmpty else { return nil }
    return "The best learning rate is at an end of the grid, so that a better one may lie outside: "
      + labels.joined(separator: ", ") + "."
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
    return "All seeds gave the same Δm, there is no seed variance to test against: "
      + constant.map(\.record.label).joined(separator: ", ") + "."
  }
}
