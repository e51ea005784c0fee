internal import Kernels

/// A matrix of a teacher: `y = x W`, in Double and in one fixed order on every processor.
///
/// Teachers do not use the float32 kernels, whose last bits may depend on the instruction set:
/// the data of a seed is the same everywhere. Each output is a sum over inputs from the first to
/// the last; eight outputs are summed side by side.
struct DenseMap {
  let inputCount: Int
  let outputCount: Int
  /// Eight columns at a time, the last ones padded by zeros; shape [blocks][inputCount].
  private var blocks: [SIMD8<Double>]

  private static let blockWidth = SIMD8<Double>.scalarCount

  /// Independent normal entries of the given standard deviation, drawn row by row.
  init(
    inputCount: Int,
    outputCount: Int,
    deviation: Double,
    using stream: inout RandomStream
  ) {
    self.inputCount = inputCount
    self.outputCount = outputCount
    let blockCount = (outputCount + DenseMap.blockWidth - 1) / DenseMap.blockWidth
    blocks = Array(repeating: .zero, count: blockCount * inputCount)
    for i in 0..<inputCount {
      for j in 0..<outputCount {
        blocks[j / DenseMap.blockWidth * inputCount + i][j % DenseMap.blockWidth] =
          deviation * stream.normal()
      }
    }
  }

  /// Adds another matrix of the same shape.
  mutating func add(_ other: DenseMap) {
    precondition(
      inputCount == other.inputCount && outputCount == other.outputCount,
      "shapes [\(inputCount), \(outputCount)] and [\(other.inputCount), \(other.outputCount)]"
    )
    for k in blocks.indices { blocks[k] += other.blocks[k] }
  }

  /// `x W` of one row; `y` has outputCount places and is overwritten.
  func apply(to x: [Double], into y: inout [Double]) {
    precondition(
      x.count == inputCount && y.count == outputCount,
      "\(x.count) inputs and \(y.count) outputs for a map [\(inputCount), \(outputCount)]"
    )
    for first in stride(from: 0, to: outputCount, by: DenseMap.blockWidth) {
      let start = first / DenseMap.blockWidth * inputCount
      var sum = SIMD8<Double>.zero
      for i in 0..<inputCount { sum += x[i] * blocks[start + i] }
      for j in first..<min(first + DenseMap.blockWidth, outputCount) { y[j] = sum[j - first] }
    }
  }
}
