/// Solutions of least norm among the least-squares solutions of a small square system.
///
/// `x = A^+ b` with the Moore-Penrose inverse. The singular values of A are the positive eigenvalues
/// of the symmetric matrix `[0 A; A^T 0]`, whose own pseudo-inverse holds `A^+`; nothing is squared,
/// so cut-offs down to rounding are meaningful.
///
/// Source: Golub and Van Loan, "Matrix Computations", 4th edition, 2013, section 8.6.1.
struct PseudoInverse: Sendable {
  private let capacity: Int
  private var matrix: [Double]
  private var eigen: SymmetricEigen
  private var padded: [Double]

  /// Room for systems of up to `capacity` unknowns.
  init(capacity: Int) {
    self.capacity = capacity
    matrix = Array(repeating: 0, count: 4 * capacity * capacity)
    eigen = SymmetricEigen(size: 2 * capacity)
    padded = Array(repeating: 0, count: capacity)
  }

  /// Replaces `b` by `A^+ b`.
  ///
  /// - Parameters:
  ///   - b: The first `size` entries are used.
  ///   - source: The matrix A, shape [size][size] row-major.
  ///   - size: Number of unknowns.
  ///   - cutoff: Singular values up to `cutoff` times the largest count as zero.
  /// - Returns: Whether the decomposition converged.
  mutating func solve(_ b: inout [Double], matrix source: [Double], size: Int, cutoff: Double)
    -> Bool
  {
    // Unused rows and columns stay zero and only add zero singular values.
    let width = 2 * capacity
    for i in matrix.indices { matrix[i] = 0 }
    for i in 0..<size {
      for j in 0..<size {
        matrix[i * width + capacity + j] = source[i * size + j]
        matrix[(capacity + j) * width + i] = source[i * size + j]
      }
    }
    guard eigen.decompose(matrix) else { return false }
    let largest = eigen.eigenvalues.reduce(0) { max($0, abs($1)) }
    for j in 0..<size { padded[j] = 0 }
    for e in 0..<width where abs(eigen.eigenvalues[e]) > cutoff * largest {
      var projection = 0.0
      for i in 0..<size { projection += eigen.vectors[i * width + e] * b[i] }
      projection /= eigen.eigenvalues[e]
      for j in 0..<size {
        padded[j] += projection * eigen.vectors[(capacity + j) * width + e]
      }
    }
    for j in 0..<size { b[j] = padded[j] }
    return true
  }
}
