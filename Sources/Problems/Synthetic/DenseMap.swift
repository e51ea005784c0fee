internal import Kernels

/// A matrix of a teacher: `y = x W`, in Double and in one fixed order on every processor.
///
/// Teachers do not use the float32 kernels, whose last bits may depend on the instruction set:
/// the data of a seed is the same everywhere.
struct DenseMap {
  let inputCount: Int
  let outputCount: Int
  /// Row-major, shape [inputCount, outputCount].
  private(set) var weights: [Double]

  /// Independent normal entries of the given standard deviation, drawn row by row.
  init(
    inputCount: Int,
    outputCount: Int,
    deviation: Double,
    using stream: inout RandomStream
  ) {
    self.inputCount = inputCount
    self.outputCount = outputCount
    weights = []
    weights.reserveCapacity(inputCount * outputCount)
    for _ in 0..<(inputCount * outputCount) { weights.append(deviation * stream.normal()) }
  }

  /// Adds another matrix of the same shape.
  mutating func add(_ other: DenseMap) {
    precondition(
      inputCount == other.inputCount && outputCount == other.outputCount,
      "shapes [\(inputCount), \(outputCount)] and [\(other.inputCount), \(other.outputCount)]"
    )
    for k in weights.indices { weights[k] += other.weights[k] }
  }

  /// `x W` of one row; `y` has outputCount places and is overwritten.
  func apply(to x: [Double], into y: inout [Double]) {
    precondition(
      x.count == inputCount && y.count == outputCount,
      "\(x.count) inputs and \(y.count) outputs for a map [\(inputCount), \(outputCount)]"
    )
    for j in y.indices { y[j] = 0 }
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe y.withUnsafeMutableBufferPointer { y in
        for i in x.indices {
          let value = x[i]
          let row = i * outputCount
          for j in 0..<outputCount { unsafe y[j] += value * weights[row + j] }
        }
      }
    }
  }
}
