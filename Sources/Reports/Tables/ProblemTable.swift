internal import Statistics
internal import Store

/// The comparison of all methods on one problem: every metric, mean rank, Δm, cost.
package enum ProblemTable: ReportTable {
  package static let name = "problem"
  package static let summary = "metrics, mean rank, Δm and cost of every method on one problem"
  package static let scope = ReportScope.problem

  /// With more tasks, the gain of each is in the CSV form only.
  private static let roomyTaskCount = 3

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    guard let problem = results.problems.first,
      problem.methods.contains(where: { $0.finishedCount > 0 || $0.failedCount > 0 })
    else {
      throw .notApplicable(table: name, reason: "no evaluation run is stored yet")
    }
    let comparison = results.judgements[0].comparison
    let builders =
      metricColumns(problem, comparison) + overallColumns(problem, comparison)
    let all = [problem.reference].compactMap { $0 } + problem.methods
    var rows: [Table.Row] = []
    var above: MethodRecord?
    for (index, method) in all.enumerated() {
      let position = problem.reference == nil ? index : index - 1
      rows.append(
        Table.Row(
          label: method.record.label,
          isFailed: method.failedCount > 0,
          spacing: method.record.spacing(below: above),
          cells: builders.map { $0.cell(method, position < 0 ? nil : position) },
          sources: method.deltaMSources(seeds: problem.seeds),
          sourceWords: MethodResults.deltaMSourceWords
        )
      )
      above = method.record
    }
    return Table(
      name: name(on: problem),
      title: "Problem \(problem.problem.label) of suite \(results.suite.name)",
      columns: builders.map(\.column),
      rows: rows,
      caption: ReportNotes.caption(of: problem, comparison),
      footnotes: ReportNotes.footnotes(of: problem)
    )
  }

  /// A column and how its cells come about; the position is that among the compared methods.
  private struct Builder {
    let column: Table.Column
    let cell: (MethodResults, Int?) -> Table.Cell
  }

  private static func metricColumns(
    _ problem: ProblemResults,
    _ comparison: Comparison
  ) -> [Builder] {
    var builders: [Builder] = []
    let taskCount = problem.problem.ownTasks.count
    var gainIndex = 0
    for (index, column) in problem.columns.enumerated() {
      builders.append(metric(column, at: index, problem, comparison))
      let isLastOfTask =
        index + 1 == problem.columns.count
        || problem.columns[index + 1].task.index != column.task.index
      let hasGain = problem.columns.contains {
        $0.task.index == column.task.index && $0.metric.isInDeltaM
      }
      guard isLastOfTask, hasGain, problem.reference != nil else { continue }
      builders.append(
        gain(of: column.task, at: gainIndex, problem, isShown: taskCount <= roomyTaskCount)
      )
      gainIndex += 1
    }
    return builders
  }

  private static func metric(
    _ column: MetricColumn,
    at index: Int,
    _ problem: ProblemResults,
    _ comparison: Comparison
  ) -> Builder {
    Builder(
      column: Table.Column(
        name: "\(column.task.name).\(column.metric.name)",
        group: column.task.name,
        head: column.metric.title,
        unit: column.metric.unit,
        direction: column.higherIsBetter ? .higher : .lower,
        formula: "mean over seeds of \(column.metric.name) on the test part"
      )
    ) { method, position in
      let summary = method.summary(column: index)
      guard summary.count > 0 else { return missing(method) }
      var measure = Table.Measure(summary)
      measure.sources = method.sources(
        method.values[index],
        seeds: problem.seeds,
        task: column.task.index
      )
      if let position { measure.mark(comparison.metricMarks[index], at: position, method) }
      return .value(measure)
    }
  }

  /// The gain of one task: how much better it is than single-task training, over its metrics.
  private static func gain(
    of task: TaskRecord,
    at index: Int,
    _ problem: ProblemResults,
    isShown: Bool
  ) -> Builder {
    Builder(
      column: Table.Column(
        name: "\(task.name).gain",
        group: task.name,
        head: "Gain",
        unit: "%",
        direction: .higher,
        formula: "mean over the task's metrics of 100 d (m - b) / |b|, b: single-task training of "
          + "the same seed, d: 1 where higher is better, else -1",
        isOnlyInCSV: !isShown
      )
    ) { method, _ in
      guard let deltaM = method.deltaM else { return .none }
      let gains = deltaM.seeds.map { $0.taskScores[index] }
      let summary = SeedSummary(gains)
      guard summary.count > 0 else { return .none }
      var measure = Table.Measure(summary)
      measure.sources = method.sources(gains, seeds: problem.seeds)
      return .value(measure)
    }
  }

  private static func overallColumns(
    _ problem: ProblemResults,
    _ comparison: Comparison
  ) -> [Builder] {
    var builders = [meanRank(problem, comparison)]
    if problem.reference != nil {
      builders += [
        deltaM(problem, comparison), interval(problem), deltaMFlat(), ratioOfMeans(),
        difference(problem, comparison), adjustedP(problem, comparison),
      ]
    }
    return builders + [time(problem)]
  }

  private static func meanRank(_ problem: ProblemResults, _ comparison: Comparison) -> Builder {
    Builder(
      column: Table.Column(
        name: "mean_rank",
        group: "Overall",
        head: "MR",
        direction: .lower,
        decimals: .fixed(2),
        formula: "mean over the metric columns of the rank of the mean over seeds; 1 is best"
      )
    ) { method, position in
      guard let position, comparison.meanRanks[position].isFinite, method.failedCount == 0 else {
        return .none
      }
      let sources = zip(problem.columns, comparison.ranks[position]).compactMap { column, rank in
        rank.map { rank in
          Table.Source(
            label: "rank in \(column.task.name).\(column.metric.name)",
            value: rank,
            runs: []
          )
        }
      }
      return .value(
        Table.Measure(
          mean: comparison.meanRanks[position],
          count: method.finishedCount,
          sources: sources
        )
      )
    }
  }

  private static func deltaM(_ problem: ProblemResults, _ comparison: Comparison) -> Builder {
    Builder(
      column: Table.Column(
        name: "delta_m",
        group: "Overall",
        head: "Δm",
        unit: "%",
        direction: .lower,
        formula: "mean over seeds of: minus the mean over tasks of the task's gain"
      )
    ) { method, position in
      guard let position else { return .text("0 (ref.)") }
      guard let summary = method.deltaMSummary, summary.count > 0 else { return missing(method) }
      guard method.failedCount == 0 else {
        return .failure(
          finished: method.finishedCount,
          total: method.finishedCount + method.failedCount
        )
      }
      var measure = Table.Measure(summary)
      measure.mark(comparison.deltaMMarks, at: position, method)
      measure.isWorseThanReference = (measure.interval?.lowerBound ?? 0) > 0
      return .value(measure)
    }
  }

  private static func interval(_ problem: ProblemResults) -> Builder {
    let errors = problem.methods.compactMap { $0.deltaMSummary?.standardError }
      .filter { $0.isFinite && $0 > 0 }
      .sorted()
    let decimals = errors.isEmpty ? 2 : NumberText.decimals(for: errors[(errors.count - 1) / 2])
    return Builder(
      column: Table.Column(
        name: "delta_m_interval",
        group: "Overall",
        head: "95 % interval",
        formula: "t interval of delta_m"
      )
    ) { method, _ in
      guard let interval = method.deltaMSummary?.interval, interval.lower.isFinite,
        method.failedCount == 0
      else { return .none }
      let lower = NumberText.signed(interval.lower, decimals)
      return .text("[\(lower), \(NumberText.signed(interval.upper, decimals))]")
    }
  }

  private static func deltaMFlat() -> Builder {
    Builder(
      column: Table.Column(
        name: "delta_m_flat",
        group: "Overall",
        head: "Δm over metrics",
        unit: "%",
        direction: .lower,
        formula: "mean over seeds of: minus the mean over all metrics of all tasks of the gain",
        isOnlyInCSV: true
      )
    ) { method, _ in
      guard let summary = method.deltaM?.summaryFlat, summary.count > 0 else { return .none }
      return .value(Table.Measure(summary))
    }
  }

  private static func ratioOfMeans() -> Builder {
    Builder(
      column: Table.Column(
        name: "delta_m_ratio_of_means",
        group: "Overall",
        head: "Δm of means",
        unit: "%",
        direction: .lower,
        formula: "delta_m of the metrics averaged over seeds first",
        isOnlyInCSV: true
      )
    ) { method, _ in
      guard let deltaM = method.deltaM, deltaM.ratioOfMeans.drop.isFinite else { return .none }
      return .value(Table.Measure(mean: deltaM.ratioOfMeans.drop, count: deltaM.summary.count))
    }
  }

  private static func difference(
    _ problem: ProblemResults,
    _ comparison: Comparison
  ) -> Builder {
    Builder(
      column: Table.Column(
        name: "delta_m_minus_static",
        group: "Overall",
        head: "Δm − static",
        unit: "points",
        direction: .lower,
        formula: "mean over shared seeds of delta_m minus that of \(problem.rival.label)",
        isOnlyInCSV: true
      )
    ) { _, position in
      guard let position, let summary = comparison.duels[position].difference else { return .none }
      return .value(Table.Measure(summary))
    }
  }

  private static func adjustedP(_ problem: ProblemResults, _ comparison: Comparison) -> Builder {
    Builder(
      column: Table.Column(
        name: "p_vs_static",
        group: "Overall",
        head: "p vs \(problem.rival.short)",
        decimals: .pValue,
        formula: "paired t test of delta_m against \(problem.rival.label), Holm over the methods"
      )
    ) { method, position in
      if method.record.label == problem.rival.label { return .text("(ref.)") }
      guard let position, method.failedCount == 0, let p = comparison.duels[position].adjustedP
      else { return .none }
      if comparison.duels[position].isDegenerate { return .text("no variance") }
      return .value(
        Table.Measure(mean: p, count: comparison.duels[position].difference?.count ?? 0)
      )
    }
  }

  private static func time(_ problem: ProblemResults) -> Builder {
    let unit = problem.equal?.secondsPerStep
    return Builder(
      column: Table.Column(
        name: "time",
        group: "Overall",
        head: "Time",
        unit: "×",
        direction: .lower,
        decimals: .fixed(2),
        formula: "median over seeds of the seconds of training a step, divided by that of equal "
          + "weights; the values below are seconds a step"
      )
    ) { method, _ in
      guard let unit, unit > 0, let seconds = method.secondsPerStep else { return .none }
      let sources = method.sources(seeds: problem.seeds) { MethodResults.secondsPerStep(of: $0) }
      return .value(
        Table.Measure(mean: seconds / unit, count: method.finishedCount, sources: sources)
      )
    }
  }

  /// Nothing finished: failures are said, what was not run or does not apply is a dash.
  private static func missing(_ method: MethodResults) -> Table.Cell {
    method.failedCount > 0
      ? .failure(
        finished: method.finishedCount,
        total: method.finishedCount + method.failedCount
      ) : .none
  }
}
