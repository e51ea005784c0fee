internal import Statistics
internal import Store

/// What a method costs on one problem: time, passes and samples.
package enum CostTable: ReportTable {
  package static let name = "cost"
  package static let summary = "time a step, passes and samples of every method on one problem"
  package static let scope = ReportScope.problem

  /// Milliseconds in a second.
  private static let milliseconds = 1000.0

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    guard let problem = results.problems.first,
      problem.methods.contains(where: { $0.finishedCount > 0 })
    else {
      throw .notApplicable(table: name, reason: "no evaluation run has finished yet")
    }
    let unit = problem.equal?.secondsPerStep
    var rows: [Table.Row] = []
    var lastGroup: String?
    for method in [problem.reference].compactMap({ $0 }) + problem.methods {
      let group = method.record.group
      rows.append(
        Table.Row(
          label: method.record.label,
          isFailed: method.failedCount > 0,
          spacing: group == lastGroup ? .none : lastGroup == "single-task" ? .rule : .gap,
          cells: cells(method, unit: unit)
        )
      )
      lastGroup = group
    }
    let machines = Set(problem.methods.flatMap { $0.runs.joined().map(\.machine) }).sorted()
    return Table(
      name: name,
      title: "Cost on problem \(problem.problem.label) of suite \(results.suite.name)",
      columns: columns,
      rows: rows,
      caption: [
        "Medians over the finished evaluation seeds; single-task training is the sum over its "
          + "networks.",
        "Machine: \(machines.joined(separator: "; ")).",
      ],
      footnotes: machines.count > 1
        ? ["Runs come from several machines; their times are not comparable."] : []
    )
  }

  private static let columns = [
    Table.Column(
      name: "ms_per_step",
      head: "Time a step",
      unit: "ms",
      direction: .lower,
      decimals: .significant(3),
      formula: "seconds of training divided by steps, times 1000"
    ),
    Table.Column(
      name: "relative_time",
      head: "Relative",
      unit: "×",
      direction: .lower,
      decimals: .fixed(2),
      formula: "relative to equal weights"
    ),
    Table.Column(
      name: "train_seconds",
      head: "Training",
      unit: "s",
      direction: .lower,
      decimals: .significant(3)
    ),
    Table.Column(
      name: "total_seconds",
      head: "Whole run",
      unit: "s",
      direction: .lower,
      decimals: .significant(3)
    ),
    Table.Column(name: "steps", head: "Steps", decimals: .fixed(0)),
    Table.Column(
      name: "forward_per_step",
      head: "Forward a step",
      decimals: .fixed(2),
      formula: "forward passes through the shared parameters divided by steps"
    ),
    Table.Column(
      name: "backward_per_step",
      head: "Backward a step",
      decimals: .fixed(2),
      formula: "backward passes through the shared parameters divided by steps"
    ),
    Table.Column(name: "samples", head: "Samples", decimals: .fixed(0)),
    Table.Column(
      name: "fallback_steps",
      head: "Fallbacks",
      decimals: .fixed(0),
      formula: "steps in which the method used its fallback"
    ),
  ]

  private static func cells(_ method: MethodResults, unit: Double?) -> [Table.Cell] {
    let perStep = method.secondsPerStep
    let steps = { (runs: [EvaluationRun]) in Double(runs.map(\.stepCount).max() ?? 0) }
    let each = { (count: @escaping (EvaluationRun) -> Int) in
      method.median { runs in
        let stepCount = steps(runs)
        return stepCount == 0 ? nil : Double(runs.reduce(0) { $0 + count($1) }) / stepCount
      }
    }
    let values: [Double?] = [
      perStep.map { $0 * milliseconds },
      perStep.flatMap { own in unit.flatMap { $0 > 0 ? own / $0 : nil } },
      method.median { $0.reduce(0) { $0 + $1.trainSeconds } },
      method.median { $0.reduce(0) { $0 + $1.totalSeconds } },
      method.median { steps($0) },
      each { $0.forwardPasses },
      each { $0.backwardPasses },
      method.median { Double($0.reduce(0) { $0 + $1.samplesSeen }) },
      method.median { Double($0.reduce(0) { $0 + $1.policySteps }) },
    ]
    return values.map { value in
      value.map { .value(Table.Measure(mean: $0, count: method.finishedCount)) } ?? .none
    }
  }
}
