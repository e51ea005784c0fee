/// Eigenvalues and eigenvectors of a Gramian, accurate for gradients of very different lengths.
///
/// `G = L L^T` by Cholesky's factorization with the largest pivot first, then Jacobi rotations of the
/// columns of L from the right until they are orthogonal: these are then eigenvectors of G times the
/// roots of their eigenvalues. The small eigenvalues of a graded G, as short gradients leave them, keep
/// their relative accuracy. Dependent gradients end the factorization early.
///
/// Source: Drmač and Veselić, "New Fast and Accurate Jacobi SVD Algorithm I", SIAM J. Matrix Anal. Appl.
/// 29, 2008; for the factorization: Higham, "Accuracy and Stability of Numerical Algorithms", 2nd
/// edition, 2002, section 10.3.
struct GramianSpectrum: Sendable {
  /// Number of eigenvalues above rounding.
  private(set) var rank = 0
  /// The eigenvalues, the first `rank` entries, in no particular order.
  var eigenvalues: [Double] { jacobi.squares }
  /// Eigenvector j times the root of its eigenvalue, from entry `j * taskCount` on.
  var scaledVectors: [Double] { jacobi.columns }

  private let taskCount: Int
  private var jacobi: OneSidedJacobi
  /// What the columns so far leave of the diagonal.
  private var pivots: [Double]
  private var column: [Double]

  init(taskCount: Int) {
    self.taskCount = taskCount
    jacobi = OneSidedJacobi(capacity: taskCount, length: taskCount, stride: taskCount)
    pivots = Array(repeating: 0, count: taskCount)
    column = Array(repeating: 0, count: taskCount)
  }

  /// Decomposes a Gramian, shape [taskCount][taskCount] row-major.
  ///
  /// - Returns: Whether the rotations converged; the results are then exact up to rounding.
  mutating func decompose(_ gramian: [Double]) -> Bool {
    for k in 0..<taskCount { pivots[k] = gramian[k * taskCount + k] }
    rank = 0
    while rank < taskCount, let pivot = largestPivot(beside: gramian) {
      addColumn(pivot, of: gramian)
      rank += 1
    }
    return jacobi.orthogonalize(count: rank)
  }

  /// The task with the largest pivot, of those whose pivot is not rounding of its diagonal entry.
  private func largestPivot(beside gramian: [Double]) -> Int? {
    let rounding = Double(taskCount) * Double.ulpOfOne
    var largest: Int?
    for k in 0..<taskCount where pivots[k] > rounding * gramian[k * taskCount + k] {
      if pivots[k] > largest.map({ pivots[$0] }) ?? 0 { largest = k }
    }
    return largest
  }

  /// Adds the column of L that belongs to a pivot.
  private mutating func addColumn(_ pivot: Int, of gramian: [Double]) {
    let start = rank * taskCount
    for k in 0..<taskCount { column[k] = gramian[pivot * taskCount + k] }
    for j in 0..<rank {
      let from = j * taskCount
      let factor = -jacobi.columns[from + pivot]
      VectorLoops.add(jacobi.columns, from: from, times: factor, to: &column, count: taskCount)
    }
    let root = pivots[pivot].squareRoot()
    for k in 0..<taskCount {
      // Tasks that had their pivot, or have none left, are zero up to rounding.
      let entry = pivots[k] > 0 ? column[k] / root : 0
      jacobi.columns[start + k] = entry
      pivots[k] = k == pivot ? 0 : pivots[k] - entry * entry
    }
  }
}
