internal import Kernels

/// `y = f(x W + b)`, or without `b`.
final class DenseLayer: Layer {
  private let passes: DensePasses

  init(_ space: LayerSpace, hasBias: Bool = true) {
    passes = DensePasses(space, hasBias: hasBias)
  }

  var scratchBytes: Int { passes.scratchBytes }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    let output = passes.output
    unsafe passes.forward(parameters, addsReLU: output.ending == .relu)
    if output.ending != .relu { output.ending.apply(to: output.values, passes.kernels) }
  }

  func prepare(_ parameters: UnsafeMutablePointer<Float>) { unsafe passes.prepare(parameters) }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    unsafe passes.parameterGradient(into: start)
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    passes.inputGradient(end)
  }
}

/// The first dense layers of all heads side by side, so that one product serves them all.
final class DenseFan: SplitLayer {
  private let passes: DensePasses
  private let parts: [Edge]
  /// Each part's rows of the transposed weights.
  private let transposedParts: [MatrixView]

  /// - Parameters:
  ///   - space: Its edges.
  ///   - columns: Each part's columns of the outputs.
  init(_ space: LayerSpace, columns: [Range<Int>]) {
    passes = DensePasses(space, hasBias: true)
    parts = space.outputs
    transposedParts = columns.compactMap { [passes] in passes.transposed?.view.rows($0) }
  }

  var scratchBytes: Int { passes.scratchBytes }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    unsafe passes.forward(parameters, addsReLU: false)
    for part in parts where part.ending != .linear {
      part.ending.apply(to: part.values, passes.kernels)
    }
  }

  func prepare(_ parameters: UnsafeMutablePointer<Float>) { unsafe passes.prepare(parameters) }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    unsafe passes.parameterGradient(into: start)
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    passes.inputGradient(end)
  }

  func inputGradient(ofPart part: Int, _ end: GradientEnd) {
    passes.input.receive(parts[part].gradient, transposedParts[part], end, passes.kernels)
  }
}

/// The products of a dense layer.
private struct DensePasses {
  let kernels: KernelTable
  let input: Edge
  let output: Edge
  /// Transposed weights, shape [outputs][inputs], where the input's gradient is asked for.
  let transposed: Matrix?
  private let layout: DenseLayout

  init(_ space: LayerSpace, hasBias: Bool) {
    kernels = space.kernels
    input = space.inputs[0]
    output = space.whole
    layout = DenseLayout(
      inputCount: input.width,
      outputCount: output.width,
      hasBias: hasBias
    )
    transposed = space.passesBack ? Matrix(rows: output.width, columns: input.width) : nil
  }

  var scratchBytes: Int { transposed?.buffer.byteCount ?? 0 }

  func forward(_ parameters: UnsafeMutablePointer<Float>, addsReLU: Bool) {
    guard layout.hasBias else {
      let weights = unsafe layout.weights(in: parameters)
      kernels.multiply(input.values, weights, into: output.values, end: .store)
      if addsReLU { Ending.relu.apply(to: output.values, kernels) }
      return
    }
    let bias = unsafe layout.bias(in: parameters)
    unsafe kernels.multiply(
      input.values,
      layout.weights(in: parameters),
      into: output.values,
      end: addsReLU ? .biasReLU(bias) : .bias(bias)
    )
  }

  func prepare(_ parameters: UnsafeMutablePointer<Float>) {
    guard let transposed else { return }
    unsafe kernels.transpose(layout.weights(in: parameters), into: transposed.view)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    let gradient = output.gradient
    unsafe kernels.multiplyTransposed(
      input.values,
      gradient,
      into: layout.weights(in: start),
      end: .store
    )
    if layout.hasBias { unsafe kernels.columnSums(gradient, into: layout.bias(in: start)) }
  }

  func inputGradient(_ end: GradientEnd) {
    guard let transposed else { preconditionFailure("no plan asks for this gradient") }
    input.receive(output.gradient, transposed.view, end, kernels)
  }
}

/// Where a dense layer's parameters stand in its part of a flat vector: the weights as rows
/// `[inputs][outputs padded to 16]`, then one row of biases, where there are any.
///
/// Padded entries are zero and stay zero: their gradients are products with zero.
struct DenseLayout {
  let inputCount: Int
  let outputCount: Int
  let hasBias: Bool
  /// Floats from one row to the next.
  let stride: Int

  init(inputCount: Int, outputCount: Int, hasBias: Bool = true) {
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.hasBias = hasBias
    stride = paddedCount(outputCount)
  }

  /// Length of the part, padding included.
  var count: Int { (inputCount + (hasBias ? 1 : 0)) * stride }

  /// The weights, shape [inputs][outputs].
  func weights(in start: UnsafeMutablePointer<Float>) -> MatrixView {
    unsafe MatrixView(start: start, rows: inputCount, columns: outputCount, stride: stride)
  }

  /// The row of biases.
  func bias(in start: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    unsafe start + inputCount * stride
  }

  /// The weights and biases of some columns as tensors.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - bound: Of the starting values; 1/sqrt(inputs) unless given.
  /// - Returns: Weight and bias.
  func tensors(_ columns: Range<Int>, bound: Double? = nil) -> [TensorPlace] {
    [("weight", 0, inputCount), ("bias", inputCount * stride, 1)].prefix(hasBias ? 2 : 1)
      .map { suffix, row, rows in
        TensorPlace(
          suffix: suffix,
          inputCount: rows,
          outputCount: columns.count,
          isBias: suffix == "bias",
          offset: row + columns.lowerBound,
          stride: stride,
          start: .uniform(bound: bound ?? 1 / Double(inputCount).squareRoot())
        )
      }
  }
}
