internal import Weighting

/// One step made of written-down numbers: what a rule is given, and the update its answer means.
struct ReplayStep: ~Copyable {
  var statistics: StepStatistics
  var result: StepWeights

  private let groups: [Range<Int>]
  private let sharedCount: Int

  /// A step of zeros; `groups` are the rule's parameter groups, empty where it has none.
  init(taskCount: Int, sharedCount: Int, groups: [Range<Int>]) {
    self.groups = groups
    self.sharedCount = sharedCount
    statistics = StepStatistics(taskCount: taskCount)
    result = StepWeights(taskCount: taskCount)
    let square = taskCount * taskCount
    statistics.groupGramians = Array(repeating: 0, count: groups.count * square)
    result.groupShared = Array(repeating: 0, count: groups.count * taskCount)
    unsafe statistics.jacobian = .allocate(capacity: taskCount * sharedCount)
    unsafe statistics.jacobian.initialize(repeating: 0)
    unsafe result.direction = .allocate(capacity: sharedCount)
    unsafe result.direction.initialize(repeating: 0)
  }

  deinit {
    unsafe statistics.jacobian.deallocate()
    unsafe result.direction.deallocate()
  }

  /// Fills everything that follows from the task gradients `rows`, shape [K][P].
  mutating func fill(jacobian rows: [[Double]]) {
    for k in rows.indices {
      for p in rows[k].indices { unsafe statistics.jacobian[k * sharedCount + p] = rows[k][p] }
      statistics.gradientNorms[k] = product(rows[k], rows[k], in: 0..<sharedCount).squareRoot()
    }
    statistics.gramian = products(rows, rows, in: 0..<sharedCount)
    let square = rows.count * rows.count
    for (index, group) in groups.enumerated() {
      let gramian = products(rows, rows, in: group)
      statistics.groupGramians.replaceSubrange(index * square..<(index + 1) * square, with: gramian)
    }
  }

  /// Fills the inner products of the task gradients of two batches, shape [K][P] each.
  mutating func fill(first: [[Double]], second: [[Double]]) {
    statistics.crossGramian = products(first, second, in: 0..<sharedCount)
  }

  /// The update of the shared parameters that `result` means for the task gradients `rows`.
  func direction(of rows: [[Double]]) -> [Double] {
    let taskCount = statistics.taskCount
    var direction = Array(repeating: 0.0, count: sharedCount)
    switch result.update {
    case .combination:
      for k in rows.indices { add(rows[k], times: result.shared[k], to: &direction) }
    case .groupCombinations:
      for (index, group) in groups.enumerated() {
        for k in rows.indices {
          let weight = result.groupShared[index * taskCount + k]
          for p in group { direction[p] += weight * rows[k][p] }
        }
      }
    case .direction, .representationDirection:
      for p in direction.indices { direction[p] = unsafe result.direction[p] }
    }
    return direction.map { $0 * result.sharedFactor }
  }

  private func add(_ row: [Double], times factor: Double, to direction: inout [Double]) {
    for p in direction.indices { direction[p] += factor * row[p] }
  }

  /// `A B^T` over a range of columns, row-major.
  private func products(_ a: [[Double]], _ b: [[Double]], in columns: Range<Int>) -> [Double] {
    a.flatMap { x in b.map { y in product(x, y, in: columns) } }
  }

  private func product(_ x: [Double], _ y: [Double], in columns: Range<Int>) -> Double {
    columns.reduce(0) { $0 + x[$1] * y[$1] }
  }
}
