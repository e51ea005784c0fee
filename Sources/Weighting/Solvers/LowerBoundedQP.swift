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
  /// `A u`, and the sum of the magnitudes of u.
  private var offsets: [Double]
  private var boundsTotal = 0.0
  /// `A v`.
  private var products: [Double]
  private var active: ActiveSet
  private var factor: SupportFactor
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
    offsets = Array(repeating: 0, count: size)
    products = Array(repeating: 0, count: size)
    active = ActiveSet(capacity: size)
    factor = SupportFactor(capacity: size)
    target = Array(repeating: 0, count: size)
    previous = Array(repeating: 0, count: size)
    isViolated = Array(repeating: false, count: size)
  }

  /// Takes in A, shape [size][size] row-major; a zero diagonal entry stands for a zero row.
  mutating func setMatrix(_ source: [Double]) {
    factor.reset()
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
    boundsTotal = 0
    for i in 0..<size { offsets[i] = 0 }
    for i in 0..<size {
      bounds[i] = unscaled[i] * lengths[i]
      boundsTotal += abs(bounds[i])
      // Row i of A is its column.
      guard bounds[i] != 0 else { continue }
      VectorLoops.add(matrix, from: i * size, times: bounds[i], to: &offsets, count: size)
    }
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
  /// - Returns: False when the rows of the support are dependent up to rounding, or their numbers went out
  ///   of range.
  private mutating func descend() -> Bool {
    while !active.support.isEmpty {
      let isRegular = factor.factorize(
        active.support,
        of: matrix,
        width: size,
        cutoff: Self.cutoff
      )
      guard isRegular else { return false }
      for (i, row) in active.support.enumerated() { target[i] = -offsets[row] }
      factor.solve(&target)
      switch active.move(towards: target) {
      case .reached: return true
      case .shortened: continue
      case .stuck: return false
      }
    }
    return true
  }

  /// Finds the rows outside the support with a negative product.
  ///
  /// - Returns: The row with the most negative one; nil when there is none.
  private mutating func findViolations(beyond tolerance: Double) -> Int? {
    var total = boundsTotal
    for i in 0..<size { products[i] = offsets[i] }
    VectorLoops.add(active.support, of: matrix, times: active.values, to: &products)
    for i in active.support { total += active.values[i] }
    var worst: Int?
    for i in 0..<size {
      isViolated[i] = false
      guard active.values[i] == 0, products[i] < 0 else { continue }
      // No entry of A is above 1, so that the total is a bound on the magnitudes.
      isViolated[i] =
        -products[i] > tolerance * total || -products[i] > tolerance * magnitude(row: i)
      if isViolated[i], products[i] < worst.map({ products[$0] }) ?? 0 { worst = i }
    }
    return worst
  }

  /// The sum of the magnitudes behind `products[i]`.
  private func magnitude(row i: Int) -> Double {
    var sum = 0.0
    for j in 0..<size {
      sum += abs(matrix[i * size + j]) * (abs(bounds[j]) + active.values[j])
    }
    return sum
  }
}
