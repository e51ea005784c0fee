/// Solves small symmetric positive definite systems by Cholesky's factorization.
///
/// Meant for matrices with diagonal entries near 1; callers scale. The caller fills the lower
/// triangle of `matrix`, factorizes once and solves.
struct Cholesky: Sendable {
  /// The matrix before `factorize`, its lower factor afterwards; row-major with `size` columns.
  var matrix: [Double]

  private var size = 0

  /// Room for systems of up to `capacity` unknowns.
  init(capacity: Int) {
    matrix = Array(repeating: 0, count: capacity * capacity)
  }

  /// Factorizes the leading `size * size` entries of `matrix`.
  ///
  /// - Parameters:
  ///   - size: Number of unknowns.
  ///   - cutoff: Squared pivots up to `cutoff` times their diagonal entry count as zero.
  /// - Returns: Whether the matrix is positive definite; `solve` may be called only then.
  mutating func factorize(size: Int, cutoff: Double) -> Bool {
    self.size = size
    for i in 0..<size {
      for j in 0..<i {
        var value = matrix[i * size + j]
        for k in 0..<j { value -= matrix[i * size + k] * matrix[j * size + k] }
        matrix[i * size + j] = value / matrix[j * size + j]
      }
      let diagonal = matrix[i * size + i]
      var value = diagonal
      for k in 0..<i { value -= matrix[i * size + k] * matrix[i * size + k] }
      guard value > cutoff * diagonal else { return false }
      matrix[i * size + i] = value.squareRoot()
    }
    return true
  }

  /// Replaces the right-hand side by the solution.
  ///
  /// - Parameter x: The first `size` entries are used.
  func solve(_ x: inout [Double]) {
    for i in 0..<size {
      var value = x[i]
      for j in 0..<i { value -= matrix[i * size + j] * x[j] }
      x[i] = value / matrix[i * size + i]
    }
    for i in stride(from: size - 1, through: 0, by: -1) {
      var value = x[i]
      for j in i + 1..<size { value -= matrix[j * size + i] * x[j] }
      x[i] = value / matrix[i * size + i]
    }
  }
}
