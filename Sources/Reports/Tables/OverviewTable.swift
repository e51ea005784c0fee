internal import Statistics
internal import Store

/// All methods over all problems of a suite.
package enum OverviewTable: ReportTable {
  package static let name = "overview"
  package static let summary = "mean Δm, mean rank, wins, ties and losses over all problems"
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
    var lastGroup: String?
    for line in overview.lines {
      rows.append(
        Table.Row(
          label: line.record.label,
          isFailed: line.results.contains { ($0?.failedCount ?? 0) > 0 },
          spacing: line.record.group == lastGroup ? .none : .gap,
          cells: cells(line, results.problems),
          sources: line.sources(overview.problems),
          sourceWords: Overview.sourceWords
        )
      )
      lastGroup = line.record.group
    }
    return Table(
      name: name,
      title: "Suite \(results.suite.name) over \(overview.problems.count) problems",
      columns: columns(overview, areProblemsShown: isShown),
      rows: rows,
      caption: caption(overview, results.problems),
      footnotes: footnotes(overview)
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
          formula: "paired t of delta_m against static (tuned), Holm over the problems",
          isOnlyInCSV: true
        ),
      ]
    }
    return problems + [
      Table.Column(
        name: "mean_delta_m",
        group: "Over the problems",
        head: "Mean Δm",
        unit: "%",
        direction: .lower,
        formula: "mean over the families of problems of delta_m"
      ),
      Table.Column(
        name: "mean_rank",
        group: "Over the problems",
        head: "MR",
        direction: .lower,
        decimals: .fixed(2),
        formula: "mean over the problems of the rank of delta_m; 1 is best"
      ),
      Table.Column(
        name: "wins_ties_losses",
        group: "Over the problems",
        head: "W/T/L",
        formula: "problems on which delta_m is better, not separated, worse than static (tuned)"
      ),
    ]
  }

  private static func cells(
    _ line: Overview.Line,
    _ problemResults: [ProblemResults]
  ) -> [Table.Cell] {
    let problems = line.results.enumerated().flatMap { index, result -> [Table.Cell] in
      let p: Table.Cell =
        line.duels?.adjustedP[index].map { .value(Table.Measure(mean: $0)) } ?? .none
      guard let result, let summary = result.deltaMSummary, summary.count > 0 else {
        return [failure(result) ?? .none, p]
      }
      var measure = Table.Measure(summary)
      measure.sources = result.deltaMSources(seeds: problemResults[index].seeds)
      return [failure(result) ?? .value(measure), p]
    }
    return problems + [
      line.meanDeltaM.map { mean in
        .value(Table.Measure(mean: mean, error: line.error, count: line.results.count))
      } ?? .none,
      line.meanRank.map { .value(Table.Measure(mean: $0, count: line.results.count)) } ?? .none,
      line.duels.map { .text("\($0.wins)/\($0.ties)/\($0.losses)") } ?? .text("(ref.)"),
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
    return [
      "Δm: change of the test metrics against single-task training of the same seed, averaged within "
        + "a task, then over tasks; mean ± standard error over \(seeds) evaluation seeds\(families).",
      "MR: mean over the problems of the rank of Δm among these \(overview.lines.count) methods; "
        + "failed ones share the worst rank.",
      "W/T/L: problems on which a method's Δm is significantly better than, not separated from, or "
        + "significantly worse than that of \(MethodResults.tunedStaticLabel) (paired t, Holm over "
        + "the problems, α = \(NumberText.fixed(Comparison.alpha, 2))); failed runs are losses.",
      "What is said of a mean holds for other seeds on these problems, not for other problems.",
    ] + TrainingNote.sentences(problems)
  }

  private static func footnotes(_ overview: Overview) -> [String] {
    overview.lines.compactMap { line in
      let failed = zip(overview.problems, line.results).filter { ($0.1?.failedCount ?? 0) > 0 }
      guard !failed.isEmpty else { return nil }
      return "† \(line.record.label): failed runs on \(failed.map(\.0).joined(separator: ", ")); "
        + "no mean."
    }
  }
}
