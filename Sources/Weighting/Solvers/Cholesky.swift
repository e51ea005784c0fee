/// Solves small symmetric positive definite systems by Cholesky's factorization, one row at a time.
///
/// `A = U^T U`. Rows and columns of A come in one by one, so that a factor can grow, be cut back to its
/// first rows and grow again: what the first rows have cost is never paid twice.
struct Cholesky: Sendable {
  /// Number of rows taken in.
  private(set) var count = 0

  private let capacity: Int
  /// U above its diagonal, row-major with `capacity` columns.
  private var factor: [Double]
  /// `1 / U_kk`.
  private var inverses: [Double]

  /// Room for systems of up to `capacity` unknowns.
  init(capacity: Int) {
    self.capacity = capacity
    factor = Array(repeating: 0, count: capacity * capacity)
    inverses = Array(repeating: 0, count: capacity)
  }

  /// Keeps the first rows only.
  mutating func truncate(to count: Int) {
    self.count = min(count, self.count)
  }

  /// Takes in one more row and column of A.
  ///
  /// - Parameters:
  ///   - column: Its products with the rows taken in before, then its diagonal entry; overwritten.
  ///   - cutoff: Squared pivots up to `cutoff` times the diagonal entry count as zero.
  /// - Returns: Whether the matrix is still positive definite; if not, it is left as it was.
  mutating func append(_ column: inout [Double], cutoff: Double) -> Bool {
    let diagonal = column[count]
    forward(&column)
    let pivot = diagonal - VectorLoops.dot(column, from: 0, column, count: count)
    guard pivot > cutoff * diagonal else { return false }
    for k in 0..<count { factor[k * capacity + count] = column[k] }
    inverses[count] = 1 / pivot.squareRoot()
    count += 1
    return true
  }

  /// Replaces the right-hand side by the solution.
  ///
  /// - Parameter x: The first `count` entries are used.
  func solve(_ x: inout [Double]) {
    forward(&x)
    for k in stride(from: count - 1, through: 0, by: -1) {
      let start = k * capacity + k + 1
      let known = VectorLoops.dot(factor, from: start, x, from: k + 1, count: count - k - 1)
      x[k] = (x[k] - known) * inverses[k]
    }
  }

  /// Replaces the first `count` entries of x by `U^-T x`.
  private func forward(_ x: inout [Double]) {
    precondition(x.count >= count, "\(x.count) numbers for \(count) unknowns")
    unsafe x.withUnsafeMutableBufferPointer { x in
      unsafe factor.withUnsafeBufferPointer { factor in
        guard let x = x.baseAddress, let factor = factor.baseAddress else { return }
        var k = 0
        // Two unknowns at a time: half as many passes over the rest.
        while k + 2 <= count {
          let row = unsafe factor + k * capacity
          let next = unsafe row + capacity
          let first = unsafe x[k] * inverses[k]
          let second = unsafe (x[k + 1] - first * row[k + 1]) * inverses[k + 1]
          unsafe x[k] = first
          unsafe x[k + 1] = second
          unsafe VectorLoops.add(
            (row + k + 2, -first),
            (next + k + 2, -second),
            to: x + k + 2,
            count: count - k - 2
          )
          k += 2
        }
        if k < count { unsafe x[k] *= inverses[k] }
      }
    }
  }
}
