internal import CKernels

/// Convolutions and pools of images, a row `[channels][height][width]` each.
extension KernelTable {
  /// Y = pool(X * W + bias), with ReLU behind it on demand.
  ///
  /// - Parameters:
  ///   - convolution: The shape.
  ///   - x: X [rows][inputCount]
  ///   - weights: W [windowCount][outputs]
  ///   - bias: [outputs]; nil for none.
  ///   - endsInReLU: Whether negative outputs become 0.
  ///   - y: Receives Y [rows][outputCount].
  ///   - winners: Receives, where there is a pool, where the window of each output begins in a copy
  ///     of the image, [rows][outputCount] with a stride; nil where nobody asks.
  ///   - scratch: Of `forwardScratchCount` floats, zero before the first call, its own ever after.
  package func convolve(
    _ convolution: Convolution,
    _ x: MatrixView,
    weights: MatrixView,
    bias: UnsafePointer<Float>?,
    endsInReLU: Bool,
    into y: MatrixView,
    winners: (start: UnsafeMutablePointer<Int32>, stride: Int)?,
    scratch: FloatBuffer
  ) {
    precondition(x.columns == convolution.inputCount && y.columns == convolution.outputCount)
    precondition(x.rows == y.rows && weights.rows == convolution.windowCount)
    precondition(scratch.count >= convolution.forwardScratchCount)
    var shape = convolution.shape
    unsafe functions.pointee.convolve(
      &shape,
      x.window,
      weights.start,
      weights.stride,
      bias,
      endsInReLU,
      y.window,
      winners?.start,
      winners?.stride ?? 0,
      scratch.start
    )
  }

  /// Copies of images with their channels side by side and the border around them.
  ///
  /// - Parameters:
  ///   - convolution: The shape.
  ///   - x: [rows][inputCount]
  ///   - copies: Of `copyCount` floats, zero before the first call.
  package func layChannelsLast(
    _ convolution: Convolution,
    _ x: MatrixView,
    into copies: FloatBuffer
  ) {
    precondition(copies.count >= convolution.copyCount(rows: x.rows))
    var shape = convolution.shape
    unsafe functions.pointee.lay_channels_last(
      &shape,
      x.window,
      copies.start,
      convolution.copyStride
    )
  }

  /// The weights in the order of windows.
  ///
  /// - Parameters:
  ///   - convolution: The shape.
  ///   - weights: [windowCount][outputs]
  ///   - kernels: Of `kernelCount` floats, zero before the first call.
  package func layKernels(
    _ convolution: Convolution,
    weights: MatrixView,
    into kernels: FloatBuffer
  ) {
    precondition(kernels.count >= convolution.kernelCount)
    var shape = convolution.shape
    unsafe functions.pointee.lay_kernels(&shape, weights.start, weights.stride, kernels.start)
  }

  /// Gradients of weights and bias for the gradient D at the outputs; what pads their rows becomes 0.
  ///
  /// - Parameters:
  ///   - convolution: The shape.
  ///   - d: D [rows][outputCount]
  ///   - offsets: `winners` or, without a pool, `windowPlaces` with stride 0.
  ///   - offsetStride: Numbers from one row's offsets to the next row's.
  ///   - copies: As `layChannelsLast` left them.
  ///   - gradient: Receives that of the weights, [windowCount][outputs].
  ///   - bias: Receives that of the bias; nil for none.
  ///   - scratch: Of `backwardScratchCount` floats.
  package func convolutionWeightGradient(
    _ convolution: Convolution,
    _ d: MatrixView,
    offsets: UnsafePointer<Int32>,
    offsetStride: Int,
    copies: FloatBuffer,
    into gradient: MatrixView,
    bias: UnsafeMutablePointer<Float>?,
    scratch: FloatBuffer
  ) {
    precondition(d.columns == convolution.outputCount && gradient.rows == convolution.windowCount)
    precondition(scratch.count >= convolution.backwardScratchCount)
    var shape = convolution.shape
    unsafe functions.pointee.convolution_weight_gradient(
      &shape,
      d.window,
      offsets,
      offsetStride,
      copies.start,
      convolution.copyStride,
      gradient.start,
      gradient.stride,
      bias,
      scratch.start
    )
  }

  /// The gradient at X, stored or added, for the gradient D at the outputs.
  ///
  /// - Parameters:
  ///   - convolution: The shape.
  ///   - d: D [rows][outputCount]
  ///   - offsets: As above.
  ///   - offsetStride: As above.
  ///   - kernels: As `layKernels` left them.
  ///   - x: Receives the gradient, [rows][inputCount].
  ///   - accumulates: Whether it is added.
  ///   - scratch: Of `backwardScratchCount` floats.
  package func convolutionInputGradient(
    _ convolution: Convolution,
    _ d: MatrixView,
    offsets: UnsafePointer<Int32>,
    offsetStride: Int,
    kernels: FloatBuffer,
    into x: MatrixView,
    accumulates: Bool,
    scratch: FloatBuffer
  ) {
    precondition(d.columns == convolution.outputCount && x.columns == convolution.inputCount)
    precondition(scratch.count >= convolution.backwardScratchCount)
    var shape = convolution.shape
    unsafe functions.pointee.convolution_input_gradient(
      &shape,
      d.window,
      offsets,
      offsetStride,
      kernels.start,
      x.window,
      accumulates,
      scratch.start
    )
  }

  /// The first largest of every window of `pool` x `pool`, and its place in X's row.
  ///
  /// - Parameters:
  ///   - x: X [rows][channels * height * width]
  ///   - channels: Channels of an image.
  ///   - height: Its rows.
  ///   - width: Its columns.
  ///   - pool: Side of a window; a rest of rows and columns is dropped.
  ///   - y: Receives the values, [rows][channels * (height / pool) * (width / pool)].
  ///   - winners: Receives the places, as many in each row, without padding.
  package func maxPool(
    _ x: MatrixView,
    channels: Int,
    height: Int,
    width: Int,
    pool: Int,
    into y: MatrixView,
    winners: IndexBuffer
  ) {
    precondition(x.columns == channels * height * width && x.rows == y.rows)
    precondition(y.columns == channels * (height / pool) * (width / pool))
    precondition(winners.count >= y.rows * y.columns)
    unsafe functions.pointee.max_pool(
      x.window,
      channels,
      height,
      width,
      pool,
      y.window,
      winners.start,
      y.columns
    )
  }

  /// The gradient at X, stored or added, for the gradient D at the pool's outputs.
  package func maxPoolGradient(
    _ d: MatrixView,
    winners: IndexBuffer,
    into x: MatrixView,
    accumulates: Bool
  ) {
    precondition(d.rows == x.rows && winners.count >= d.rows * d.columns)
    unsafe functions.pointee.max_pool_gradient(
      d.window,
      winners.start,
      d.columns,
      x.window,
      accumulates
    )
  }
}
