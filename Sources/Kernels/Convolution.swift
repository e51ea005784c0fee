internal import CKernels

/// A convolution of images `[channels][height][width]` with square kernels and stride 1, zeros around
/// the image, and a max-pool of `pool` x `pool` behind it.
///
/// `y[o, i, j] = b[o] + Σ_{c, u, v} W[o, c, u, v] x[c, i + u − padding, j + v − padding]`. A pool takes
/// the first largest of each of its windows; a rest of rows and columns is dropped.
package struct Convolution: Hashable, Sendable {
  package let channels: Int
  package let height: Int
  package let width: Int
  /// Output channels.
  package let outputs: Int
  package let kernel: Int
  package let padding: Int
  /// 1 for none.
  package let pool: Int

  /// - Precondition: at least one pixel is left.
  package init(
    channels: Int,
    height: Int,
    width: Int,
    outputs: Int,
    kernel: Int,
    padding: Int,
    pool: Int
  ) {
    self.channels = channels
    self.height = height
    self.width = width
    self.outputs = outputs
    self.kernel = kernel
    self.padding = padding
    self.pool = pool
    precondition(
      outputHeight > 0 && outputWidth > 0,
      "no pixel of \(height) x \(width) is left by kernel \(kernel) and pool \(pool)"
    )
  }

  /// Rows of outputs before the pool.
  private var rows: Int { height + 2 * padding - kernel + 1 }
  /// Columns of outputs before the pool.
  private var columns: Int { width + 2 * padding - kernel + 1 }
  package var outputHeight: Int { rows / pool }
  package var outputWidth: Int { columns / pool }

  /// Numbers of an input row.
  package var inputCount: Int { channels * height * width }
  /// Outputs of one channel.
  package var positionCount: Int { outputHeight * outputWidth }
  /// Numbers of an output row.
  package var outputCount: Int { outputs * positionCount }
  /// Inputs of one output.
  package var windowCount: Int { channels * kernel * kernel }

  /// Multiply-adds of one row, those that a pool drops among them.
  package var multiplyAdds: Int { windowCount * outputs * rows * columns }

  /// Floats of a pixel where the channels lie side by side.
  private var depth: Int { convolution_depth(channels) }
  private var paddedCountOfPixels: Int { (height + 2 * padding) * (width + 2 * padding) }

  /// Floats that `convolve` computes in.
  package var forwardScratchCount: Int {
    16 * (channels * paddedCountOfPixels + 2 * outputCount)
  }
  /// Floats from one image with its channels side by side to the next.
  package var copyStride: Int { paddedCount(paddedCountOfPixels * depth) }
  /// Floats of all copies of some rows, with what may be read behind the last.
  package func copyCount(rows: Int) -> Int { rows * copyStride + 16 }
  /// Floats of the weights in the order of windows.
  package var kernelCount: Int { outputs * kernel * paddedCount(kernel * depth) }
  /// Floats that the gradients are computed in.
  package var backwardScratchCount: Int {
    let groups = 2 * positionCount * pool * pool + 2 * outputCount + 4
    return max(2 * positionCount + kernelCount, groups + paddedCountOfPixels * depth + 16)
  }

  /// Where the window of every position begins, without a pool, in floats of a copy.
  package var windowPlaces: [Int32] {
    (0..<positionCount).map { position in
      let (row, column) = (position / outputWidth, position % outputWidth)
      return Int32((row * (width + 2 * padding) + column) * depth)
    }
  }

  var shape: ConvolutionShape {
    ConvolutionShape(
      channels: channels,
      height: height,
      width: width,
      outputs: outputs,
      kernel: kernel,
      padding: padding,
      pool: pool
    )
  }
}
