/// Solutions of least norm among the least-squares solutions of a small square system.
///
/// `x = A^+ b` with the Moore-Penrose inverse. Jacobi rotations turn the columns of A into
/// `A V = U diag(sigma)`, then `x = V diag(1 / sigma) U^T b`; nothing is squared, so cut-offs down to
/// rounding are meaningful.
///
/// Source: Golub and Van Loan, "Matrix Computations", 4th edition, 2013, sections 5.5.2 and 8.6.3.
struct PseudoInverse: Sendable {
  private let capacity: Int
  private let stride: Int
  /// Columns of A, each followed by one of V.
  private var jacobi: OneSidedJacobi
  private var sum: [Double]

  /// Room for systems of up to `capacity` unknowns.
  init(capacity: Int) {
    self.capacity = capacity
    stride = 2 * capacity
    jacobi = OneSidedJacobi(capacity: capacity, length: capacity, stride: 2 * capacity)
    sum = Array(repeating: 0, count: capacity)
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
    for i in jacobi.columns.indices { jacobi.columns[i] = 0 }
    for j in 0..<size {
      for i in 0..<size { jacobi.columns[j * stride + i] = source[i * size + j] }
      jacobi.columns[j * stride + capacity + j] = 1
    }
    guard jacobi.orthogonalize(count: size) else { return false }
    var largest = 0.0
    for j in 0..<size { largest = max(largest, jacobi.squares[j]) }
    for i in 0..<size { sum[i] = 0 }
    for j in 0..<size where jacobi.squares[j] > cutoff * cutoff * largest {
      let projection = VectorLoops.dot(jacobi.columns, from: j * stride, b, count: size)
      VectorLoops.add(
        jacobi.columns,
        from: j * stride + capacity,
        times: projection / jacobi.squares[j],
        to: &sum,
        count: size
      )
    }
    for i in 0..<size { b[i] = sum[i] }
    return true
  }
}
