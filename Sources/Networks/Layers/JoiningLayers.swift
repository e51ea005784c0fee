internal import Kernels

/// The columns of its inputs side by side.
final class ConcatenationLayer: Layer {
  private let inputs: [Edge]
  private let columns: [Range<Int>]
  private let output: Edge
  private let kernels: KernelTable
  private let rows: RowTransfer

  init(_ space: LayerSpace) {
    inputs = space.inputs
    output = space.whole
    kernels = space.kernels
    rows = RowTransfer(kernels)
    var end = 0
    columns = inputs.map { input in
      end += input.width
      return end - input.width..<end
    }
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    for index in inputs.indices {
      rows.move(inputs[index].values, to: output.values.columns(columns[index]), adds: false)
    }
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    let gradient = output.gradient.columns(columns[input])
    rows.move(gradient, to: inputs[input].gradient, adds: end == .more)
    inputs[input].finish(end, kernels)
  }
}

/// `y = f(x_0 + x_1)`: what a residual block came with and what it made of it.
final class SumLayer: Layer {
  private let inputs: [Edge]
  private let output: Edge
  private let kernels: KernelTable
  private let rows: RowTransfer

  init(_ space: LayerSpace) {
    inputs = space.inputs
    output = space.whole
    kernels = space.kernels
    rows = RowTransfer(kernels)
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    for index in inputs.indices {
      rows.move(inputs[index].values, to: output.values, adds: index > 0)
    }
    output.ending.apply(to: output.values, kernels)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    rows.move(output.gradient, to: inputs[input].gradient, adds: end == .more)
    inputs[input].finish(end, kernels)
  }
}

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

/// Copies rows, or adds them to what stands there.
private struct RowTransfer {
  private let kernels: KernelTable
  /// The number 1, by which rows are multiplied.
  private let one = FloatBuffer(count: 1)

  init(_ kernels: KernelTable) {
    self.kernels = kernels
    unsafe one.start.pointee = 1
  }

  func move(_ source: MatrixView, to target: MatrixView, adds: Bool) {
    unsafe kernels.scaleRows(source, by: one.start, stride: 0, into: target, accumulates: adds)
  }
}

extension NetworkBuilder {
  /// Appends the sum of two edges of one form.
  mutating func sum(_ a: Wire, _ b: Wire, _ ending: Ending, path: String) -> Wire {
    add(path, reading: [a, b], form: form(of: a), ending) { SumLayer($0) }
  }
}
