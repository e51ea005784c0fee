/// How fast tasks are learnt, and how unequally.
package enum LearningSpeed {
  /// The share of its total fall by which a curve counts as learnt.
  package static let share = 0.9

  /// The step at which a validation curve has made 90 % of its total fall; nil where it never falls.
  ///
  /// The total fall is from the first value to the least. Between the last evaluation above the mark
  /// and the first at or below it the step is interpolated on a line, so that a few evaluations
  /// are enough. Values that are not finite are left out.
  ///
  /// - Parameters:
  ///   - steps: Steps of the evaluations, ascending.
  ///   - losses: Validation loss of single-task training at each.
  /// - Returns: In steps.
  /// - Precondition: as many of both.
  package static func step(steps: [Double], losses: [Double]) -> Double? {
    precondition(
      steps.count == losses.count,
      "\(steps.count) steps with \(losses.count) losses"
    )
    let curve = zip(steps, losses).filter { $0.1.isFinite }
    guard let start = curve.first, let least = curve.map({ $0.1 }).min(), least < start.1
    else { return nil }
    let mark = start.1 - share * (start.1 - least)
    var before = start
    for point in curve {
      if point.1 <= mark {
        let part = (before.1 - mark) / (before.1 - point.1)
        return before.0 + part * (point.0 - before.0)
      }
      before = point
    }
    return nil
  }

  /// Slowest over fastest task of what `step` says of each, shape [K]: 1 or more; nan without a task
  /// and where a curve never falls.
  package static func ratio(_ steps: [Double?]) -> Double {
    let reached = steps.compactMap { $0 }
    guard reached.count == steps.count, let slowest = reached.max(), let fastest = reached.min()
    else { return .nan }
    return slowest / fastest
  }
}
