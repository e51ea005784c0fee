internal import Store

/// Every method and problem on which runs failed or did not apply, with the reasons.
package enum FailureTable: ReportTable {
  package static let name = "failures"
  package static let summary =
    "failed and skipped runs of evaluation and tuning, with their reasons"
  package static let scope = ReportScope.suite
  package static let topic = ReportTopic.failures

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    var rows: [Table.Row] = []
    for problem in results.problems {
      var isFirst = true
      let all = [problem.reference].compactMap { $0 } + problem.methods + problem.sweep
      for method in all {
        guard let row = row(method, problem, spacing: isFirst ? .gap : .none) else { continue }
        rows.append(row)
        isFirst = false
      }
    }
    guard !rows.isEmpty else {
      throw .notApplicable(table: name, reason: "no run failed and every method applies")
    }
    return Table(
      name: name,
      title: "Runs of suite \(results.suite.name) that failed or did not apply",
      columns: columns,
      rows: rows,
      caption: [
        "Failed runs stay in all comparisons: worst rank, a loss against the control, no mean and no "
          + "mark; a learning rate at which a tuning run failed is not chosen."
      ]
    )
  }

  private static let columns = [
    Table.Column(name: "problem", head: "Problem"),
    Table.Column(
      name: "failed",
      head: "Evaluation",
      decimals: .fixed(0),
      formula: "evaluation seeds that diverged or were refused"
    ),
    Table.Column(
      name: "seeds",
      head: "of seeds",
      decimals: .fixed(0),
      formula: "evaluation seeds that were run"
    ),
    Table.Column(
      name: "failed_trials",
      head: "Tuning",
      decimals: .fixed(0),
      formula: "tuning runs that did not finish"
    ),
    Table.Column(
      name: "trials",
      head: "of trials",
      decimals: .fixed(0),
      formula: "tuning runs that are stored"
    ),
    Table.Column(name: "reasons", head: "Reasons"),
  ]

  private static func row(
    _ method: MethodResults,
    _ problem: ProblemResults,
    spacing: Table.Spacing
  ) -> Table.Row? {
    let trials = problem.trials.filter { $0.method == method.record.label }
    let failedRuns = method.runs.joined().filter { $0.end.status != .finished }
    let failedTrials = trials.filter { $0.end.status != .finished }
    guard !failedRuns.isEmpty || !failedTrials.isEmpty else { return nil }
    let number = { (count: Int) in Table.Cell.value(Table.Measure(mean: Double(count))) }
    return Table.Row(
      label: method.record.label,
      isFailed: method.failedCount > 0,
      spacing: spacing,
      cells: [
        .text(problem.problem.label),
        number(method.failedCount),
        number(method.failedCount + method.finishedCount),
        number(failedTrials.count),
        number(trials.count),
        .text(reasons(failedRuns + failedTrials)),
      ],
      sources: (failedRuns + failedTrials).map { run in
        Table.Source(
          label:
            "seed \(run.seed), rate \(NumberText.significant(run.learningRate, 3)), failed step",
          value: run.end.failedStep.map { Double($0) } ?? .nan,
          runs: [run.identity]
        )
      },
      sourceWords: "the runs that did not finish"
    )
  }

  /// Each reason once, with how often it was given.
  private static func reasons(_ runs: [EvaluationRun]) -> String {
    var reasons: [(text: String, count: Int)] = []
    for run in runs {
      let text = run.end.reason.isEmpty ? "no reason stored" : run.end.reason
      if let index = reasons.firstIndex(where: { $0.text == text }) {
        reasons[index].count += 1
      } else {
        reasons.append((text, 1))
      }
    }
    return reasons.map { $0.count == 1 ? $0.text : "\($0.text) (\($0.count) times)" }
      .joined(separator: "; ")
  }
}
