internal import CKernels

/// Normalization of channels over a batch, a row `[channels][positions]` each, and the Gaussian error
/// linear unit.
extension KernelTable {
  /// The sum of X, or of X Y, over rows and positions.
  ///
  /// - Parameters:
  ///   - x: X [rows][channels * positions]
  ///   - y: Y, of X's shape; nil for ones.
  ///   - positions: Columns of a channel.
  ///   - sums: Receives one sum for each channel.
  package func channelSums(
    _ x: MatrixView,
    times y: MatrixView? = nil,
    positions: Int,
    into sums: inout [Double]
  ) {
    precondition(sums.count * positions == x.columns && (y.map { x.hasShape(of: $0) } ?? true))
    if let y {
      var window = unsafe y.window
      unsafe functions.pointee.channel_sums(x.window, &window, positions, &sums)
    } else {
      unsafe functions.pointee.channel_sums(x.window, nil, positions, &sums)
    }
  }

  /// H = (X − means) factors and Y = scale H + shift by channel, all of one shape.
  package func normalizeChannels(
    _ x: MatrixView,
    positions: Int,
    means: UnsafePointer<Float>,
    factors: UnsafePointer<Float>,
    scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>,
    normalized h: MatrixView,
    into y: MatrixView
  ) {
    precondition(x.hasShape(of: h) && x.hasShape(of: y) && x.columns % positions == 0)
    unsafe functions.pointee.normalize_channels(
      x.window,
      positions,
      means,
      factors,
      scale,
      shift,
      h.window,
      y.window
    )
  }

  /// X = slopes (D − means − H products) by channel, stored or added, all of one shape.
  package func normalizeChannelsGradient(
    _ d: MatrixView,
    positions: Int,
    slopes: UnsafePointer<Float>,
    means: UnsafePointer<Float>,
    products: UnsafePointer<Float>,
    normalized h: MatrixView,
    into x: MatrixView,
    accumulates: Bool
  ) {
    precondition(d.hasShape(of: h) && d.hasShape(of: x) && d.columns % positions == 0)
    unsafe functions.pointee.normalize_channels_gradient(
      d.window,
      positions,
      slopes,
      means,
      products,
      h.window,
      x.window,
      accumulates
    )
  }

  /// Y = X Φ(X) with the distribution function Φ of a standard normal number.
  package func gelu(_ x: MatrixView, into y: MatrixView) {
    precondition(x.hasShape(of: y))
    unsafe functions.pointee.gelu(x.window, y.window)
  }

  /// The gradient at X, stored or added, for the gradient D at `gelu(X)`.
  package func geluGradient(
    _ x: MatrixView,
    _ d: MatrixView,
    into g: MatrixView,
    accumulates: Bool
  ) {
    precondition(x.hasShape(of: d) && x.hasShape(of: g))
    unsafe functions.pointee.gelu_gradient(x.window, d.window, g.window, accumulates)
  }
}
