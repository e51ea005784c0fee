internal import Kernels

/// Where a dense layer's parameters stand in a flat vector: the weights as rows
/// `[inputs][outputs padded to 16]`, then one row of biases.
///
/// Padded entries are zero and stay zero: their gradients are products with zero.
package struct DenseLayer: Hashable, Sendable {
  /// Position of the first weight in the network's flat vectors.
  package let offset: Int
  package let inputCount: Int
  package let outputCount: Int
  /// Floats from one row to the next.
  package let stride: Int

  package init(offset: Int, inputCount: Int, outputCount: Int) {
    self.offset = offset
    self.inputCount = inputCount
    self.outputCount = outputCount
    stride = paddedCount(outputCount)
  }

  /// Length of the layer's part of a flat vector, padding included.
  package var count: Int { (inputCount + 1) * stride }
  package var range: Range<Int> { offset..<offset + count }
  package var weightRange: Range<Int> { offset..<offset + inputCount * stride }
  package var biasRange: Range<Int> { offset + inputCount * stride..<offset + count }

  /// The weights inside a flat vector that begins at `start`, shape [inputs][outputs].
  func weights(in start: UnsafeMutablePointer<Float>) -> MatrixView {
    unsafe MatrixView(
      start: start + offset,
      rows: inputCount,
      columns: outputCount,
      stride: stride
    )
  }

  /// The row of biases inside a flat vector that begins at `start`.
  func bias(in start: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    unsafe start + (offset + inputCount * stride)
  }
}
