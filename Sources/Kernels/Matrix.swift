internal import CKernels

/// A window on float storage, row-major: element (r, c) is `start[r * stride + c]`.
///
/// It does not own the storage, which has to outlive it, and it is not checked against its end.
@safe
package struct MatrixView: @unchecked Sendable {
  package let start: UnsafeMutablePointer<Float>
  package let rows: Int
  package let columns: Int
  /// The distance of one row from the next, in floats.
  package let stride: Int

  package init(start: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int) {
    precondition(rows >= 0 && columns >= 0 && (stride >= columns || rows <= 1))
    unsafe self.start = start
    self.rows = rows
    self.columns = columns
    self.stride = stride
  }

  /// The columns of `range`, all rows.
  package func columns(_ range: Range<Int>) -> MatrixView {
    precondition(range.lowerBound >= 0 && range.upperBound <= columns)
    return unsafe MatrixView(
      start: start + range.lowerBound,
      rows: rows,
      columns: range.count,
      stride: stride
    )
  }

  /// The rows of `range`, all columns.
  package func rows(_ range: Range<Int>) -> MatrixView {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows)
    return unsafe MatrixView(
      start: start + range.lowerBound * stride,
      rows: range.count,
      columns: columns,
      stride: stride
    )
  }

  /// The same window as the C loops take it.
  var window: FloatWindow {
    unsafe FloatWindow(start: start, rows: rows, columns: columns, stride: stride)
  }

  /// Whether `other` has as many rows and columns.
  func hasShape(of other: MatrixView) -> Bool {
    rows == other.rows && columns == other.columns
  }
}

/// A matrix of its own storage, zero at first, its rows padded to a multiple of 16 floats.
package final class Matrix: Sendable {
  package let buffer: FloatBuffer
  package let rows: Int
  package let columns: Int

  package init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    buffer = FloatBuffer(count: rows * paddedCount(columns))
  }

  /// The distance of one row from the next, in floats.
  package var stride: Int { paddedCount(columns) }

  /// A window on all of it, valid as long as this object is.
  package var view: MatrixView {
    unsafe MatrixView(start: buffer.start, rows: rows, columns: columns, stride: stride)
  }

  package subscript(row: Int, column: Int) -> Float {
    get {
      unsafe buffer.start[offset(row, column)]
    }
    set {
      unsafe buffer.start[offset(row, column)] = newValue
    }
  }

  private func offset(_ row: Int, _ column: Int) -> Int {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns)
    return row * stride + column
  }
}
