internal import Statistics
internal import Store

/// Every method of one problem by other utilities than the mean change, each tuned by that utility.
package enum UtilityTable: ReportTable {
  package static let name = "utilities"
  package static let summary =
    "the worst task, the share of tasks harmed and the primary task, every method tuned by the "
    + "same utility"
  package static let scope = ReportScope.problem

  package static func table(of results: SuiteResults) throws(TableError) -> Table {
    guard let problem = results.problems.first, let first = problem.utilities.first else {
      throw .notApplicable(
        table: name,
        reason: "the suite chooses by the mean change alone (key utilities)"
      )
    }
    let comparisons = problem.utilities.map { own in
      ProtocolComparison(
        ComparisonProtocol(
          name: own.utility.rawValue,
          choice: "the utility",
          scores: own.scores
        ),
        control: own.labels.firstIndex(of: MethodLabel.tunedStatic)
      )
    }
    return Table(
      name: name(on: problem),
      title: "By other utilities on problem \(problem.problem.label) of suite "
        + results.suite.name,
      columns: problem.utilities.flatMap { columns($0.utility, problem.problem) },
      rows: first.labels.indices.map { index in
        Table.Row(
          label: first.labels[index],
          spacing: index > 0 && first.groups[index] != first.groups[index - 1] ? .gap : .none,
          cells: zip(problem.utilities, comparisons).flatMap { own, comparison in
            cells(own, comparison, index)
          }
        )
      },
      caption: caption(problem)
    )
  }

  private static func columns(_ utility: Utility, _ problem: ProblemRecord) -> [Table.Column] {
    let (group, formula) =
      switch utility {
      case .mean: ("Mean", "mean over seeds of the mean drop over the tasks, in percent")
      case .worst: ("Worst task", "mean over seeds of the largest drop of a task, in percent")
      case .harmed:
        ("Tasks harmed", "mean over seeds of the share of tasks below single-task training")
      case .primary:
        (
          "Primary task \(problem.primaryName)",
          "mean over seeds of the drop of the primary task, in percent"
        )
      }
    return [
      Table.Column(
        name: utility.rawValue,
        group: group,
        head: utility == .harmed ? "Share" : "Δ",
        unit: "%",
        direction: .lower,
        formula: formula
      ),
      Table.Column(
        name: "\(utility.rawValue).p_vs_static",
        group: group,
        head: "p vs static",
        decimals: .pValue,
        formula: "paired t against static (tuned), tuned by the same utility, Holm over the methods"
      ),
    ]
  }

  private static func cells(
    _ own: UtilityResults,
    _ comparison: ProtocolComparison,
    _ index: Int
  ) -> [Table.Cell] {
    let p: Table.Cell =
      own.labels[index] == MethodLabel.tunedStatic
      ? .text("(ref.)")
      : comparison.entries[index].flatMap { entry in
        entry.adjustedP.isFinite
          ? .value(Table.Measure(mean: entry.adjustedP, count: entry.count)) : nil
      } ?? .none
    let summary = SeedSummary(own.scores[index])
    guard summary.failedCount == 0 else {
      return [.failure(finished: summary.count, total: summary.count + summary.failedCount), p]
    }
    return [summary.count == 0 ? .none : .value(Table.Measure(summary)), p]
  }

  private static func caption(_ problem: ProblemResults) -> [String] {
    [
      "Each method and \(MethodLabel.tunedStatic) at what tuning chose by the utility of the "
        + "column; mean ± standard error over "
        + "\(NumberText.counted(problem.seeds.count, "evaluation seed")).",
      "Worst task: the task that fares worst against single-task training; tasks harmed: the share "
        + "that is worse; primary task: the one that the others are there to help. The mean over the tasks, table \(ProblemTable.name), is a linear utility, "
        + "which some fixed weights optimise by construction.",
    ]
  }
}

extension ProblemRecord {
  /// Name of the task that the utility `primary` is about.
  fileprivate var primaryName: String {
    tasks.first { $0.index == primaryTask }?.name ?? "\(primaryTask)"
  }
}
