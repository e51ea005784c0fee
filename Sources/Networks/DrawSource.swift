internal import Kernels

/// Random numbers of the layers that draw, for one training step.
struct DrawSource {
  private var stream: RandomStream
  /// Numbers to be used instead, from the end of the list.
  private var scripted: [Double]

  init(seed: UInt64, step: Int, scripted: [Double]) {
    stream = RandomStream(seed: seed, purpose: .network, index: UInt64(step))
    self.scripted = scripted.reversed()
  }

  /// Whether a feature is kept, which it is with probability `1 − rate`.
  mutating func keeps(dropping rate: Double) -> Bool {
    if let next = scripted.popLast() { return next != 0 }
    return stream.uniform() >= rate
  }

  /// A number of Gumbel's distribution, `−ln(−ln u)`.
  mutating func gumbel() -> Double {
    if let next = scripted.popLast() { return next }
    return -Portable.log(-Portable.log(stream.openUniform()))
  }
}

/// A layer that draws for every training step.
protocol DrawingLayer: Layer {
  /// Called once a step, before its first forward pass.
  func draw(_ parameters: UnsafeMutablePointer<Float>, from source: inout DrawSource)
}
