import Kernels

/// A window whose storage ends with it, and whose surroundings are marked, so that a test notices
/// writes around it, and the address sanitizer reads beyond it.
struct MarkedWindow {
  static let mark: Float = -123.25

  let buffer: FloatBuffer
  let view: MatrixView
  private let lead: Int

  /// - Parameters:
  ///   - rows: Rows of the window.
  ///   - columns: Columns of the window.
  ///   - stride: From row to row; a multiple of 16 above `columns` unless given.
  ///   - lead: Floats before the window.
  ///   - slack: Floats after the window's last element.
  ///   - element: The elements.
  init(
    rows: Int,
    columns: Int,
    stride: Int? = nil,
    lead: Int = 0,
    slack: Int = 0,
    _ element: (Int, Int) -> Float = { _, _ in 0 }
  ) {
    let stride = stride ?? paddedCount(columns + lead)
    self.lead = lead
    buffer = FloatBuffer(count: lead + max(rows - 1, 0) * stride + columns + slack)
    view = MatrixView(start: buffer.start + lead, rows: rows, columns: columns, stride: stride)
    for i in 0..<buffer.count { buffer.start[i] = Self.mark }
    for r in 0..<rows {
      for c in 0..<columns { view.start[r * stride + c] = element(r, c) }
    }
  }

  subscript(row: Int, column: Int) -> Float { view.start[row * view.stride + column] }

  /// The elements, row by row.
  var elements: [Float] {
    (0..<view.rows).flatMap { r in (0..<view.columns).map { c in self[r, c] } }
  }

  /// Whether everything but the window, and `spill` floats right of each row, is still marked.
  func hasUntouchedSurroundings(spill: Int = 0) -> Bool {
    (0..<buffer.count).allSatisfy { i in
      let offset = i - lead
      let isInside =
        offset >= 0 && offset % view.stride < view.columns + spill
        && offset / view.stride < view.rows
      return isInside || buffer.start[i] == Self.mark
    }
  }
}

/// Numbers in [-1, 1), the same for the same seed.
func samples(_ count: Int, seed: UInt64) -> [Float] {
  var stream = RandomStream(seed: seed, purpose: .data)
  return (0..<count).map { _ in Float(2 * stream.uniform() - 1) }
}

/// A marked window of numbers in [-1, 1).
func randomWindow(
  rows: Int,
  columns: Int,
  seed: UInt64,
  stride: Int? = nil,
  lead: Int = 0,
  slack: Int = 0
) -> MarkedWindow {
  let values = samples(rows * columns, seed: seed)
  return MarkedWindow(rows: rows, columns: columns, stride: stride, lead: lead, slack: slack) {
    values[$0 * columns + $1]
  }
}

/// The instruction sets of this machine that have a fused multiply-add: they promise equal bits.
let fusedSets = InstructionSet.supported.filter { set in
  #if arch(x86_64)
  set != .baseline
  #else
  true
  #endif
}
