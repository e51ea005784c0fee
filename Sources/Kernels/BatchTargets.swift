internal import CKernels

/// The targets of a batch where they stand among those of all data, so that none are copied.
@safe
package struct BatchTargets {
  private let all: MatrixView
  private let indices: UnsafePointer<Int32>?

  /// Targets that are the batch's already, shape [rows][columns].
  package init(_ targets: MatrixView) {
    all = targets
    unsafe indices = nil
  }

  /// The rows of `all` that `indices` lists, one for each row of the batch; they are not checked.
  package init(_ all: MatrixView, rows indices: UnsafePointer<Int32>) {
    self.all = all
    unsafe self.indices = indices
  }

  private init(_ all: MatrixView, _ indices: UnsafePointer<Int32>?) {
    self.all = all
    unsafe self.indices = indices
  }

  /// The columns of `range`, all rows.
  package func columns(_ range: Range<Int>) -> BatchTargets {
    unsafe BatchTargets(all.columns(range), indices)
  }

  /// The same as the C loops take it.
  var window: TargetWindow { unsafe TargetWindow(all: all.window, rows: indices) }

  /// Whether they can be the targets of a batch of this shape.
  func fit(rows: Int, columns: Int) -> Bool {
    unsafe all.columns == columns && (indices != nil || all.rows == rows)
  }
}
