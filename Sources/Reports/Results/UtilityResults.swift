package import Statistics
package import Store

/// What the methods of a problem did by another utility than Δm, each tuned by that utility.
package struct UtilityResults: Sendable {
  /// What is compared, lower is better.
  package let utility: Utility
  /// Labels of the compared methods, in the order of the tables.
  package let labels: [String]
  /// Their groups.
  package let groups: [MethodGroup]
  /// The utility at each seed, shape [methodCount][seedCount].
  package let scores: [[Score]]

  /// The utility of a stored name that a table of its own shows: any but the mean, which all show.
  package static func isShown(_ name: String) -> Utility? {
    Utility(rawValue: name).flatMap { $0 == .mean ? nil : $0 }
  }

  /// The results of a problem whose evaluation runs are those that tuning by `utility` chose.
  package init(_ utility: Utility, of problem: ProblemResults) {
    self.utility = utility
    labels = problem.methods.map(\.record.label)
    groups = problem.methods.map(\.record.group)
    scores = problem.methods.map { method in
      (method.deltaM?.seeds ?? []).map { seed in
        seed.score.map { _ in
          // A task of a tampered store that is not there has no value.
          seed.taskGains.indices.contains(problem.problem.primaryTask)
            ? utility.value(taskGains: seed.taskGains, primary: problem.problem.primaryTask) : .nan
        }
      }
    }
  }
}
