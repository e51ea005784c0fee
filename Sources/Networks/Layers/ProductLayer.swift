internal import Kernels

/// `y = x_0 x_1`, element by element: features times a mask.
final class ProductLayer: Layer {
  private let inputs: [Edge]
  private let output: Edge
  private let kernels: KernelTable

  init(_ space: LayerSpace) {
    inputs = space.inputs
    output = space.whole
    kernels = space.kernels
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    kernels.multiplyElements(
      inputs[0].values,
      inputs[1].values,
      into: output.values,
      accumulates: false
    )
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    kernels.multiplyElements(
      output.gradient,
      inputs[1 - input].values,
      into: inputs[input].gradient,
      accumulates: end == .more
    )
    inputs[input].finish(end, kernels)
  }
}
