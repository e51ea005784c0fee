internal import Kernels

extension MatrixView {
  /// One element, read only; metrics read each once.
  subscript(row: Int, column: Int) -> Float {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "element [\(row), \(column)] of a matrix [\(rows), \(columns)]"
    )
    return unsafe start[row * stride + column]
  }
}
