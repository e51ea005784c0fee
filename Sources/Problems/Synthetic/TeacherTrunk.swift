internal import Kernels

/// The hidden layer of a random teacher: `h = tanh(x W)`, `W[i][k] ~ N(0, 1 / inputCount)`.
///
/// For standard normal inputs each hidden unit is about `tanh` of a standard normal number.
struct TeacherTrunk {
  /// Variance of `tanh` of a standard normal number.
  private static let hiddenVariance = 0.3943

  private let map: DenseMap

  init(inputCount: Int, width: Int, using stream: inout RandomStream) {
    map = DenseMap(
      inputCount: inputCount,
      outputCount: width,
      deviation: 1 / Double(inputCount).squareRoot(),
      using: &stream
    )
  }

  /// The hidden layer of one row; `h` has as many places as the layer has units.
  func apply(to x: [Double], into h: inout [Double]) {
    map.apply(to: x, into: &h)
    for k in h.indices { h[k] = Portable.tanh(h[k]) }
  }

  /// A linear head whose outputs have a variance of about 1.
  func numberHead(outputCount: Int, using stream: inout RandomStream) -> DenseMap {
    DenseMap(
      inputCount: map.outputCount,
      outputCount: outputCount,
      deviation: 1 / (TeacherTrunk.hiddenVariance * Double(map.outputCount)).squareRoot(),
      using: &stream
    )
  }

  /// A linear head of logits.
  func classHead(classCount: Int, using stream: inout RandomStream) -> DenseMap {
    DenseMap(
      inputCount: map.outputCount,
      outputCount: classCount,
      deviation: 1,
      using: &stream
    )
  }
}
