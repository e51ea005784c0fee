/// When a learning curve reaches a target.
package enum StepsToTarget {
  /// The first evaluated step from which the value meets the target `hold` evaluations in a row; nil
  /// when it never does (censored).
  ///
  /// Meeting includes equality; a failed evaluation (nan) meets nothing. `steps` may be seconds.
  ///
  /// - Precondition: as many steps as values, `hold` at least 1.
  package static func first(
    steps: [Double],
    values: [Double],
    target: Double,
    higherIsBetter: Bool,
    hold: Int = 1
  ) -> Double? {
    precondition(
      steps.count == values.count && hold >= 1,
      "\(steps.count) steps with \(values.count) values, hold \(hold)"
    )
    var run = 0
    for (index, value) in values.enumerated() {
      let isMet =
        Ties.areTied(value, target) || (higherIsBetter ? value > target : value < target)
      run = isMet ? run + 1 : 0
      if run == hold { return steps[index - hold + 1] }
    }
    return nil
  }
}
