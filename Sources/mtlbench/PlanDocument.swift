internal import Harness
internal import Problems
internal import Settings

/// What `check --json` prints: the plan, about how long it takes, and what columns were taken for.
enum PlanDocument {
  static func document(
    _ plan: Plan,
    _ estimate: TimeEstimate,
    workers: Int
  ) throws -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/check/1")
    document["suite"] = .text(plan.suite.name)
    document["runs"] = .count(plan.runCount)
    document["workers"] = .count(workers)
    document["seconds"] = .number(orNull: estimate.totalSeconds / Double(workers))
    document["evaluation_seeds"] = .count(plan.suite.evaluationSeeds.count)
    document["trials"] = .count(plan.suite.tuning.trialCount)
    document["problems"] = .list(
      try plan.problemIndices.map { index in
        let problem = plan.suite.problems[index]
        var table = try Self.problem(problem)
        table["runs"] = .count(plan.runCount(of: index))
        table["seconds_per_run"] = .number(orNull: estimate.secondsPerRun[index])
        return .table(table)
      }
    )
    return document
  }

  private static func problem(_ problem: SuiteProblem) throws -> CanonicalTable {
    let data = try problem.firstData.get(of: problem.problem)
    var table = CanonicalTable()
    table["label"] = .text(problem.label)
    table["methods"] = .list(problem.methods.map { .text($0.label) })
    table["learning_rates"] = .list(problem.tuning.learningRates.map { .number($0) })
    table["rows"] = .table(rows(data) { $0.rowCount })
    table["network_inputs"] = .count(data.inputCount)
    table["inputs"] = .list(
      problem.problem.inputSummaries.map { input in
        var entry = CanonicalTable()
        entry["name"] = .text(input.name)
        entry["kind"] = .text(input.kind.rawValue)
        entry["missing"] = .count(input.missingCount)
        entry["categories"] = .list(input.categories.map { .text($0.name) })
        return .table(entry)
      }
    )
    table["targets"] = .list(
      data.tasks.enumerated().map { i, task in
        let labels = data.labelCounts(ofTask: i)
        var entry = CanonicalTable()
        entry["name"] = .text(task.name)
        entry["kind"] = .text(task.kind.title)
        if data.hasOwnRows { entry["rows"] = .table(rows(data) { $0.rows(ofTask: i).count }) }
        entry["missing"] = .count(labels.missing)
        entry["loss"] = .text(task.loss.rawValue)
        entry["classes"] = .list(task.classNames.map { .text($0) })
        entry["class_counts"] = .list(labels.counts.map { .count($0) })
        var scores = CanonicalTable()
        for (metric, score) in zip(
          task.metrics,
          ConstantBaseline.scores(ofTask: i, data, on: .validation)
        ) {
          scores[metric.rawValue] = .number(orNull: score)
        }
        entry["baseline"] = .table(scores)
        return .table(entry)
      }
    )
    table["notes"] = .list(problem.problem.notices.map { .text($0) })
    return table
  }

  /// What is counted in each part.
  private static func rows(_ data: ProblemData, _ count: (DataPart) -> Int) -> CanonicalTable {
    var rows = CanonicalTable()
    for part in SplitPart.allCases { rows[part.rawValue] = .count(count(data[part])) }
    return rows
  }
}
