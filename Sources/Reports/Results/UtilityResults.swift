package import Statistics
internal import Store

/// What the methods of a problem did by another utility than Δm, each tuned by that utility.
package struct UtilityResults: Sendable {
  /// What is compared, lower is better.
  package let utility: Utility
  /// Labels of the compared methods, in the order of the tables.
  package let labels: [String]
  /// Their groups.
  package let groups: [String]
  /// The utility at each seed, shape [methodCount][seedCount].
  package let scores: [[Score]]

  /// The utilities that a table can show: those of all tasks.
  ///
  /// Which task is the primary one is not stored.
  package static func isShown(_ name: String) -> Utility? {
    Utility(rawValue: name).flatMap { [.worst, .harmed].contains($0) ? $0 : nil }
  }

  /// The results of a problem whose evaluation runs are those that tuning by `utility` chose.
  package init(_ utility: Utility, of problem: ProblemResults) {
    self.utility = utility
    labels = problem.methods.map(\.record.label)
    groups = problem.methods.map(\.record.group)
    scores = problem.methods.map { method in
      (method.deltaM?.seeds ?? []).map { seed in
        seed.score.map { _ in utility.value(taskGains: seed.taskGains, primary: 0) }
      }
    }
  }
}
