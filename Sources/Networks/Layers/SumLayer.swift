internal import Kernels

/// `y = f(x_0 + x_1)`: what a residual block came with and what it made of it.
final class SumLayer: Layer {
  private let inputs: [Edge]
  private let output: Edge
  private let kernels: KernelTable
  /// The number 1, by which inputs are added.
  private let one = FloatBuffer(count: 1)

  init(_ space: LayerSpace) {
    inputs = space.inputs
    output = space.whole
    kernels = space.kernels
    unsafe one.start.pointee = 1
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    for index in inputs.indices {
      add(inputs[index].values, to: output.values, accumulates: index > 0)
    }
    output.ending.apply(to: output.values, kernels)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    add(output.gradient, to: inputs[input].gradient, accumulates: end == .more)
    inputs[input].finish(end, kernels)
  }

  private func add(_ source: MatrixView, to target: MatrixView, accumulates: Bool) {
    unsafe kernels.scaleRows(
      source,
      by: one.start,
      stride: 0,
      into: target,
      accumulates: accumulates
    )
  }
}

extension NetworkBuilder {
  /// Appends the sum of two edges of one form.
  mutating func sum(_ a: Wire, _ b: Wire, _ ending: Ending, path: String) -> Wire {
    add(path, reading: [a, b], form: form(of: a), ending) { SumLayer($0) }
  }
}
