internal import CKernels

extension KernelTable {
  /// row[c] = sum over r of A[r][c].
  ///
  /// Columns are rounded up to a multiple of 16, in A (within its stride) and in `row`.
  package func columnSums(_ a: MatrixView, into row: UnsafeMutablePointer<Float>) {
    unsafe functions.pointee.column_sums(a.window, row)
  }

  /// G = J Jᵀ [K][K] of J [K][P], both triangles.
  ///
  /// Products are summed in float lanes over blocks of 1024 columns, and in double across blocks. A row
  /// whose square is below the smallest normal float has lost its digits there, while its products with
  /// longer rows may be left: it counts as zero in all of them.
  package func gramian(_ j: MatrixView, into g: inout [Double]) {
    gramian(j, columns: 0..<j.columns, into: &g, at: 0)
  }

  /// The Gram matrix [K][K] of some columns of J [K][P], written to `g` from `offset` on.
  package func gramian(
    _ j: MatrixView,
    columns: Range<Int>,
    into g: inout [Double],
    at offset: Int
  ) {
    precondition(offset >= 0 && g.count - offset >= j.rows * j.rows)
    let part = j.columns(columns)
    unsafe g.withUnsafeMutableBufferPointer { values in
      guard let start = values.baseAddress else { return }
      unsafe functions.pointee.gramian(part.window, start + offset)
    }
    clearLostRows(of: &g, at: offset, count: j.rows)
  }

  private func clearLostRows(of g: inout [Double], at offset: Int, count: Int) {
    for k in 0..<count
    where g[offset + k * count + k] < Double(Float.leastNormalMagnitude) {
      for i in 0..<count {
        g[offset + k * count + i] = 0
        g[offset + i * count + k] = 0
      }
    }
  }

  /// G = A Bᵀ [K][L] of A [K][P] and B [L][P], summed as in `gramian`.
  package func crossGramian(_ a: MatrixView, _ b: MatrixView, into g: inout [Double]) {
    precondition(a.columns == b.columns && g.count >= a.rows * b.rows)
    unsafe g.withUnsafeMutableBufferPointer { values in
      guard let start = values.baseAddress else { return }
      unsafe functions.pointee.cross_gramian(a.window, b.window, start)
    }
  }

  /// g[p] = sum over k of weights[k] J[k][p], for J [K][P].
  package func combine(
    _ j: MatrixView,
    weights: UnsafePointer<Float>,
    into g: UnsafeMutablePointer<Float>
  ) {
    unsafe functions.pointee.combine(j.window, weights, g)
  }

  /// The sum of the squares of `count` floats, summed as in `gramian`.
  package func squaredNorm(_ x: UnsafePointer<Float>, count: Int) -> Double {
    unsafe functions.pointee.squared_norm(x, count)
  }
}
