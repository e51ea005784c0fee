internal import Kernels

/// The Gaussian error linear unit `y = x Φ(x)`, with the distribution function Φ of a standard normal
/// number.
///
/// A layer of its own and no `Ending`, since its derivative cannot be had from its outputs.
///
/// Source: Hendrycks and Gimpel, "Gaussian Error Linear Units (GELUs)", 2016.
final class GELULayer: Layer {
  private let input: Edge
  private let output: Edge
  private let kernels: KernelTable

  init(_ space: LayerSpace) {
    input = space.inputs[0]
    output = space.whole
    kernels = space.kernels
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    kernels.gelu(input.values, into: output.values)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    kernels.geluGradient(
      self.input.values,
      output.gradient,
      into: self.input.gradient,
      accumulates: end == .more
    )
    self.input.finish(end, kernels)
  }
}

extension NetworkBuilder {
  /// Appends the Gaussian error linear unit.
  mutating func gelu(_ wire: Wire, path: String) -> Wire {
    add(path, reading: [wire], form: form(of: wire)) { GELULayer($0) }
  }
}
