internal import Statistics

extension Table.Measure {
  /// A mean over seeds with its standard error and t interval, and how many there should be.
  init(_ summary: SeedSummary) {
    let hasInterval = summary.interval.lower.isFinite && summary.interval.upper.isFinite
    self.init(
      mean: summary.mean,
      error: summary.standardError.isFinite ? summary.standardError : nil,
      count: summary.count,
      failedCount: summary.failedCount,
      plannedCount: summary.seedCount,
      interval: hasInterval ? summary.interval.lower...summary.interval.upper : nil
    )
  }

  /// Takes the mark of the method at a position; a method with failed runs is in no comparison.
  mutating func mark(_ marks: BestMarks, at position: Int, _ method: MethodResults) {
    guard method.failedCount == 0, method.finishedCount >= 2, marks.best != nil else { return }
    pAgainstBest = marks.p[position]
    pAdjusted = marks.adjustedP[position]
    mark =
      marks.bold[position] ? .best : marks.second.contains(position) ? .second : .other
  }
}
