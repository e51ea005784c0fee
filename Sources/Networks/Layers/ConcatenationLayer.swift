internal import Kernels

/// The columns of its inputs side by side.
final class ConcatenationLayer: Layer {
  private let inputs: [Edge]
  private let columns: [Range<Int>]
  private let output: Edge
  private let kernels: KernelTable
  /// The number 1, by which columns are copied.
  private let one = FloatBuffer(count: 1)

  init(_ space: LayerSpace) {
    inputs = space.inputs
    output = space.whole
    kernels = space.kernels
    var end = 0
    columns = inputs.map { input in
      end += input.width
      return end - input.width..<end
    }
    unsafe one.start.pointee = 1
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    for index in inputs.indices {
      copy(inputs[index].values, to: output.values.columns(columns[index]), accumulates: false)
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    let gradient = output.gradient.columns(columns[input])
    copy(gradient, to: inputs[input].gradient, accumulates: end == .more)
    inputs[input].finish(end, kernels)
  }

  private func copy(_ source: MatrixView, to target: MatrixView, accumulates: Bool) {
    unsafe kernels.scaleRows(
      source,
      by: one.start,
      stride: 0,
      into: target,
      accumulates: accumulates
    )
  }
}
