/// Solves small dense linear systems by Gaussian elimination with complete pivoting.
///
/// The matrix may be of any kind: indefinite, not symmetric, badly scaled in its rows. The caller
/// fills `matrix`, factorizes once and solves for as many right-hand sides as needed.
struct LinearSolver: Sendable {
  /// The matrix before `factorize`, its factors afterwards; row-major with `size` columns.
  var matrix: [Double]

  private var size = 0
  private var rowOrder: [Int]
  private var columnOrder: [Int]
  private var permuted: [Double]

  /// Room for systems of up to `capacity` unknowns.
  init(capacity: Int) {
    matrix = Array(repeating: 0, count: capacity * capacity)
    rowOrder = Array(0..<capacity)
    columnOrder = Array(0..<capacity)
    permuted = Array(repeating: 0, count: capacity)
  }

  /// Factorizes the leading `size * size` entries of `matrix`.
  ///
  /// - Parameters:
  ///   - size: Number of unknowns.
  ///   - cutoff: Pivots up to `cutoff` times the largest entry count as zero.
  /// - Returns: Whether the matrix is regular; `solve` may be called only then.
  mutating func factorize(size: Int, cutoff: Double) -> Bool {
    self.size = size
    for i in 0..<size {
      rowOrder[i] = i
      columnOrder[i] = i
    }
    var largest = 0.0
    for step in 0..<size {
      let pivot = movePivot(to: step)
      if step == 0 { largest = pivot }
      guard pivot > cutoff * largest else { return false }
      eliminate(below: step)
    }
    return true
  }

  /// Replaces the right-hand side by the solution.
  ///
  /// - Parameter x: The first `size` entries are used.
  mutating func solve(_ x: inout [Double]) {
    for i in 0..<size {
      var value = x[rowOrder[i]]
      for j in 0..<i { value -= matrix[i * size + j] * permuted[j] }
      permuted[i] = value
    }
    for i in stride(from: size - 1, through: 0, by: -1) {
      var value = permuted[i]
      for j in i + 1..<size { value -= matrix[i * size + j] * permuted[j] }
      permuted[i] = value / matrix[i * size + i]
    }
    for i in 0..<size { x[columnOrder[i]] = permuted[i] }
  }

  /// Brings the largest remaining entry to the diagonal and returns its magnitude.
  private mutating func movePivot(to step: Int) -> Double {
    var largest = -1.0
    var pivotRow = step
    var pivotColumn = step
    for row in step..<size {
      for column in step..<size where abs(matrix[row * size + column]) > largest {
        largest = abs(matrix[row * size + column])
        pivotRow = row
        pivotColumn = column
      }
    }
    if pivotRow != step {
      rowOrder.swapAt(step, pivotRow)
      for column in 0..<size {
        matrix.swapAt(step * size + column, pivotRow * size + column)
      }
    }
    if pivotColumn != step {
      columnOrder.swapAt(step, pivotColumn)
      for row in 0..<size { matrix.swapAt(row * size + step, row * size + pivotColumn) }
    }
    return largest
  }

  private mutating func eliminate(below step: Int) {
    let pivot = matrix[step * size + step]
    for row in step + 1..<size {
      let factor = matrix[row * size + step] / pivot
      matrix[row * size + step] = factor
      guard factor != 0 else { continue }
      for column in step + 1..<size {
        matrix[row * size + column] -= factor * matrix[step * size + column]
      }
    }
  }
}
