internal import Statistics
internal import Store

/// What tuning spent and chose for every method on one problem.
package enum TuningTable: ReportTable {
  package static let name = "tuning"
  package static let summary =
    "what was chosen of learning rates, weights and settings, the weights' mean, and the trials"
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
          cells: cells(choice, problem, results.methods, isTaskShown: isTaskShown),
          sources: problem.sources(of: choice, sensitivity),
          sourceWords: "the trials, by validation Δm or, of a single task, its primary metric"
        )
      )
      above = record
    }
    return Table(
      name: name(on: problem),
      title: "Tuning on problem \(problem.problem.label) of suite \(results.suite.name)",
      columns: columns(problem, results.methods, isTaskShown: isTaskShown),
      rows: rows,
      caption: [
        UndefinedNote.choice(problem) == nil
          ? "Every method has the same trials on the same grid; the rate with the lowest mean "
            + "validation Δm over the tuning seeds is chosen, and a rate at which a seed failed is not."
          : "Every method has the same trials on the same grid; the rate with the lowest criterion is "
            + "chosen, and a rate at which a seed failed is not.",
        "Single-task networks are tuned one by one, by the same measure of their task.",
        "Weights: of the tasks in their order, in units of 1 / single-task validation loss (1/STL: the "
          + "same for all). Heads: own, each follows its own gradient; weighted, times its task's "
          + "weight; native, as the method's source has it. Mean weight: of a task over training and "
          + "evaluation seeds, 1 for equal weights; effective step: the learning rate times it, the "
          + "step of SGD; Adam divides out what of it is constant.",
      ],
      footnotes: [UndefinedNote.choice(problem), ReportNotes.edges(problem)].compactMap { $0 }
    )
  }

  private static func columns(
    _ problem: ProblemResults,
    _ methods: [MethodRecord],
    isTaskShown: Bool
  ) -> [Table.Column] {
    let isChosen = problem.choices.contains { chosen($0) != FormatPlusMinus.dash }
    let hasHeads = problem.choices.contains { heads($0, methods) != nil }
    let isWeighed = problem.methods.contains { problem.meanWeight(of: $0) != nil }
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
        name: "chosen",
        head: "Weights, settings",
        formula: "fixed weights in units of 1 / single-task validation loss, and searched settings",
        isOnlyInCSV: !isChosen
      ),
      Table.Column(
        name: "heads",
        head: "Heads",
        formula: "how heads are trained beside the shared update",
        isOnlyInCSV: !hasHeads,
        isDetail: true
      ),
      Table.Column(
        name: "mean_weight",
        head: "Mean weight",
        decimals: .significant(3),
        formula:
          "mean over the steps of training and the evaluation seeds of the sum of the weights, "
          + "divided by the number of tasks",
        isOnlyInCSV: !isWeighed,
        isDetail: true
      ),
      Table.Column(
        name: "effective_step",
        head: "Effective step",
        decimals: .significant(3),
        formula: "learning_rate * mean_weight",
        isOnlyInCSV: !isWeighed,
        isDetail: true
      ),
      Table.Column(
        name: "edge",
        head: "At an end",
        formula: "whether what was chosen lies at the border of what was tried"
      ),
      Table.Column(
        name: "criterion",
        head: "Criterion",
        direction: .lower,
        decimals: .significant(4),
        formula: "mean over tuning seeds of validation delta_m against single-task training at its "
          + "chosen rate and the same seed, or where that is undefined of the logarithm of the "
          + "validation losses; of a single task, of its metrics"
      ),
      Table.Column(
        name: "grid",
        head: "Grid",
        formula: "the learning rates that were tried",
        isOnlyInCSV: true
      ),
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
        formula: "trials that did not finish",
        isDetail: true
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
    _ methods: [MethodRecord],
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
    let weight =
      choice.taskIndex == nil
      ? problem.method(choice.method).flatMap { problem.meanWeight(of: $0) } : nil
    let rest: [Table.Cell] = [
      number(choice.learningRate),
      .text(chosen(choice)),
      .text(heads(choice, methods) ?? FormatPlusMinus.dash),
      weight.map { number($0) } ?? .none,
      weight.map { number($0 * choice.learningRate) } ?? .none,
      .text(choice.isAtEdge ? "yes" : "no"),
      choice.score.map { number($0) } ?? .none,
      .text(grid),
      number(Double(choice.trialCount)),
      number(Double(choice.failedTrialCount)),
      trials.isEmpty ? .none : number(trials.reduce(0) { $0 + Double($1.end.stepCount) }),
      trials.isEmpty ? .none : number(trials.reduce(0) { $0 + $1.end.totalSeconds }),
    ]
    return isTaskShown ? [task.map { .text($0) } ?? .none] + rest : rest
  }

  /// `1 : 30; alpha 0.5`, or a dash.
  private static func chosen(_ choice: TuningChoice) -> String {
    let weights = choice.units.flatMap { WeightText.ratios($0) }
    let settings = choice.settings.replacing(/[{}]|"heads":"[a-z]*"/, with: "")
      .replacing(/^,|,$/, with: "")
      .replacing("\"", with: "").replacing(":", with: " ").replacing(",", with: ", ")
      .replacing("_", with: " ")
    let parts = [weights ?? "", settings].filter { !$0.isEmpty }
    return parts.isEmpty ? FormatPlusMinus.dash : parts.joined(separator: "; ")
  }

  /// The head convention that was chosen, or else the method's.
  private static func heads(_ choice: TuningChoice, _ methods: [MethodRecord]) -> String? {
    let own = methods.first { $0.label == choice.method }?.settings ?? ""
    return [choice.settings, own].compactMap { text in
      text.firstMatch(of: /"heads":"([a-z]*)"/).map { String($0.output.1) }
    }.first
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
      (places[$0.method] ?? .max, $0.method, $0.taskIndex ?? .min)
        < (places[$1.method] ?? .max, $1.method, $1.taskIndex ?? .min)
    }
  }
}
