/// Share of (task, seed) cells in which multi-task training is worse than single-task training of the
/// same seed.
///
/// Strictly worse, ties counted apart; a failed multi-task run counts as worse, a cell in which either
/// has no value otherwise is left out. Without any effect the rate is 50 %, so it is never to be read alone.
package struct NegativeTransfer: Hashable, Sendable {
  /// Number of cells that are counted.
  package let cellCount: Int
  /// Share of the cells that are worse; nan without cells.
  package let rate: Double
  /// Share of the cells that are tied.
  package let tieShare: Double
  /// Share of each task's cells that are worse, shape [taskCount].
  package let taskRates: [Double]

  /// Rates of `multiTask` against `singleTask`, both of shape [task][seed].
  ///
  /// - Precondition: the same shapes, one direction per task.
  package init(multiTask: [[Score]], singleTask: [[Score]], higherIsBetter: [Bool]) {
    precondition(
      multiTask.map { $0.count } == singleTask.map { $0.count }
        && higherIsBetter.count == multiTask.count,
      "\(multiTask.map { $0.count }) against \(singleTask.map { $0.count }) cells"
    )
    let tasks = multiTask.indices.map { task in
      Cells(multiTask[task], singleTask[task], higherIsBetter: higherIsBetter[task])
    }
    let cells = tasks.reduce(0) { $0 + $1.count }
    cellCount = cells
    rate = Double(tasks.reduce(0) { $0 + $1.worse }) / Double(cells)
    tieShare = Double(tasks.reduce(0) { $0 + $1.tied }) / Double(cells)
    taskRates = tasks.map { Double($0.worse) / Double($0.count) }
  }

  /// One task's cells.
  private struct Cells {
    var count = 0
    var worse = 0
    var tied = 0

    init(_ multiTask: [Score], _ singleTask: [Score], higherIsBetter: Bool) {
      for (multi, single) in zip(multiTask, singleTask) {
        guard case .value(let base) = single else { continue }
        switch multi {
        case .undefined, .missing: continue
        case .failed:
          count += 1
          worse += 1
        case .value(let value):
          count += 1
          if Ties.areTied(value, base) {
            tied += 1
          } else if higherIsBetter ? value < base : value > base {
            worse += 1
          }
        }
      }
    }
  }
}
