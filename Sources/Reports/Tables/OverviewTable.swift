internal import Statistics
internal import Store

/// All methods over all problems of a suite.
package enum OverviewTable: ReportTable {
  package static let name = "overview"
  package static let summary =
    "Δm by problem, geometric mean, mean rank, wins, ties and losses over all"
  package static let scope = ReportScope.suite

  /// With more problems, their columns are in the CSV form only.
  private static let roomyProblemCount = 10

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    let overview = Overview(results)
    guard overview.lines.contains(where: { line in line.results.contains { $0 != nil } }) else {
      throw .notApplicable(table: name, reason: "no evaluation run is stored yet")
    }
    let isShown = overview.problems.count <= roomyProblemCount
    var rows: [Table.Row] = []
    var above: MethodRecord?
    for line in overview.lines {
      rows.append(
        Table.Row(
          label: line.record.label,
          isFailed: line.results.contains { ($0?.failedCount ?? 0) > 0 },
          spacing: line.record.spacing(below: above),
          cells: cells(
            line,
            results.problems,
            countedProblems: overview.countedProblems
          ),
          sources: line.sources(overview.problems),
          sourceWords: Overview.sourceWords
        )
      )
      above = line.record
    }
    return Table(
      name: name,
      title:
        "Suite \(results.suite.name) over \(NumberText.counted(overview.problems.count, "problem"))",
      columns: columns(overview, areProblemsShown: isShown),
      rows: rows,
      caption: caption(overview, results.problems),
      footnotes: footnotes(overview, results.problems)
    )
  }

  private static func columns(_ overview: Overview, areProblemsShown: Bool) -> [Table.Column] {
    let problems = overview.problems.flatMap { problem in
      [
        Table.Column(
          name: "\(problem).delta_m",
          group: "Δm (%) ↓ on each problem",
          head: problem,
          direction: .none,
          formula: "mean over seeds of delta_m",
          isOnlyInCSV: !areProblemsShown
        ),
        Table.Column(
          name: "\(problem).p_vs_static",
          head: "p",
          formula:
            "paired t of delta_m against static (tuned), Holm over the methods of the problem",
          isOnlyInCSV: true
        ),
      ]
    }
    return problems + [
      Table.Column(
        name: "mean_geometric_delta",
        group: "Over the problems",
        head: "Mean Δ",
        unit: "%",
        direction: .lower,
        formula: "100 (exp(mean over the families of problems, seeds, tasks and metrics of "
          + "ln(m / b)) - 1)"
      ),
      Table.Column(
        name: "mean_delta_m",
        group: "Over the problems",
        head: "Mean Δm",
        unit: "%",
        direction: .lower,
        formula: "mean over the families of problems of delta_m",
        isOnlyInCSV: true
      ),
      Table.Column(
        name: "mean_rank",
        group: "Over the problems",
        head: "MR",
        direction: .lower,
        decimals: .fixed(2),
        formula: "mean over the families of problems of the rank of the geometric mean; 1 is best"
      ),
      Table.Column(
        name: "wins_ties_losses",
        group: "Over the problems",
        head: "W/T/L",
        formula:
          "families of problems on which the verdict is better; not told apart, or depends on a "
          + "choice; worse or failed"
      ),
    ]
  }

  private static func cells(
    _ line: Overview.Line,
    _ problemResults: [ProblemResults],
    countedProblems: [Int]
  ) -> [Table.Cell] {
    let problems = line.results.enumerated().flatMap { index, result -> [Table.Cell] in
      let p: Table.Cell =
        line.judgements[index]?.duel.adjustedP.map { .value(Table.Measure(mean: $0)) } ?? .none
      guard let result, let summary = result.deltaMSummary, summary.count > 0 else {
        return [failure(result) ?? .none, p]
      }
      var measure = Table.Measure(summary)
      measure.sources = result.deltaMSources(seeds: problemResults[index].seeds)
      return [failure(result) ?? .value(measure), p]
    }
    let seeds = countedProblems.compactMap { index in
      line.results[index].map { SeedSummary($0.logRatios) }
    }
    return problems + [
      line.meanDelta.map { mean in
        .value(
          Table.Measure(
            mean: mean,
            error: line.error,
            count: seeds.reduce(0) { $0 + $1.count },
            plannedCount: seeds.reduce(0) { $0 + $1.seedCount }
          )
        )
      } ?? .none,
      line.arithmeticMean.value.map {
        .value(Table.Measure(mean: $0, count: countedProblems.count))
      } ?? .none,
      line.meanRank.map { .value(Table.Measure(mean: $0, count: countedProblems.count)) } ?? .none,
      VerdictCountCell.cell(line.counts),
    ]
  }

  private static func failure(_ result: MethodResults?) -> Table.Cell? {
    guard let result, result.failedCount > 0 else { return nil }
    return .failure(
      finished: result.finishedCount,
      total: result.finishedCount + result.failedCount
    )
  }

  private static func caption(
    _ overview: Overview,
    _ problems: [ProblemResults]
  ) -> [String] {
    let seeds = TrainingNote.range(problems.map(\.seeds.count)) ?? "0"
    let families =
      overview.familyCount == overview.problems.count
      ? "" : ", \(overview.familyCount) families of problems, each counted once"
    let spread =
      seeds == "1" ? "one evaluation seed" : "mean ± standard error over \(seeds) evaluation seeds"
    let counts =
      "W/T/L: families of problems on which the verdict against \(problems.first?.rival.label ?? Rival.tunedStatic.label) is "
      + "better; not told apart, or depends on a choice; worse (paired t, Holm over the methods, "
      + "α = \(NumberText.fixed(Comparison.alpha, 2))); failed runs are losses."
    let isCounted = overview.lines.contains { $0.counts?.outcomes.contains { $0 != nil } ?? false }
    return [
      "Δm: change of the test metrics against single-task training of the same seed, averaged within "
        + "a task, then over tasks; \(spread)\(families).",
      "Mean Δ: geometric, 100 (exp(mean ln(m/b)) − 1), so that halving one error weighs as much as "
        + "doubling another.",
      "MR: mean over \(families.isEmpty ? "the problems" : "the families") of the rank of the geometric Δ among \(NumberText.these(overview.lines.count, "method")); "
        + "failed ones share the worst rank.",
    ] + (isCounted ? [counts] : []) + [
      "What is said of a mean holds for other seeds on these problems, not for other problems."
    ] + RankingNote.sentences(overview)
      + ImportNote.sentences(problems)
  }

  private static func footnotes(_ overview: Overview, _ problems: [ProblemResults]) -> [String] {
    failures(overview) + undefined(overview, problems)
  }

  /// What is undefined, problem by problem, and what follows for the means.
  private static func undefined(_ overview: Overview, _ problems: [ProblemResults]) -> [String] {
    problems.indices.flatMap { index in
      let label = overview.problems[index]
      let isCounted = overview.countedProblems.contains(index)
      let sentences = UndefinedNote.sentences(problems[index]).map { "\(label): \($0)" }
      let hasRuns = problems[index].methods.contains { $0.finishedCount > 0 }
      return isCounted || !hasRuns
        ? sentences : sentences + ["\(label) is in no mean, rank or count over the problems."]
    }
  }

  private static func failures(_ overview: Overview) -> [String] {
    overview.lines.compactMap { line in
      let failed = zip(overview.problems, line.results).filter { ($0.1?.failedCount ?? 0) > 0 }
      guard !failed.isEmpty else { return nil }
      return "† \(line.record.label): failed runs on \(failed.map(\.0).joined(separator: ", ")); "
        + "no mean."
    }
  }
}
