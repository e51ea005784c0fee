internal import Kernels

/// One of several inputs, chosen by trained logits: drawn anew for every training step, the largest
/// one's in evaluation.
///
/// With Gumbel noise g, `y = softmax((θ + g) / τ)`; the output is the input of the largest y, and the
/// logits' gradient is taken as if it were `Σ y_j x_j`.
final class BranchLayer: DrawingLayer {
  private let stitch: StitchLayer
  private let temperature: Double
  private let isTraining: Bool
  /// 1 for the chosen input, 0 for the others.
  private let chosen: FloatBuffer
  /// The factors that the gradient is taken with.
  private var soft: [Double]

  init(_ space: LayerSpace, temperature: Double) {
    stitch = StitchLayer(space)
    self.temperature = temperature
    isTraining = space.isTraining
    chosen = FloatBuffer(count: paddedCount(space.inputs.count))
    soft = Array(repeating: 0, count: space.inputs.count)
  }

  var scratchBytes: Int { chosen.byteCount + soft.count * MemoryLayout<Double>.stride }

  func draw(_ parameters: UnsafeMutablePointer<Float>, from source: inout DrawSource) {
    var largest = -Double.infinity
    for j in soft.indices {
      soft[j] = unsafe (Double(parameters[j]) + source.gumbel()) / temperature
      largest = max(largest, soft[j])
    }
    var sum = 0.0
    choose { soft[$0] }
    for j in soft.indices {
      soft[j] = Portable.exp(soft[j] - largest)
      sum += soft[j]
    }
    for j in soft.indices { soft[j] /= sum }
  }

  /// Takes the input with the largest value, the first of equals.
  private func choose(_ value: (Int) -> Double) {
    var best = 0
    for j in soft.indices.dropFirst() where value(j) > value(best) { best = j }
    for j in soft.indices { unsafe chosen.start[j] = j == best ? 1 : 0 }
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    if !isTraining { choose { unsafe Double(parameters[$0]) } }
    unsafe stitch.forward(chosen.start)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    unsafe stitch.parameterGradient(into: start)
    var mean = 0.0
    for j in soft.indices { mean += unsafe soft[j] * Double(start[j]) }
    for j in soft.indices {
      let slope = unsafe soft[j] * (Double(start[j]) - mean) / temperature
      unsafe start[j] = Float(slope)
    }
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    unsafe stitch.inputGradient(input, chosen.start, end)
  }
}
