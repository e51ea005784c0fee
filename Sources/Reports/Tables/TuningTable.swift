internal import Store

/// What tuning spent and chose for every method on one problem.
package enum TuningTable: ReportTable {
  package static let name = "tuning"
  package static let summary = "learning rates chosen, edges of the grid, trials and failed trials"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.tuning

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    if results.problems.first?.importedFrom != nil {
      throw .notApplicable(table: name, reason: "how imported results were tuned is not known")
    }
    guard let problem = results.problems.first, !problem.choices.isEmpty else {
      throw .notApplicable(table: name, reason: "no tuning is stored")
    }
    let isTaskShown = problem.choices.contains { $0.taskIndex != nil }
    let records = Dictionary(
      results.methods.map { ($0.label, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let sensitivity = TuningSensitivity(problem)
    var rows: [Table.Row] = []
    var above: MethodRecord?
    for choice in ordered(problem.choices, methods: results.methods) {
      let record = records[choice.method]
      rows.append(
        Table.Row(
          label: choice.method,
          spacing: record?.spacing(below: above) ?? .gap,
          cells: cells(choice, problem, isTaskShown: isTaskShown),
          sources: problem.sources(of: choice, sensitivity),
          sourceWords: "the trials, by validation Δm or, of a single task, its primary metric"
        )
      )
      above = record
    }
    return Table(
      name: name(on: problem),
      title: "Tuning on problem \(problem.problem.label) of suite \(results.suite.name)",
      columns: columns(isTaskShown: isTaskShown),
      rows: rows,
      caption: [
        "Every method has the same trials on the same grid; the rate with the lowest mean "
          + "validation Δm over the tuning seeds is chosen, and a rate at which a seed failed is not.",
        "Single-task networks are tuned one by one, by their validation loss or metric.",
      ] + TrainingNote.sentences([problem]),
      footnotes: [ReportNotes.edges(problem)].compactMap { $0 }
    )
  }

  private static func columns(isTaskShown: Bool) -> [Table.Column] {
    let task = Table.Column(
      name: "task",
      head: "Task",
      formula: "the task of a single-task network"
    )
    let rest = [
      Table.Column(
        name: "learning_rate",
        head: "Learning rate",
        decimals: .significant(3),
        formula: "the grid's rate with the best criterion"
      ),
      Table.Column(
        name: "edge",
        head: "At an end",
        formula: "whether learning_rate is the first or the last of the grid"
      ),
      Table.Column(
        name: "criterion",
        head: "Criterion",
        direction: .lower,
        decimals: .significant(4),
        formula: "mean over tuning seeds of validation delta_m against single-task training at its "
          + "chosen rate and the same seed; of a single task, of its primary metric"
      ),
      Table.Column(name: "grid", head: "Grid", formula: "the learning rates that were tried"),
      Table.Column(
        name: "trials",
        head: "Trials",
        decimals: .fixed(0),
        formula: "runs spent on the choice: rates times tuning seeds, times the points of a sweep"
      ),
      Table.Column(
        name: "failed_trials",
        head: "Failed",
        decimals: .fixed(0),
        formula: "trials that did not finish"
      ),
      Table.Column(
        name: "steps",
        head: "Steps",
        decimals: .fixed(0),
        formula: "steps of all trials, failed ones included",
        isOnlyInCSV: true
      ),
      Table.Column(
        name: "seconds",
        head: "Seconds",
        decimals: .significant(3),
        formula: "seconds of all trials, failed ones included"
      ),
    ]
    return isTaskShown ? [task] + rest : rest
  }

  private static func cells(
    _ choice: TuningChoice,
    _ problem: ProblemResults,
    isTaskShown: Bool
  ) -> [Table.Cell] {
    let trials = problem.trials(of: choice)
    let task = choice.taskIndex.map { index in
      problem.problem.tasks.first { $0.index == index }?.name ?? "\(index)"
    }
    let grid =
      if let lowest = choice.grid.first, let highest = choice.grid.last {
        "\(choice.grid.count) from \(NumberText.significant(lowest, 2)) to "
          + NumberText.significant(highest, 2)
      } else {
        "–"
      }
    let rest: [Table.Cell] = [
      number(choice.learningRate),
      .text(choice.isAtEdge ? "yes" : "no"),
      choice.score.map { number($0) } ?? .none,
      .text(grid),
      number(Double(choice.trialCount)),
      number(Double(choice.failedTrialCount)),
      trials.isEmpty ? .none : number(trials.reduce(0) { $0 + Double($1.stepCount) }),
      trials.isEmpty ? .none : number(trials.reduce(0) { $0 + $1.totalSeconds }),
    ]
    return isTaskShown ? [task.map { .text($0) } ?? .none] + rest : rest
  }

  private static func number(_ value: Double) -> Table.Cell {
    .value(Table.Measure(mean: value))
  }

  private static func ordered(
    _ choices: [TuningChoice],
    methods: [MethodRecord]
  ) -> [TuningChoice] {
    let places = Dictionary(
      methods.map { ($0.label, $0.order) },
      uniquingKeysWith: { first, _ in first }
    )
    return choices.sorted {
      (places[$0.method] ?? .max, $0.method, $0.taskIndex ?? -1)
        < (places[$1.method] ?? .max, $1.method, $1.taskIndex ?? -1)
    }
  }
}
