/// Cholesky's factor of the part of a matrix that belongs to a support, kept from one support to the
/// next as far as both begin alike.
///
/// Active-set methods add rows at the end of their support and drop some: only the rows after the first
/// change are factorized again. The result is that of a factorization from the start, to the last bit.
struct SupportFactor: Sendable {
  private var factor: Cholesky
  /// The rows that `factor` holds, in its order.
  private var members: [Int] = []
  private var column: [Double]

  init(capacity: Int) {
    factor = Cholesky(capacity: capacity)
    members.reserveCapacity(capacity)
    column = Array(repeating: 0, count: capacity)
  }

  /// Forgets all rows, as is due when the matrix has changed.
  mutating func reset() {
    factor.truncate(to: 0)
    members.removeAll(keepingCapacity: true)
  }

  /// Prepares for a support.
  ///
  /// - Parameters:
  ///   - support: Indices of rows.
  ///   - matrix: Symmetric, row-major with `width` columns; the same since `reset`.
  ///   - width: Number of its columns.
  ///   - cutoff: Squared pivots up to `cutoff` times their diagonal entry count as zero.
  /// - Returns: Whether the support's part is positive definite; `solve` may be called only then.
  mutating func factorize(_ support: [Int], of matrix: [Double], width: Int, cutoff: Double) -> Bool
  {
    var kept = 0
    while kept < min(members.count, support.count), members[kept] == support[kept] { kept += 1 }
    factor.truncate(to: kept)
    members.removeLast(members.count - kept)
    for i in kept..<support.count {
      let row = support[i] * width
      for j in 0...i { column[j] = matrix[row + support[j]] }
      guard factor.append(&column, cutoff: cutoff) else { return false }
      members.append(support[i])
    }
    return true
  }

  /// Replaces the right-hand side, in the order of the support, by the solution.
  func solve(_ x: inout [Double]) {
    factor.solve(&x)
  }
}
