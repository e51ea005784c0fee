/// Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations.
///
/// `A = V diag(eigenvalues) V^T` with orthonormal columns of V, in no particular order. Graded
/// positive semi-definite matrices keep the relative accuracy of their small eigenvalues.
///
/// Source: Golub and Van Loan, "Matrix Computations", 4th edition, 2013, section 8.5.
struct SymmetricEigen: Sendable {
  /// Shape [size].
  private(set) var eigenvalues: [Double]
  /// Eigenvector `j` is column `j`; shape [size][size] row-major.
  private(set) var vectors: [Double]

  private let size: Int
  private var matrix: [Double]

  /// Convergence is quadratic: matrices of 40 rows take fewer than ten sweeps.
  private static let sweepLimit = 60
  /// Off-diagonal entries below this part of the largest entry are rounding of rounding.
  private static let negligible = 0x1p-100

  init(size: Int) {
    self.size = size
    eigenvalues = Array(repeating: 0, count: size)
    vectors = Array(repeating: 0, count: size * size)
    matrix = Array(repeating: 0, count: size * size)
  }

  /// Decomposes `source`, shape [size][size] row-major.
  ///
  /// - Returns: Whether the rotations converged; the results are then exact up to rounding.
  mutating func decompose(_ source: [Double]) -> Bool {
    var largest = 0.0
    for i in matrix.indices {
      matrix[i] = source[i]
      vectors[i] = i % (size + 1) == 0 ? 1 : 0
      largest = max(largest, abs(source[i]))
    }
    var hasConverged = false
    for _ in 0..<Self.sweepLimit where !hasConverged {
      hasConverged = !sweep(floor: Self.negligible * largest)
    }
    for i in 0..<size { eigenvalues[i] = matrix[i * size + i] }
    return hasConverged
  }

  /// Rotates every pair once; tells whether any entry was worth it.
  private mutating func sweep(floor: Double) -> Bool {
    var hasRotated = false
    for p in 0..<size {
      for q in p + 1..<size {
        let entry = abs(matrix[p * size + q])
        let scale = abs(matrix[p * size + p] * matrix[q * size + q]).squareRoot()
        guard entry > max(floor, scale * 0x1p-53) else { continue }
        rotate(p, q)
        hasRotated = true
      }
    }
    return hasRotated
  }

  /// Makes entry (p, q) zero.
  private mutating func rotate(_ p: Int, _ q: Int) {
    let entry = matrix[p * size + q]
    let ratio = (matrix[q * size + q] - matrix[p * size + p]) / (2 * entry)
    let root = (1 + ratio * ratio).squareRoot()
    let tangent = ratio >= 0 ? 1 / (ratio + root) : 1 / (ratio - root)
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = tangent * cosine
    matrix[p * size + p] -= tangent * entry
    matrix[q * size + q] += tangent * entry
    matrix[p * size + q] = 0
    matrix[q * size + p] = 0
    for k in 0..<size where k != p && k != q {
      let kp = matrix[k * size + p]
      let kq = matrix[k * size + q]
      matrix[k * size + p] = cosine * kp - sine * kq
      matrix[k * size + q] = sine * kp + cosine * kq
      matrix[p * size + k] = matrix[k * size + p]
      matrix[q * size + k] = matrix[k * size + q]
    }
    for k in 0..<size {
      let kp = vectors[k * size + p]
      let kq = vectors[k * size + q]
      vectors[k * size + p] = cosine * kp - sine * kq
      vectors[k * size + q] = sine * kp + cosine * kq
    }
  }
}
