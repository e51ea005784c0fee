/// What a choice or a comparison is made by.
///
/// One number from the changes of a problem's tasks against single-task training; lower is better.
/// A method that aims at the weakest task is judged unfairly by the mean alone, where fixed weights are
/// optimal by construction; so each utility has a tuning choice of its own, by the same utility.
package enum Utility: String, CaseIterable, Sendable {
  /// Δm: the mean change over the tasks, in percent.
  case mean
  /// The change of the task that fares worst, in percent.
  case worst
  /// The share of tasks that are worse than single-task training, in percent.
  case harmed
  /// The change of the problem's primary task, in percent; the others are there to help it.
  case primary

  /// The utility of some task gains.
  ///
  /// - Parameters:
  ///   - taskGains: Gain of each task over single-task training in percent, positive is better,
  ///     shape [K], K at least 1.
  ///   - primary: Index of the primary task.
  /// - Returns: In percent, lower is better; nan where a gain that counts is undefined.
  package func value(taskGains: [Double], primary: Int) -> Double {
    precondition(taskGains.indices.contains(primary), "no task \(primary) of \(taskGains.count)")
    if self == .primary { return -taskGains[primary] }
    guard taskGains.allSatisfy({ !$0.isNaN }) else { return .nan }
    switch self {
    case .mean: return -CompensatedSum.mean(taskGains)
    case .worst: return -(taskGains.min() ?? .nan)
    case .harmed: return 100 * Double(taskGains.count { $0 < 0 }) / Double(taskGains.count)
    case .primary: return -taskGains[primary]
    }
  }
}
