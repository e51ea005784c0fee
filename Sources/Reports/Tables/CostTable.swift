internal import Statistics
internal import Store

/// What a method costs on one problem: time, memory, passes and samples.
package enum CostTable: ReportTable {
  package static let name = "cost"
  package static let summary =
    "time a step, memory, passes and samples of every method on one problem"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.cost

  /// Milliseconds in a second.
  private static let milliseconds = 1000.0
  /// Bytes in a kilobyte.
  private static let kilobyte = 1000.0

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    if results.problems.first?.importedFrom != nil {
      throw .notApplicable(table: name, reason: "what imported results cost is not known")
    }
    guard let problem = results.problems.first,
      problem.methods.contains(where: { $0.finishedCount > 0 })
    else {
      throw .notApplicable(table: name, reason: "no evaluation run has finished yet")
    }
    let unit = problem.equal?.secondsPerStep
    var rows: [Table.Row] = []
    var above: MethodRecord?
    for method in [problem.reference].compactMap({ $0 }) + problem.methods {
      rows.append(
        Table.Row(
          label: method.record.label,
          isFailed: method.failedCount > 0,
          spacing: method.record.spacing(below: above),
          cells: cells(method, seeds: problem.seeds, unit: unit)
        )
      )
      above = method.record
    }
    let machines = Set(problem.methods.flatMap { $0.runs.joined().map(\.end.machine) }).sorted()
    return Table(
      name: name(on: problem),
      title: "Cost on problem \(problem.problem.label) of suite \(results.suite.name)",
      columns: columns,
      rows: rows,
      caption: [
        "Medians over the finished ones of \(NumberText.counted(problem.seeds.count, "evaluation seed")); single-task "
          + "training is the sum over its networks, its memory that of the largest, since they are "
          + "trained one after another.",
        "Memory: the buffers that training uses, counted and not sampled, the same for every seed: "
          + "parameters, gradient and moments of the optimizer; the batch, the activations and their "
          + "gradients; task gradients where the method asks for them; the method's own state. Data, "
          + "kept checkpoint, evaluation and diagnostics are not included.",
        "Times are seconds of the processor, and of waiting for an external program. Machine: \(machines.joined(separator: "; ")).",
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
      formula: "median over seeds of: seconds of training divided by steps, times 1000"
    ),
    Table.Column(
      name: "relative_time",
      head: "Relative",
      unit: "×",
      direction: .lower,
      decimals: .fixed(2),
      formula:
        "median over seeds of: seconds of training a step, divided by the median of equal weights"
    ),
    Table.Column(
      name: "train_seconds",
      head: "Training",
      unit: "s",
      direction: .lower,
      decimals: .significant(3),
      formula: "median over seeds of the seconds spent in training steps"
    ),
    Table.Column(
      name: "total_seconds",
      head: "Whole run",
      unit: "s",
      direction: .lower,
      decimals: .significant(3),
      formula: "median over seeds of the seconds of the run with data, evaluation and diagnostics"
    ),
    Table.Column(
      name: "memory",
      head: "Memory",
      unit: "kB",
      direction: .lower,
      decimals: .fixed(1),
      formula: "median over seeds of the bytes of the buffers that training uses, divided by 1000; "
        + "of single-task training the largest network's"
    ),
    Table.Column(
      name: "steps",
      head: "Steps",
      decimals: .fixed(0),
      formula: "median over seeds of the steps trained"
    ),
    Table.Column(
      name: "forward_per_step",
      head: "Forward a step",
      decimals: .fixed(2),
      formula: "median over seeds of: forward passes through the shared parameters divided by steps"
    ),
    Table.Column(
      name: "backward_per_step",
      head: "Backward a step",
      decimals: .fixed(2),
      formula:
        "median over seeds of: backward passes through the shared parameters divided by steps"
    ),
    Table.Column(
      name: "samples",
      head: "Samples",
      decimals: .fixed(0),
      formula: "median over seeds of the training samples seen, repetitions counted"
    ),
    Table.Column(
      name: "fallback_steps",
      head: "Fallbacks",
      decimals: .fixed(0),
      formula: "median over seeds of the steps in which the method used its fallback"
    ),
  ]

  private static func cells(
    _ method: MethodResults,
    seeds: [Int],
    unit: Double?
  ) -> [Table.Cell] {
    let steps = { (runs: [EvaluationRun]) in Double(runs.map(\.end.stepCount).max() ?? 0) }
    let each = { (runs: [EvaluationRun], count: (EvaluationRun) -> Int) -> Double? in
      steps(runs) == 0 ? nil : runs.reduce(0) { $0 + Double(count($1)) } / steps(runs)
    }
    let counts: [([EvaluationRun]) -> Double?] = [
      { MethodResults.secondsPerStep(of: $0).map { $0 * milliseconds } },
      { runs in
        MethodResults.secondsPerStep(of: runs).flatMap { own in
          unit.flatMap { $0 > 0 ? own / $0 : nil }
        }
      },
      { $0.reduce(0) { $0 + $1.end.trainSeconds } },
      { $0.reduce(0) { $0 + $1.end.totalSeconds } },
      { $0.compactMap(\.end.memoryBytes).max().map { Double($0) / kilobyte } },
      { steps($0) },
      { each($0, \.end.forwardPasses) },
      { each($0, \.end.backwardPasses) },
      { $0.reduce(0) { $0 + Double($1.end.samplesSeen) } },
      { $0.reduce(0) { $0 + Double($1.end.policySteps) } },
    ]
    return counts.map { count in
      guard let median = method.median(count) else { return .none }
      let sources = method.sources(seeds: seeds, counting: count)
      return .value(
        Table.Measure(mean: median, count: method.finishedCount, sources: sources)
      )
    }
  }
}
