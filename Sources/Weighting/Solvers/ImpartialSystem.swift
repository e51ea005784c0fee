/// Weights of IMTL-G: a direction with equal projection on every task's unit gradient.
///
/// For independent gradients `w = v / sum v` with `v_k = (C^-1 1)_k / |g_k|`, C the cosines. Dependent
/// ones take the source's (K-1) x (K-1) system, `sum over i >= 2 of w_i (g_1 - g_i) . (u_1 - u_j) =
/// g_1 . (u_1 - u_j)` with unit gradients u, and `w_1 = 1 - sum`; if that is singular too, its
/// solution of least norm. Zero gradients are left out with weight 0.
///
/// Source: Liu, Li, Kuang, Xue, Chen, Yang, Liao and Zhang, "Towards Impartial Multi-Task Learning",
/// ICLR 2021, equation 3.
struct ImpartialSystem: Sendable {
  /// Weights that sum to 1, shape [taskCount].
  private(set) var weights: [Double]

  private var rows: UnitGramian
  private var cholesky: Cholesky
  private var solver: LinearSolver
  private var pseudoInverse: PseudoInverse
  private var matrix: [Double]
  private var solution: [Double]

  /// Squared pivots of the cosines below this mean dependent gradients.
  private static let dependence = 1e-13
  /// Relative cut-off of singular values, that of the reference cases.
  private static let cutoff = 1e-12
  /// A sum of weights below this part of their magnitudes counts as zero.
  private static let vanishing = 1e-12

  init(taskCount: Int) {
    weights = Array(repeating: 0, count: taskCount)
    rows = UnitGramian(taskCount: taskCount)
    cholesky = Cholesky(capacity: taskCount)
    solver = LinearSolver(capacity: taskCount)
    pseudoInverse = PseudoInverse(capacity: max(taskCount - 1, 1))
    matrix = Array(repeating: 0, count: taskCount * taskCount)
    solution = Array(repeating: 0, count: taskCount)
  }

  /// Fills `weights` for a Gramian, shape [taskCount][taskCount] row-major.
  ///
  /// - Returns: Whether the gradients were independent, as the source assumes.
  mutating func solve(_ gramian: [Double]) -> Bool {
    rows.read(gramian)
    for k in weights.indices { weights[k] = rows.count == 0 ? 1 / Double(weights.count) : 0 }
    guard rows.count > 0 else { return false }
    let isRegular = solveIndependent()
    if !isRegular { solveReduced() }
    var sum = 0.0
    var magnitude = 0.0
    for i in 0..<rows.count {
      sum += solution[i]
      magnitude += abs(solution[i])
    }
    let exists = abs(sum) > Self.vanishing * magnitude
    for i in 0..<rows.count {
      weights[rows.tasks[i]] = exists ? solution[i] / sum : 1 / Double(rows.count)
    }
    return isRegular && exists && !rows.hasZeroRow
  }

  private mutating func solveIndependent() -> Bool {
    cholesky.truncate(to: 0)
    for i in 0..<rows.count {
      for j in 0...i { solution[j] = rows.cosines[i * rows.count + j] }
      guard cholesky.append(&solution, cutoff: Self.dependence) else { return false }
    }
    for i in 0..<rows.count { solution[i] = 1 }
    cholesky.solve(&solution)
    for i in 0..<rows.count { solution[i] /= rows.norms[i] }
    return true
  }

  /// The source's system for dependent gradients.
  private mutating func solveReduced() {
    let size = rows.count - 1
    for j in 0..<size {
      for i in 0..<size {
        let first = rows.norms[0] * (1 - rows.cosines[j + 1])
        let second =
          rows.norms[i + 1]
          * (rows.cosines[i + 1] - rows.cosines[(i + 1) * rows.count + j + 1])
        matrix[j * size + i] = first - second
      }
      solution[j] = rows.norms[0] * (1 - rows.cosines[j + 1])
    }
    for i in 0..<size * size { solver.matrix[i] = matrix[i] }
    if solver.factorize(size: size, cutoff: Self.cutoff) {
      solver.solve(&solution)
    } else {
      _ = pseudoInverse.solve(&solution, matrix: matrix, size: size, cutoff: Self.cutoff)
    }
    var rest = 1.0
    for i in stride(from: size, to: 0, by: -1) {
      solution[i] = solution[i - 1]
      rest -= solution[i]
    }
    solution[0] = rest
  }
}
