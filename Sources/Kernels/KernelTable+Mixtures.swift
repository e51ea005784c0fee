internal import CKernels

/// What lies between the layers of networks that mix features.
extension KernelTable {
  /// Y = f X, or Y + f X, with one factor for each row.
  ///
  /// - Parameters:
  ///   - x: X [rows][columns]
  ///   - factors: The first row's factor.
  ///   - stride: Floats from one row's factor to the next; 0 for one factor for all.
  ///   - y: Receives the result, of X's shape.
  ///   - accumulates: Whether it is added to Y.
  package func scaleRows(
    _ x: MatrixView,
    by factors: UnsafePointer<Float>,
    stride: Int,
    into y: MatrixView,
    accumulates: Bool
  ) {
    precondition(x.hasShape(of: y))
    unsafe functions.pointee.scale_rows(x.window, factors, stride, y.window, accumulates)
  }

  /// The sum over the columns of X Y, for each row, into floats that are `stride` apart.
  package func rowProducts(
    _ x: MatrixView,
    _ y: MatrixView,
    into products: UnsafeMutablePointer<Float>,
    stride: Int
  ) {
    precondition(x.hasShape(of: y))
    unsafe functions.pointee.row_products(x.window, y.window, products, stride)
  }

  /// Z = X Y element by element, or Z + X Y, all of one shape.
  package func multiplyElements(
    _ x: MatrixView,
    _ y: MatrixView,
    into z: MatrixView,
    accumulates: Bool
  ) {
    precondition(x.hasShape(of: y) && x.hasShape(of: z))
    unsafe functions.pointee.multiply_elements(x.window, y.window, z.window, accumulates)
  }

  /// A = 1 / (1 + e⁻ᴬ), element by element.
  package func sigmoid(_ a: MatrixView) {
    unsafe functions.pointee.apply_sigmoid(a.window)
  }

  /// D = D H (1 - H), the gradient before a sigmoid whose output is H, of D's shape.
  package func maskBySigmoid(_ d: MatrixView, output h: MatrixView) {
    precondition(d.hasShape(of: h))
    unsafe functions.pointee.mask_by_sigmoid(d.window, h.window)
  }

  /// A = the softmax of each row of A, which has at least one column.
  package func softmax(_ a: MatrixView) {
    precondition(a.columns > 0)
    unsafe functions.pointee.apply_softmax(a.window)
  }

  /// D = H (D - the sum of D H over the row), the gradient before a softmax whose output is H.
  package func maskBySoftmax(_ d: MatrixView, output h: MatrixView) {
    precondition(d.hasShape(of: h))
    unsafe functions.pointee.mask_by_softmax(d.window, h.window)
  }
}
