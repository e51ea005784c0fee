/// A Gramian split into lengths and cosines, with zero rows left out.
///
/// What depends on directions only is solved in the cosines, so that gradients of very different
/// lengths do not hide each other.
struct UnitGramian: Sendable {
  let taskCount: Int
  /// Number of rows that are not zero.
  private(set) var count = 0
  /// Task of each kept row; the first `count` entries.
  private(set) var tasks: [Int]
  /// Length of each kept row; the first `count` entries.
  private(set) var norms: [Double]
  /// Cosines of the kept rows with each other, shape [count][count] row-major, 1 on the diagonal.
  private(set) var cosines: [Double]
  /// The magnitudes of `cosines`.
  private var magnitudes: [Double]

  init(taskCount: Int) {
    self.taskCount = taskCount
    tasks = Array(repeating: 0, count: taskCount)
    norms = Array(repeating: 0, count: taskCount)
    cosines = Array(repeating: 0, count: taskCount * taskCount)
    magnitudes = cosines
  }

  /// Whether some row is zero.
  var hasZeroRow: Bool { count < taskCount }

  /// Takes in a Gramian, shape [taskCount][taskCount] row-major.
  mutating func read(_ gramian: [Double]) {
    count = 0
    for k in 0..<taskCount where gramian[k * taskCount + k] > 0 {
      tasks[count] = k
      norms[count] = gramian[k * taskCount + k].squareRoot()
      count += 1
    }
    for i in 0..<count {
      for j in 0..<count {
        let product = gramian[tasks[i] * taskCount + tasks[j]]
        cosines[i * count + j] = i == j ? 1 : product / norms[i] / norms[j]
        magnitudes[i * count + j] = abs(cosines[i * count + j])
      }
    }
  }

  /// Sum over j of `cosines[i][j] * x[j]`.
  func product(row i: Int, _ x: [Double]) -> Double {
    VectorLoops.dot(cosines, from: i * count, x, count: count)
  }

  /// Sum over j of the magnitudes of those terms, for x of 0 or more: what `product` may be wrong by,
  /// times rounding.
  func magnitude(row i: Int, _ x: [Double]) -> Double {
    VectorLoops.dot(magnitudes, from: i * count, x, count: count)
  }
}
