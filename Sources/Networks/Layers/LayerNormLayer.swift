internal import Kernels

/// Layer normalization: `y = f(γ (x − mean) / √(variance + 1e-5) + β)` over the features of each row.
///
/// Source: Ba, Kiros and Hinton, "Layer Normalization", 2016.
final class LayerNormLayer: Layer {
  private static let epsilon: Float = 1e-5

  private let input: Edge
  private let output: Edge
  private let kernels: KernelTable
  /// The rows before scale and shift, and each row's factor.
  private let normalized: Matrix
  private let factors: FloatBuffer
  private let stride: Int

  init(_ space: LayerSpace) {
    input = space.inputs[0]
    output = space.whole
    kernels = space.kernels
    normalized = Matrix(rows: input.rows, columns: input.width)
    factors = FloatBuffer(count: input.rows)
    stride = paddedCount(input.width)
  }

  var scratchBytes: Int { normalized.buffer.byteCount + factors.byteCount }

  /// Scale and shift, as tensors.
  static func tensors(width: Int) -> [TensorPlace] {
    [("weight", Float(1)), ("bias", 0)].enumerated().map { index, tensor in
      TensorPlace(
        suffix: tensor.0,
        inputCount: 1,
        outputCount: width,
        isBias: true,
        offset: index * paddedCount(width),
        stride: paddedCount(width),
        start: .numbers(Array(repeating: tensor.1, count: width))
      )
    }
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    unsafe kernels.normalizeRows(
      input.values,
      scale: parameters,
      shift: parameters + stride,
      epsilon: Self.epsilon,
      normalized: normalized.view,
      factors: factors.start,
      into: output.values
    )
    output.ending.apply(to: output.values, kernels)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    unsafe kernels.columnProducts(output.gradient, normalized.view, into: start)
    unsafe kernels.columnSums(output.gradient, into: start + stride)
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    unsafe kernels.normalizeRowsGradient(
      output.gradient,
      scale: parameters,
      normalized: normalized.view,
      factors: factors.start,
      into: self.input.gradient,
      accumulates: end == .more
    )
    self.input.finish(end, kernels)
  }
}

extension NetworkBuilder {
  /// Appends the normalization of each row's features, of every token where `wire` has tokens.
  mutating func layerNorm(
    _ wire: Wire,
    _ ending: Ending,
    path: String,
    _ stream: StartingStream
  ) -> Wire {
    add(
      path,
      reading: [wire],
      form: form(of: wire),
      ending,
      tensors: LayerNormLayer.tensors(width: width(of: wire)),
      stream,
      isNorm: true
    ) { LayerNormLayer($0) }
  }
}
