/// Minimises `v^T A v` subject to `v >= u` for a positive semi-definite A.
///
/// With `v = u + z` the optimum is the point with `z >= 0`, `y = A v >= 0` and `z^T y = 0`, unique
/// for a positive definite A. An active-set method: solve `A_SS z_S = -(A u)_S`, walk there until a
/// coefficient reaches zero, add the rows of negative y. The objective falls at every step, so it
/// cannot cycle. The matrix is scaled to a unit diagonal first, which changes no result.
///
/// Source: Lawson and Hanson, "Solving Least Squares Problems", 1974, chapter 23 (NNLS).
///
/// Departures: all rows of negative y come in together where that makes progress, not one by one.
struct LowerBoundedQP: Sendable {
  /// The optimum v, shape [size].
  private(set) var solution: [Double]
  /// Whether the optimality conditions hold up to rounding.
  private(set) var isExact = true

  private let size: Int
  private var lengths: [Double]
  private var matrix: [Double]
  private var bounds: [Double]
  private var active: ActiveSet
  private var cholesky: Cholesky
  private var target: [Double]
  private var previous: [Double]
  private var isViolated: [Bool]

  /// Negative products up to this part of the sums behind them are rounding.
  private static let tolerance = 1e-14
  /// Negative products beyond this are not: the result is flagged.
  private static let looseTolerance = 1e-9
  /// Rows added per task before rounding must be to blame; a few are usual.
  private static let stepLimit = 20
  /// Smaller squared pivots mean that the new row depends on the others up to rounding.
  private static let cutoff = 1e-14

  init(size: Int) {
    self.size = size
    solution = Array(repeating: 0, count: size)
    lengths = Array(repeating: 0, count: size)
    matrix = Array(repeating: 0, count: size * size)
    bounds = Array(repeating: 0, count: size)
    active = ActiveSet(capacity: size)
    cholesky = Cholesky(capacity: size)
    target = Array(repeating: 0, count: size)
    previous = Array(repeating: 0, count: size)
    isViolated = Array(repeating: false, count: size)
  }

  /// Takes in A, shape [size][size] row-major; a zero diagonal entry stands for a zero row.
  mutating func setMatrix(_ source: [Double]) {
    for i in 0..<size { lengths[i] = max(source[i * size + i], 0).squareRoot() }
    for i in 0..<size {
      for j in 0..<size {
        let isZero = lengths[i] == 0 || lengths[j] == 0
        matrix[i * size + j] = isZero ? 0 : source[i * size + j] / lengths[i] / lengths[j]
      }
    }
  }

  /// Fills `solution` for the bounds u, shape [size].
  mutating func solve(bounds unscaled: [Double]) {
    for i in 0..<size { bounds[i] = unscaled[i] * lengths[i] }
    search()
    for i in 0..<size {
      let isFree = active.values[i] > 0
      solution[i] = isFree ? unscaled[i] + active.values[i] / lengths[i] : unscaled[i]
    }
  }

  private mutating func search() {
    active.removeAll()
    isExact = true
    for _ in 0..<Self.stepLimit * size {
      guard let worst = findViolations(beyond: Self.tolerance) else { return }
      // All at once usually gets there in a few steps; one alone always makes progress.
      guard enter(nil) || enter(worst) else { break }
    }
    isExact = findViolations(beyond: Self.looseTolerance) == nil
  }

  /// Adds one row, or all that are violated, and walks to the optimum over the new support.
  ///
  /// - Returns: Whether anything has moved.
  private mutating func enter(_ row: Int?) -> Bool {
    for i in 0..<size { previous[i] = active.values[i] }
    for i in 0..<size where row.map({ $0 == i }) ?? isViolated[i] { active.insert(i) }
    if !descend() { active.removeZeros() }
    for i in 0..<size where active.values[i] != previous[i] { return true }
    return false
  }

  /// Walks to the optimum over the support, dropping rows on the way.
  ///
  /// - Returns: False when the rows of the support are dependent up to rounding.
  private mutating func descend() -> Bool {
    while !active.support.isEmpty {
      let count = active.support.count
      for i in 0..<count {
        let row = active.support[i] * size
        for j in 0...i { cholesky.matrix[i * count + j] = matrix[row + active.support[j]] }
        target[i] = 0
        for j in 0..<size { target[i] -= matrix[row + j] * bounds[j] }
      }
      guard cholesky.factorize(size: count, cutoff: Self.cutoff) else { return false }
      cholesky.solve(&target)
      if active.move(towards: target) { break }
    }
    return true
  }

  /// Finds the rows outside the support with a negative product.
  ///
  /// - Returns: The row with the most negative one; nil when there is none.
  private mutating func findViolations(beyond tolerance: Double) -> Int? {
    var worst: Int?
    var worstExcess = 0.0
    for i in 0..<size {
      isViolated[i] = false
      guard active.values[i] == 0 else { continue }
      var product = 0.0
      var magnitude = 0.0
      for j in 0..<size {
        let bound = matrix[i * size + j] * bounds[j]
        let free = matrix[i * size + j] * active.values[j]
        product += bound + free
        magnitude += abs(bound) + abs(free)
      }
      let excess = -product - tolerance * magnitude
      isViolated[i] = excess > 0
      if excess > worstExcess {
        worstExcess = excess
        worst = i
      }
    }
    return worst
  }
}
