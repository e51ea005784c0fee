/// The stationary points of quadratic functions on the affine hull of a few unit rows.
///
/// For a support S solves `[C_SS a_S; a_S^T 0] [x; nu] = [f; e]`, where C holds cosines and a row i
/// of length `norms[i]` takes the share `a[i] x[i]` of the hull's total of 1, `a[i] = 1 / norms[i]`
/// up to a common factor.
///
/// For independent rows `x = z - nu y` with `C_SS z = f`, `C_SS y = a_S` and
/// `nu = (a_S . z - e) / (a_S . y)`. Rows that are dependent, but affinely independent, as the corners
/// of a hull that holds zero are, go through elimination with complete pivoting.
struct AffineSystem: Sendable {
  private var factor: SupportFactor
  private var isIndependent = true
  private var solver: LinearSolver
  private var rightSide: [Double]
  /// `a_S`, its largest entry 1.
  private var total: [Double]
  /// y, and `a_S . y`.
  private var response: [Double]
  private var responseTotal = 1.0
  private var unit = 1.0
  private var count = 0

  /// Rows with smaller squared pivots are left to elimination: these lose 10 of 16 digits.
  private static let dependence = 1e-10
  /// Smaller pivots of the elimination mean that the rows are affinely dependent up to rounding.
  private static let cutoff = 1e-13

  init(capacity: Int) {
    factor = SupportFactor(capacity: capacity)
    solver = LinearSolver(capacity: capacity + 1)
    rightSide = Array(repeating: 0, count: capacity + 1)
    total = Array(repeating: 0, count: capacity)
    response = Array(repeating: 0, count: capacity)
  }

  /// Forgets all rows, as is due when these have changed.
  mutating func reset() {
    factor.reset()
  }

  /// Prepares for a support.
  ///
  /// - Parameters:
  ///   - support: Indices of kept rows.
  ///   - rows: Their cosines; the same since `reset`.
  ///   - shares: The vector a for all kept rows.
  /// - Returns: Whether the rows are affinely independent.
  mutating func factorize(_ support: [Int], of rows: UnitGramian, shares: [Double]) -> Bool {
    count = support.count
    unit = 0
    for i in support { unit = max(unit, shares[i]) }
    for i in 0..<count { total[i] = shares[support[i]] / unit }
    isIndependent = factor.factorize(
      support,
      of: rows.cosines,
      width: rows.count,
      cutoff: Self.dependence
    )
    guard isIndependent else { return eliminate(support, of: rows) }
    for i in 0..<count { response[i] = total[i] }
    factor.solve(&response)
    responseTotal = VectorLoops.dot(total, from: 0, response, count: count)
    return true
  }

  private mutating func eliminate(_ support: [Int], of rows: UnitGramian) -> Bool {
    let width = count + 1
    for i in 0..<count {
      for j in 0..<count {
        solver.matrix[i * width + j] = rows.cosines[support[i] * rows.count + support[j]]
      }
      solver.matrix[i * width + count] = total[i]
      solver.matrix[count * width + i] = total[i]
    }
    solver.matrix[count * width + count] = 0
    return solver.factorize(size: width, cutoff: Self.cutoff)
  }

  /// Writes to `x` the point of least norm: f = 0, e = 1.
  mutating func solveLeastNorm(into x: inout [Double]) {
    for i in 0..<count { rightSide[i] = 0 }
    solve(total: 1 / unit, into: &x)
  }

  /// Writes to `x` the direction for the linear term `slopes`: f = -slopes on S, e = 0.
  mutating func solveSlope(_ slopes: [Double], of support: [Int], into x: inout [Double]) {
    for i in 0..<count { rightSide[i] = -slopes[support[i]] }
    solve(total: 0, into: &x)
  }

  /// Solves for the f in `rightSide` and an e.
  private mutating func solve(total e: Double, into x: inout [Double]) {
    if isIndependent {
      factor.solve(&rightSide)
      let nu = (VectorLoops.dot(total, from: 0, rightSide, count: count) - e) / responseTotal
      for i in 0..<count { x[i] = rightSide[i] - nu * response[i] }
    } else {
      rightSide[count] = e
      solver.solve(&rightSide)
      for i in 0..<count { x[i] = rightSide[i] }
    }
  }
}
