/// The stationary points of quadratic functions on the affine hull of a few unit rows.
///
/// For a support S solves `[C_SS a_S; a_S^T 0] [x; nu] = [f; e]`, where C holds cosines and a row i
/// of length `norms[i]` takes the share `a[i] x[i]` of the hull's total of 1, `a[i] = 1 / norms[i]`
/// up to a common factor.
struct AffineSystem: Sendable {
  private var solver: LinearSolver
  private var rightSide: [Double]
  private var unit = 1.0

  /// Smaller pivots mean that the rows are affinely dependent up to rounding.
  private static let cutoff = 1e-13

  init(capacity: Int) {
    solver = LinearSolver(capacity: capacity + 1)
    rightSide = Array(repeating: 0, count: capacity + 1)
  }

  /// Prepares for a support.
  ///
  /// - Parameters:
  ///   - support: Indices of kept rows.
  ///   - rows: Their cosines.
  ///   - shares: The vector a for all kept rows.
  /// - Returns: Whether the rows are affinely independent.
  mutating func factorize(_ support: [Int], of rows: UnitGramian, shares: [Double]) -> Bool {
    let size = support.count
    let width = size + 1
    unit = 0
    for i in support { unit = max(unit, shares[i]) }
    for i in 0..<size {
      for j in 0..<size {
        solver.matrix[i * width + j] = rows.cosines[support[i] * rows.count + support[j]]
      }
      solver.matrix[i * width + size] = shares[support[i]] / unit
      solver.matrix[size * width + i] = shares[support[i]] / unit
    }
    solver.matrix[size * width + size] = 0
    return solver.factorize(size: width, cutoff: Self.cutoff)
  }

  /// Writes to `x` the point of least norm: f = 0, e = 1.
  mutating func solveLeastNorm(into x: inout [Double], count: Int) {
    for i in 0..<count { rightSide[i] = 0 }
    rightSide[count] = 1 / unit
    solver.solve(&rightSide)
    for i in 0..<count { x[i] = rightSide[i] }
  }

  /// Writes to `x` the direction for the linear term `slopes`: f = -slopes on S, e = 0.
  mutating func solveSlope(_ slopes: [Double], of support: [Int], into x: inout [Double]) {
    for (i, row) in support.enumerated() { rightSide[i] = -slopes[row] }
    rightSide[support.count] = 0
    solver.solve(&rightSide)
    for i in support.indices { x[i] = rightSide[i] }
  }
}
