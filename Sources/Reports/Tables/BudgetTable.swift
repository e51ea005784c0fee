internal import Statistics
internal import Store

/// Validation losses of all methods of one problem after the same number of steps.
package enum EqualStepsTable: ReportTable {
  package static let name = "equal-steps"
  package static let summary = "validation losses of every method after equally many steps"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.cost
  package static let needsSeries = true

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    try BudgetTable.table(kind: Self.self, of: results, unit: .steps)
  }
}

/// Validation losses of all methods of one problem after the same number of training samples.
package enum EqualSamplesTable: ReportTable {
  package static let name = "equal-samples"
  package static let summary = "validation losses of every method after equally many samples"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.cost
  package static let needsSeries = true

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    try BudgetTable.table(kind: Self.self, of: results, unit: .samples)
  }
}

/// Validation losses of all methods of one problem after the same seconds of training.
package enum EqualSecondsTable: ReportTable {
  package static let name = "equal-seconds"
  package static let summary = "validation losses of every method after equally many seconds"
  package static let scope = ReportScope.problem
  package static let topic = ReportTopic.cost
  package static let needsSeries = true

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    try BudgetTable.table(kind: Self.self, of: results, unit: .seconds)
  }
}

/// What the three tables of equal budgets share.
private enum BudgetTable {
  static func table(
    kind: any ReportTable.Type,
    of results: SuiteResults,
    unit: TrainingBudget.Unit
  ) throws(TableError) -> Table {
    guard let problem = results.problems.first,
      let budget = TrainingBudget(unit, of: problem)
    else {
      throw .notApplicable(table: kind.name, reason: "no finished run has losses over training")
    }
    let all = [problem.reference].compactMap { $0 } + problem.methods
    let readings = all.map { budget.reading(of: $0) }
    let offset = problem.reference == nil ? 0 : 1
    let reference = problem.reference.map { _ in readings[0] }
    let tasks = problem.problem.ownTasks
    let changes = readings.map { change(of: $0, against: reference, problem) }
    let columns = tasks.indices.map { task in readings.map { $0.losses[task] } }
    let marks = (columns + [changes]).map { column in
      BestMarks(Array(column[offset...]), higherIsBetter: false, alpha: Comparison.alpha)
    }
    var rows: [Table.Row] = []
    var above: MethodRecord?
    for (index, method) in all.enumerated() {
      let isReference = index < offset
      var cells: [Table.Cell] = [
        readings[index].step.map {
          .value(Table.Measure(mean: Double($0), count: method.finishedCount))
        } ?? .none
      ]
      for (column, values) in (columns.map { $0[index] } + [changes[index]]).enumerated() {
        let task = column < tasks.count ? tasks[column].index : nil
        if isReference, task == nil {
          cells.append(.text("0 (ref.)"))
        } else {
          let mark = isReference ? nil : (marks[column], index - offset)
          cells.append(cell(values, method, problem, task: task, mark: mark))
        }
      }
      rows.append(
        Table.Row(
          label: method.record.label,
          isFailed: method.failedCount > 0,
          spacing: method.record.spacing(below: above),
          cells: problem.reference == nil ? Array(cells.dropLast()) : cells,
          sources: method.sources(seeds: problem.seeds) { unit.perStep(in: $0) },
          sourceWords: "\(words(unit)) a step by seed"
        )
      )
      above = method.record
    }
    return Table(
      name: kind.name(on: problem),
      title: "Problem \(problem.problem.label) of suite \(results.suite.name) after equally many "
        + words(unit),
      columns: heads(tasks, hasReference: problem.reference != nil),
      rows: rows,
      caption: caption(budget, problem),
      footnotes: all.compactMap { ReportNotes.failures(of: $0) }
    )
  }

  private static func heads(_ tasks: [TaskRecord], hasReference: Bool) -> [Table.Column] {
    let step = Table.Column(
      name: "step",
      head: "Steps",
      decimals: .fixed(0),
      formula: "the last evaluation whose step times the median cost a step is within the budget"
    )
    let losses = tasks.map { task in
      Table.Column(
        name: "\(task.name).loss",
        group: "Validation loss",
        head: task.name,
        direction: .lower,
        formula:
          "mean over seeds of the loss on the validation part at the run's best evaluation up "
          + "to then"
      )
    }
    let change = Table.Column(
      name: "loss_change",
      head: "Change",
      unit: "%",
      direction: .lower,
      formula: "mean over seeds of the mean over tasks of 100 (loss - b) / b, b: single-task "
        + "training of the same seed within the same budget"
    )
    return [step] + losses + (hasReference ? [change] : [])
  }

  /// Change of the losses in percent at each seed, a mean over tasks.
  private static func change(
    of reading: TrainingBudget.Reading,
    against reference: TrainingBudget.Reading?,
    _ problem: ProblemResults
  ) -> [Score] {
    problem.seeds.indices.map { seed in
      guard let reference else { return .missing }
      return DeltaM(
        zip(reading.losses, reference.losses).map { own, base in
          [DeltaM.Metric(value: own[seed], base: base[seed], higherIsBetter: false)]
        }
      ).score
    }
  }

  private static func cell(
    _ values: [Score],
    _ method: MethodResults,
    _ problem: ProblemResults,
    task: Int?,
    mark: (marks: BestMarks, position: Int)?
  ) -> Table.Cell {
    let summary = SeedSummary(values)
    guard summary.count > 0 else {
      guard method.failedCount > 0 else { return .none }
      let total = method.finishedCount + method.failedCount
      return .failure(finished: method.finishedCount, total: total)
    }
    var measure = Table.Measure(summary)
    measure.sources = method.sources(values, seeds: problem.seeds, task: task)
    if let mark { measure.mark(mark.marks, at: mark.position, method) }
    return .value(measure)
  }

  private static func words(_ unit: TrainingBudget.Unit) -> String {
    switch unit {
    case .steps: "steps"
    case .samples: "samples"
    case .seconds: "seconds"
    }
  }

  private static func caption(_ budget: TrainingBudget, _ problem: ProblemResults) -> [String] {
    let amount =
      budget.unit == .seconds
      ? "\(NumberText.significant(budget.amount, 3)) seconds in training steps"
      : "\(NumberText.fixed(budget.amount, 0)) \(words(budget.unit))"
    var sentences = [
      "Budget: \(amount), the whole training of \(budget.cheapest), the cheapest method; "
        + "single-task training spends it on all its networks together.",
      "Shown is the validation loss, in the unit that training lowers, at each run's best evaluation "
        + "within the budget (lowest mean over tasks relative to step 0), mean ± standard error over "
        + "\(NumberText.counted(problem.seeds.count, "seed")); learning rates were tuned for the whole training.",
    ]
    if budget.unit == .seconds {
      sentences.append(
        "Costs a step are medians over seeds; times hold for the machine of the runs."
      )
    }
    sentences.append(
      "Bold: not significantly worse than the best of the column (paired t, Holm over the column, "
        + "α = \(NumberText.fixed(Comparison.alpha, 2))); underlined: the best of the others."
    )
    return sentences
  }
}
