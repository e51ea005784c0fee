internal import CKernels

/// Normalization of rows (Ba, Kiros and Hinton, "Layer Normalization", 2016).
extension KernelTable {
  /// Y = γ H + β with H = (X - mean) / √(variance + ε) over each row, all of one shape.
  ///
  /// - Parameters:
  ///   - x: X [rows][columns]
  ///   - scale: γ [columns]
  ///   - shift: β [columns]
  ///   - epsilon: ε
  ///   - normalized: Receives H.
  ///   - factors: Receives each row's 1 / √, [rows].
  ///   - y: Receives Y.
  package func normalizeRows(
    _ x: MatrixView,
    scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>,
    epsilon: Float,
    normalized: MatrixView,
    factors: UnsafeMutablePointer<Float>,
    into y: MatrixView
  ) {
    precondition(x.hasShape(of: y) && x.hasShape(of: normalized))
    unsafe functions.pointee.normalize_rows(
      x.window,
      scale,
      shift,
      epsilon,
      normalized.window,
      factors,
      y.window
    )
  }

  /// The gradient at X for the gradient D at Y, stored or added.
  package func normalizeRowsGradient(
    _ d: MatrixView,
    scale: UnsafePointer<Float>,
    normalized: MatrixView,
    factors: UnsafePointer<Float>,
    into x: MatrixView,
    accumulates: Bool
  ) {
    precondition(d.hasShape(of: x) && d.hasShape(of: normalized))
    unsafe functions.pointee.normalize_rows_gradient(
      d.window,
      scale,
      normalized.window,
      factors,
      x.window,
      accumulates
    )
  }

  /// The sums over rows of X Y, element by element, [columns].
  package func columnProducts(
    _ x: MatrixView,
    _ y: MatrixView,
    into sums: UnsafeMutablePointer<Float>
  ) {
    precondition(x.hasShape(of: y))
    unsafe functions.pointee.column_products(x.window, y.window, sums)
  }
}
