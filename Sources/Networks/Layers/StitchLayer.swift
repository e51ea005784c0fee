internal import Kernels

/// One row of a cross-stitch unit: `y = Σ a_j x_j`, with a trained number for each input.
final class StitchLayer: Layer {
  private let inputs: [Edge]
  private let output: Edge
  private let kernels: KernelTable

  init(_ space: LayerSpace) {
    inputs = space.inputs
    output = space.whole
    kernels = space.kernels
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    for index in inputs.indices {
      unsafe kernels.scaleRows(
        inputs[index].values,
        by: parameters + index,
        stride: 0,
        into: output.values,
        accumulates: index > 0
      )
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    for index in inputs.indices {
      // As one long row each: what pads the rows is zero.
      unsafe kernels.rowProducts(
        inputs[index].flatValues,
        output.flatGradient,
        into: start + index,
        stride: 1
      )
    }
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    unsafe kernels.scaleRows(
      output.gradient,
      by: parameters + input,
      stride: 0,
      into: inputs[input].gradient,
      accumulates: end == .more
    )
    inputs[input].finish(end, kernels)
  }
}
