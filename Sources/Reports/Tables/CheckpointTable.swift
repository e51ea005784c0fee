internal import Statistics
internal import Store

/// What it costs each task of a problem that one network has one checkpoint and one learning rate.
package enum CheckpointTable: ReportTable {
  package static let name = "checkpoint"
  package static let summary =
    "what one checkpoint for all tasks costs each, and the learning rates that single tasks chose"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.tuning
  package static let needsSeries = true

  /// With more tasks than this their columns are in the CSV form alone.
  private static let roomyTaskCount = 8

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    guard let problem = results.problems.first, let curves = ValidationCurves(problem) else {
      throw .notApplicable(table: name, reason: "no losses over training are stored")
    }
    let tasks = problem.problem.ownTasks
    guard tasks.count > 1 else {
      throw .notApplicable(table: name, reason: "a single task has its checkpoint to itself")
    }
    return Table(
      name: name(on: problem),
      title: "One checkpoint for all tasks on problem \(problem.problem.label) of suite "
        + results.suite.name,
      columns: columns(tasks),
      rows: problem.methods.enumerated().map { index, method in
        row(method, after: index == 0 ? nil : problem.methods[index - 1], tasks, curves, problem)
      },
      caption: caption(problem, tasks),
      footnotes: problem.methods.compactMap { ReportNotes.failures(of: $0) }
    )
  }

  private static func columns(_ tasks: [TaskRecord]) -> [Table.Column] {
    [
      Table.Column(
        name: "learning_rate",
        head: "Learning rate",
        decimals: .significant(3),
        formula: "the rate that tuning chose for all tasks together"
      ),
      Table.Column(
        name: "largest_cost",
        group: "Cost of one checkpoint",
        head: "Largest",
        unit: "%",
        direction: .lower,
        formula: "the largest of the tasks' costs, of the mean over seeds"
      ),
      Table.Column(
        name: "task",
        group: "Cost of one checkpoint",
        head: "Of task",
        formula: "the task with the largest cost"
      ),
    ]
      + tasks.map { task in
        Table.Column(
          name: "\(task.name).cost",
          group: "Cost of one checkpoint",
          head: task.name,
          unit: "%",
          direction: .lower,
          formula:
            "100 * (validation loss at the reported evaluation / least validation loss of the "
            + "task in the same run - 1), mean over seeds",
          isOnlyInCSV: tasks.count > roomyTaskCount
        )
      }
  }

  private static func row(
    _ method: MethodResults,
    after previous: MethodResults?,
    _ tasks: [TaskRecord],
    _ curves: ValidationCurves,
    _ problem: ProblemResults
  ) -> Table.Row {
    let costs = tasks.map { task in
      zip(method.outcomes, method.runs).map { outcome, runs -> Score in
        if case .failed = outcome { return .failed }
        guard outcome == .finished, let run = runs.first, let index = task.index else {
          return .missing
        }
        return cost(of: run, task: index, tasks, curves)
      }
    }
    let means = costs.map { SeedSummary($0) }
    let largest = means.indices.filter { means[$0].count > 0 }
      .max { means[$0].mean < means[$1].mean }
    let rate = problem.choices.first { $0.method == method.record.label }?.learningRate
    let measured = means.indices.map { cell(means[$0], costs[$0], method, problem.seeds) }
    return Table.Row(
      label: method.record.label,
      isFailed: method.failedCount > 0,
      spacing: previous.map { $0.record.group == method.record.group ? .none : .gap } ?? .none,
      cells: [
        rate.map { .value(Table.Measure(mean: $0)) } ?? .none,
        largest.map { measured[$0] } ?? .none, largest.map { .text(tasks[$0].name) } ?? .none,
      ] + measured
    )
  }

  private static func cost(
    of run: EvaluationRun,
    task: Int,
    _ tasks: [TaskRecord],
    _ curves: ValidationCurves
  ) -> Score {
    let reported = curves.reported(of: run, tasks: tasks.compactMap(\.index))
    guard let own = reported[task], let least = curves.least(of: run, task: task) else {
      return .missing
    }
    return least > 0 ? Score(100 * (own / least - 1)) : .undefined(.zeroBase)
  }

  private static func cell(
    _ summary: SeedSummary,
    _ scores: [Score],
    _ method: MethodResults,
    _ seeds: [Int]
  ) -> Table.Cell {
    if summary.failedCount > 0 {
      return .failure(finished: summary.count, total: summary.count + summary.failedCount)
    }
    guard summary.count > 0 else { return .none }
    var measure = Table.Measure(summary)
    measure.sources = method.sources(scores, seeds: seeds)
    return .value(measure)
  }

  private static func caption(_ problem: ProblemResults, _ tasks: [TaskRecord]) -> [String] {
    let rates = tasks.compactMap { task -> String? in
      let choice = problem.choices.first {
        $0.method == problem.reference?.record.label && $0.taskIndex == task.index
      }
      return choice.map { "\(task.name) \(NumberText.significant($0.learningRate, 3))" }
    }
    return [
      "A network of several tasks is reported at one evaluation: how much higher, in percent, is each "
        + "task's validation loss there than at that task's own best evaluation of the same run; mean "
        + "± standard error over \(NumberText.counted(problem.seeds.count, "evaluation seed")).",
      "Single-task networks pay nothing here, and choose a learning rate each"
        + (rates.isEmpty ? "." : ": \(Verdict.list(rates))."),
      "Both are part of every Δm.",
    ]
  }
}
