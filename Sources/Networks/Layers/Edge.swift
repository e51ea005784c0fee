internal import Kernels

/// Where an edge's values and gradient begin at the moment.
@safe struct EdgeStarts {
  var values: UnsafeMutablePointer<Float>
  var gradient: UnsafeMutablePointer<Float>
}

/// What lies between two layers: the values of a batch, behind the function they end in, and the
/// gradient before it.
///
/// Whoever writes the gradient multiplies by the function's derivative. The starts are read at every
/// use, so that an evaluator can move its input along the data and the network can let a pass end in
/// other storage.
@safe struct Edge: @unchecked Sendable {
  let rows: Int
  let width: Int
  let stride: Int
  let ending: Ending
  private let starts: UnsafeMutablePointer<EdgeStarts>

  init(
    rows: Int,
    width: Int,
    stride: Int,
    ending: Ending,
    starts: UnsafeMutablePointer<EdgeStarts>
  ) {
    self.rows = rows
    self.width = width
    self.stride = stride
    self.ending = ending
    unsafe self.starts = starts
  }

  /// Shape [rows][width].
  var values: MatrixView {
    unsafe MatrixView(start: starts.pointee.values, rows: rows, columns: width, stride: stride)
  }

  /// Same shape; only in a network that is trained.
  var gradient: MatrixView {
    unsafe MatrixView(start: starts.pointee.gradient, rows: rows, columns: width, stride: stride)
  }

  /// All rows as one, with what pads them.
  var flatValues: MatrixView {
    unsafe MatrixView(
      start: starts.pointee.values,
      rows: 1,
      columns: rows * stride,
      stride: rows * stride
    )
  }

  /// The gradient's rows as one, with what pads them.
  var flatGradient: MatrixView {
    unsafe MatrixView(
      start: starts.pointee.gradient,
      rows: 1,
      columns: rows * stride,
      stride: rows * stride
    )
  }

  /// Ends one reader's gradient that was stored or added up.
  func finish(_ end: GradientEnd, _ kernels: KernelTable) {
    if end == .only { close(kernels) }
  }

  /// Completes a gradient that was stored or added up without the derivative of the ending.
  func close(_ kernels: KernelTable) {
    ending.pass(gradient, outputs: values, kernels)
  }

  /// Writes the product `a b` as one reader's gradient at this edge.
  func receive(_ a: MatrixView, _ b: MatrixView, _ end: GradientEnd, _ kernels: KernelTable) {
    switch end {
    case .only where ending == .relu:
      kernels.multiply(a, b, into: gradient, end: .reluMask(values))
    case .only:
      kernels.multiply(a, b, into: gradient, end: .store)
      close(kernels)
    case .first: kernels.multiply(a, b, into: gradient, end: .store)
    case .more: kernels.multiply(a, b, into: gradient, end: .accumulate)
    }
  }
}

/// How one reader of an edge writes the gradient at it; the network's plan decides, not the layer.
enum GradientEnd: Hashable, Sendable {
  /// Stores it times the derivative of the edge's ending: there is no other reader.
  case only
  /// Stores it.
  case first
  /// Adds it to what is there. After the last one the network closes the edge.
  case more
}
