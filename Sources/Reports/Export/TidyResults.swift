internal import Settings
internal import Statistics
internal import Store

/// The test metrics of a suite as a tidy table: a row for each method, problem, seed, task and metric.
///
/// The rows are those that tables show: single-task training, a second base, and every compared method
/// at what tuning chose; neither points of the sweep nor metrics over all tasks together. `status` is
/// `finished`, `failed` (the run diverged or was refused) or `undefined` (there is no such number), and
/// the value of the latter two is empty. What was not run has no row. Numbers read back to the same bits.
package struct TidyResults: Sendable {
  /// One value.
  package struct Row: Sendable, Hashable {
    package let method: String
    package let problem: String
    package let seed: Int
    package let task: String
    package let metric: String
    /// Nil where `status` is not `finished`.
    package let value: Double?
    /// `lower` or `higher`, whichever is better.
    package let direction: String
    package let unit: String
    /// `single-task`, `base`, `fixed`, `control`, `loss` or `gradient`.
    package let group: String
    package let isInDeltaM: Bool
    package let status: String
  }

  package let rows: [Row]

  private static let heads = [
    "method", "problem", "seed", "task", "metric", "value", "direction", "unit", "group",
    "in_delta_m", "status",
  ]

  /// The rows of some problems of a suite, in the order of its tables.
  package init(_ problems: [ProblemResults]) {
    rows = problems.flatMap { problem in
      let methods =
        [problem.reference].compactMap { $0 } + problem.otherReferences + problem.methods
      return methods.flatMap { method in
        problem.seeds.indices.flatMap { Self.rows(problem, method, seed: $0) }
      }
    }
  }

  private static func rows(
    _ problem: ProblemResults,
    _ method: MethodResults,
    seed: Int
  ) -> [Row] {
    problem.columns.enumerated().compactMap { index, column in
      let score = method.values[index][seed]
      guard column.task.index != nil, score != .missing else { return nil }
      return Row(
        method: method.record.label,
        problem: problem.problem.label,
        seed: problem.seeds[seed],
        task: column.task.name,
        metric: column.metric.name,
        value: score.value,
        direction: column.metric.direction.rawValue,
        unit: column.metric.unit,
        group: method.record.group.rawValue,
        isInDeltaM: column.metric.isInDeltaM,
        status: score.value != nil ? "finished" : score == .failed ? "failed" : "undefined"
      )
    }
  }

  /// CSV with a row of names; labels that a spreadsheet would run begin with an apostrophe.
  package var csv: String {
    var lines = [Self.heads.joined(separator: ",")]
    for row in rows {
      let fields = [
        row.method, row.problem, "\(row.seed)", row.task, row.metric, NumberText.exact(row.value),
        row.direction, row.unit, row.group, row.isInDeltaM ? "1" : "0", row.status,
      ]
      lines.append(fields.map { CSVTable.escaped($0) }.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One JSON object a line, with the same members; an empty value is null.
  package var jsonLines: String {
    rows.map { row in
      var table = CanonicalTable()
      table["method"] = .text(row.method)
      table["problem"] = .text(row.problem)
      table["seed"] = .count(row.seed)
      table["task"] = .text(row.task)
      table["metric"] = .text(row.metric)
      table["value"] = .number(orNull: row.value)
      table["direction"] = .text(row.direction)
      table["unit"] = .text(row.unit)
      table["group"] = .text(row.group)
      table["in_delta_m"] = .flag(row.isInDeltaM)
      table["status"] = .text(row.status)
      return table.json + "\n"
    }.joined()
  }
}
