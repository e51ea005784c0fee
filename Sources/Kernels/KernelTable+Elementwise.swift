internal import CKernels

extension KernelTable {
  /// B = Aᵀ, with A [rows][columns] and B of at least [columns][rows], not overlapping.
  ///
  /// What B has beyond [columns][rows] is left as it is.
  package func transpose(_ a: MatrixView, into b: MatrixView) {
    precondition(b.rows >= a.columns && b.columns >= a.rows)
    unsafe functions.pointee.transpose(a.window, b.window)
  }

  /// Copies the listed rows of `source` [any][columns] into `destination` [count or more][columns].
  ///
  /// - Parameters:
  ///   - rows: `count` row numbers; one outside of `source` ends the process.
  ///   - count: The number of rows to copy.
  ///   - source: The matrix whose rows are taken.
  ///   - destination: Its first `count` rows are written.
  ///   - next: `count` row numbers of the next call, whose rows are fetched into cache meanwhile.
  package func gather(
    _ rows: UnsafePointer<Int32>,
    count: Int,
    of source: MatrixView,
    into destination: MatrixView,
    prefetching next: UnsafePointer<Int32>?
  ) {
    precondition(destination.rows >= count && destination.columns == source.columns)
    unsafe functions.pointee.gather(rows, count, source.window, destination.window, next)
  }

  /// Fetches the start of the listed rows of `source` into cache, where they are soon to be read.
  ///
  /// - Parameters:
  ///   - rows: `count` row numbers, which are not checked.
  ///   - count: The number of rows.
  ///   - source: The matrix whose rows are fetched.
  package func fetch(_ rows: UnsafePointer<Int32>, count: Int, of source: MatrixView) {
    unsafe functions.pointee.fetch(rows, count, source.window)
  }

  /// A = tanh A, element by element.
  package func tanh(_ a: MatrixView) {
    unsafe functions.pointee.apply_tanh(a.window)
  }

  /// D = D (1 - H²), the gradient before a tanh whose output is H, of D's shape.
  package func maskByTanh(_ d: MatrixView, output h: MatrixView) {
    precondition(d.hasShape(of: h))
    unsafe functions.pointee.mask_by_tanh(d.window, h.window)
  }

  /// D = D where H > 0, else 0: the gradient before a ReLU whose output is H, of D's shape.
  package func maskByReLU(_ d: MatrixView, output h: MatrixView) {
    precondition(d.hasShape(of: h))
    unsafe functions.pointee.mask_by_relu(d.window, h.window)
  }

  /// A = factor A.
  package func scale(_ a: MatrixView, by factor: Float) {
    unsafe functions.pointee.scale(a.window, factor)
  }

  /// y = y + factor x, for `count` floats each.
  package func add(
    _ x: UnsafePointer<Float>,
    times factor: Float,
    to y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    unsafe functions.pointee.add(x, factor, y, count)
  }

  /// y = eˣ to about 1 ulp, 0 below -87.3.
  package func exp(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
    unsafe functions.pointee.exponentials(x, y, count)
  }

  /// y = ln x to about 1 ulp, for positive normal x.
  package func log(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
    unsafe functions.pointee.logarithms(x, y, count)
  }
}
