internal import Statistics
internal import Store

/// The verdict of a suite in one table: a row a problem.
package enum VerdictTable: ReportTable {
  package static let name = "verdict"
  package static let summary =
    "per problem what wins and loses against tuned static weights, by how much, and on what"
  package static let scope = ReportScope.suite

  /// More methods than this in one cell are counted.
  private static let mostNamed = 2

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    let told = results.problems.indices.filter { index in
      results.problems[index].methods.contains { $0.finishedCount > 0 || $0.failedCount > 0 }
    }
    guard !told.isEmpty else {
      throw .notApplicable(table: name, reason: "no evaluation run is stored yet")
    }
    return Table(
      name: name,
      title: "Against \(results.rival.label) by problem, in points of Δm",
      labelHead: "Problem",
      columns: columns(
        hasMechanism: told.contains { !results.problems[$0].mechanism.isEmpty },
        hasOtherBase: told.contains { !results.problems[$0].otherReferences.isEmpty }
      ),
      rows: told.map { row(results.problems[$0], results.judgements[$0]) },
      caption: told.allSatisfy { hasNoVerdict(results.problems[$0], results.judgements[$0]) }
        ? [] : caption(results),
      footnotes: footnotes(told.map { (results.problems[$0], results.judgements[$0]) })
    )
  }

  private static func columns(hasMechanism: Bool, hasOtherBase: Bool) -> [Table.Column] {
    [
      Table.Column(
        name: "multi_task",
        head: "Together against alone",
        formula:
          "delta_m of static (tuned) with its 95 % interval and weights: whether training the "
          + "tasks together pays against single-task training"
      ),
      Table.Column(
        name: "other_base",
        head: "Against other ones alone",
        formula:
          "the same against the suite's other single-task networks, such as ones that have as many "
          + "parameters together as the shared network",
        isOnlyInCSV: !hasOtherBase
      ),
      Table.Column(
        name: "wins",
        head: "Wins",
        formula:
          "methods with the verdict better, with their differences, and those that never failed where "
          + "the rival did; balances: also better than the scale control"
      ),
      Table.Column(
        name: "loses",
        head: "Loses",
        formula: "methods with the verdict worse, with their differences, and those that failed"
      ),
      Table.Column(
        name: "open",
        head: "Open",
        formula: "methods whose answer rests on a choice, and how many are not told apart"
      ),
      Table.Column(
        name: "mechanism",
        head: "Mechanism",
        formula: "how the tasks stand to each other, as measured in training with equal weights",
        isOnlyInCSV: !hasMechanism
      ),
    ]
  }

  private static func row(_ problem: ProblemResults, _ judgements: Judgements) -> Table.Row {
    let named = zip(problem.methods, judgements.all).map { (label: $0.record.label, judgement: $1) }
    let words = { (word: Judgement.Word) in
      named.filter { $0.judgement.word == word }
        .sorted { size($0.judgement) > size($1.judgement) }
    }
    let losers =
      words(.worse).map { "\($0.label) \(points($0.judgement))" }
      + words(.failed).map { "\($0.label) failed" }
    let undecided = words(.undecided).count
    let open =
      named.compactMap { dependent($0, judgements.protocols) }
      + (undecided == 0 ? [] : ["\(undecided) not told apart"])
    return Table.Row(
      label: problem.problem.label,
      cells: [
        .text(together(problem)), .text(otherBases(problem)),
        .text(list(words(.better).map(win) + words(.controlFailed).map(\.label))),
        .text(list(losers)),
        .text(list(open)),
        .text(problem.mechanism.isEmpty ? FormatPlusMinus.dash : problem.mechanism),
      ]
    )
  }

  private static func together(_ problem: ProblemResults) -> String {
    guard let control = problem.control else { return FormatPlusMinus.dash }
    if control.failedCount > 0 { return "failed" }
    guard let summary = control.deltaMSummary, summary.count > 0 else {
      return control.deltaMScore.isUndefined ? "undefined" : FormatPlusMinus.dash
    }
    return worth(summary) + (problem.tunedWeights.map { ", weights \($0)" } ?? "")
  }

  /// Tuned static weights against each other kind of single-task networks.
  private static func otherBases(_ problem: ProblemResults) -> String {
    guard let control = problem.control, control.failedCount == 0 else {
      return FormatPlusMinus.dash
    }
    let parts = problem.otherReferences.compactMap { other -> String? in
      let deltaM = MethodResults.deltaM(
        control.values,
        against: other.values,
        columns: problem.columns
      )
      guard let summary = deltaM?.summary, summary.count > 0 else { return nil }
      return worth(summary)
    }
    return parts.isEmpty ? FormatPlusMinus.dash : parts.joined(separator: "; ")
  }

  /// Whether a Δm is below 0, with its interval.
  private static func worth(_ summary: SeedSummary) -> String {
    let mean = NumberText.signed(summary.mean, 1)
    guard summary.interval.lower.isFinite else { return "\(mean) %" }
    let word =
      summary.interval.upper < 0 ? "pays" : summary.interval.lower > 0 ? "costs" : "cannot tell"
    return "\(word): \(mean) % (\(NumberText.signed(summary.interval.lower, 1)) to "
      + "\(NumberText.signed(summary.interval.upper, 1)))"
  }

  private static func size(_ judgement: Judgement) -> Double {
    judgement.duel.difference?.mean.magnitude ?? 0
  }

  private static func points(_ judgement: Judgement) -> String {
    guard let mean = judgement.duel.difference?.mean else { return FormatPlusMinus.dash }
    return (mean > 0 ? "+" : "") + NumberText.signed(mean, 1)
  }

  private static func win(_ named: (label: String, judgement: Judgement)) -> String {
    let balance =
      switch named.judgement.balances {
      case true?: ", balances"
      case false?: ", not beyond scale"
      case nil: ""
      }
    return "\(named.label) \(points(named.judgement))\(balance)"
  }

  private static func dependent(
    _ named: (label: String, judgement: Judgement),
    _ protocols: [ProtocolComparison]
  ) -> String? {
    guard case .depends(let dependences) = named.judgement.word else { return nil }
    return "\(named.label) \(points(named.judgement)) on "
      + JudgementText.dependences(dependences, protocols)
  }

  private static func list(_ parts: [String]) -> String {
    guard !parts.isEmpty else { return FormatPlusMinus.dash }
    let shown = parts.prefix(mostNamed).joined(separator: "; ")
    return parts.count > mostNamed ? "\(shown); \(parts.count - mostNamed) more" : shown
  }

  private static func hasNoVerdict(_ problem: ProblemResults, _ judgements: Judgements) -> Bool {
    ProblemVerdict.reasonForNone(problem, judgements) != nil
  }

  private static func caption(_ results: SuiteResults) -> [String] {
    let level = NumberText.fixed(Comparison.alpha, 2)
    let isImported = results.problems.contains { $0.importedFrom != nil }
    return [
      "Wins and loses: the difference of Δm is significant (paired t, Holm over the methods, α = "
        + "\(level)), "
        + (isImported
          ? "and no neighbouring protocol reverses its sign; depends: one does. The luck of tuning is "
            + "not in it, since a file of results does not say how methods were tuned. "
          : "its bootstrap over tuning and evaluation seeds excludes 0, 90 of 100 draws of "
            + "the tuning seeds come to the same verdict, and no neighbouring protocol reverses its sign; "
            + "depends: one of the latter three fails. ") + "Negative is better.",
      "All of it holds for other seeds on these problems\(rows(results)).",
      "Grounds: table \(ProtocolTable.name), and --verbose.",
    ] + ImportNote.sentences(results.problems)
  }

  /// On which problems the seeds say little of other rows.
  private static func rows(_ results: SuiteResults) -> String {
    let fixed = results.problems.filter(\.problem.hasFixedRows).map(\.problem.label)
    let split = results.problems.filter { $0.isOfFile && !$0.problem.hasFixedRows }
      .map(\.problem.label)
    let notes = [
      fixed.isEmpty
        ? nil
        : "for \(Verdict.list(fixed)), whose test rows are the same at every seed, only on these rows",
      split.isEmpty
        ? nil
        : "for \(Verdict.list(split)), whose seeds split the same rows in other ways, only on these rows",
    ]
    return notes.compactMap { $0.map { "; \($0)" } }.joined()
  }

  /// What weakens the rows of problems; what is said of several is said once.
  private static func footnotes(_ told: [(ProblemResults, Judgements)]) -> [String] {
    var notes: [(sentence: String, labels: [String])] = []
    for (problem, judgements) in told {
      for sentence in footnotes(problem, judgements) {
        if let index = notes.firstIndex(where: { $0.sentence == sentence }) {
          notes[index].labels.append(problem.problem.label)
        } else {
          notes.append((sentence, [problem.problem.label]))
        }
      }
    }
    return notes.map { "\($0.labels.joined(separator: ", ")): \($0.sentence)" }
  }

  private static func footnotes(_ problem: ProblemResults, _ judgements: Judgements) -> [String] {
    [
      ProblemVerdict.reasonForNone(problem, judgements),
      ProblemVerdict.rivalFailures(problem),
      ProblemVerdict.worseThanEqual(judgements), ReportNotes.edges(problem),
    ].compactMap { $0 } + ProblemVerdict.gaps(problem) + UndefinedNote.sentences(problem)
  }
}
