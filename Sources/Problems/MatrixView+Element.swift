internal import Kernels

extension MatrixView {
  /// One element, checked.
  subscript(row: Int, column: Int) -> Float {
    get {
      requireInside(row, column)
      return unsafe start[row * stride + column]
    }
    nonmutating set {
      requireInside(row, column)
      unsafe start[row * stride + column] = newValue
    }
  }

  private func requireInside(_ row: Int, _ column: Int) {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "element [\(row), \(column)] of a matrix [\(rows), \(columns)]"
    )
  }
}
