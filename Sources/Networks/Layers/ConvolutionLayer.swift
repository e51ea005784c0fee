internal import Kernels

/// `y = f(pool(W * x + b))` over the pixels of images, or without `b`.
///
/// The weights stand as those of a dense layer whose inputs are the numbers of a window: channel, row,
/// column.
final class ConvolutionLayer: Layer {
  private let input: Edge
  private let output: Edge
  private let kernels: KernelTable
  private let convolution: Convolution
  private let layout: DenseLayout
  private let scratch: FloatBuffer
  /// What the gradients need; nil in evaluation.
  private let backward: Backward?

  private struct Backward {
    /// Images with their channels side by side.
    let copies: FloatBuffer
    /// Where the window of each output begins, and numbers from row to row.
    let offsets: IndexBuffer
    let offsetStride: Int
    /// Weights by window, where the input's gradient is asked for.
    let weights: FloatBuffer?
    let scratch: FloatBuffer

    var byteCount: Int {
      copies.byteCount + offsets.byteCount + (weights?.byteCount ?? 0) + scratch.byteCount
    }
  }

  init(_ space: LayerSpace, _ convolution: Convolution, hasBias: Bool) {
    input = space.inputs[0]
    output = space.whole
    kernels = space.kernels
    self.convolution = convolution
    layout = ConvolutionLayer.layout(convolution, hasBias: hasBias)
    scratch = FloatBuffer(count: convolution.forwardScratchCount)
    guard space.isTraining else {
      backward = nil
      return
    }
    let rows = space.inputs[0].rows
    let offsets: IndexBuffer
    if convolution.pool > 1 {
      offsets = IndexBuffer(count: rows * convolution.outputCount)
    } else {
      let places = convolution.windowPlaces
      offsets = IndexBuffer(count: places.count)
      for (index, place) in places.enumerated() { unsafe offsets.start[index] = place }
    }
    backward = Backward(
      copies: FloatBuffer(count: convolution.copyCount(rows: rows)),
      offsets: offsets,
      offsetStride: convolution.pool > 1 ? convolution.outputCount : 0,
      weights: space.passesBack ? FloatBuffer(count: convolution.kernelCount) : nil,
      scratch: FloatBuffer(count: convolution.backwardScratchCount)
    )
  }

  static func layout(_ convolution: Convolution, hasBias: Bool) -> DenseLayout {
    DenseLayout(
      inputCount: convolution.windowCount,
      outputCount: convolution.outputs,
      hasBias: hasBias
    )
  }

  var scratchBytes: Int { scratch.byteCount + (backward?.byteCount ?? 0) }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    let endsInReLU = output.ending == .relu
    var winners: (start: UnsafeMutablePointer<Int32>, stride: Int)?
    if let backward, convolution.pool > 1 {
      unsafe winners = (backward.offsets.start, backward.offsetStride)
    }
    unsafe kernels.convolve(
      convolution,
      input.values,
      weights: layout.weights(in: parameters),
      bias: layout.hasBias ? UnsafePointer(layout.bias(in: parameters)) : nil,
      endsInReLU: endsInReLU,
      into: output.values,
      winners: winners,
      scratch: scratch
    )
    if !endsInReLU { output.ending.apply(to: output.values, kernels) }
    if let backward { kernels.layChannelsLast(convolution, input.values, into: backward.copies) }
  }

  func prepare(_ parameters: UnsafeMutablePointer<Float>) {
    guard let weights = backward?.weights else { return }
    unsafe kernels.layKernels(convolution, weights: layout.weights(in: parameters), into: weights)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    guard let backward else { preconditionFailure("an evaluator asks for a gradient") }
    unsafe kernels.convolutionWeightGradient(
      convolution,
      output.gradient,
      offsets: backward.offsets.start,
      offsetStride: backward.offsetStride,
      copies: backward.copies,
      into: layout.weights(in: start),
      bias: layout.hasBias ? layout.bias(in: start) : nil,
      scratch: backward.scratch
    )
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    guard let backward, let weights = backward.weights else {
      preconditionFailure("no plan asks for this gradient")
    }
    unsafe kernels.convolutionInputGradient(
      convolution,
      output.gradient,
      offsets: backward.offsets.start,
      offsetStride: backward.offsetStride,
      kernels: weights,
      into: self.input.gradient,
      accumulates: end == .more,
      scratch: backward.scratch
    )
    self.input.finish(end, kernels)
  }
}

/// What a suite says of one convolution.
struct ConvolutionKernel: Hashable, Sendable {
  /// Output channels.
  let outputs: Int
  let size: Int
  let padding: Int
  /// 1 for none.
  var pool = 1
  var hasBias = true
}

extension NetworkBuilder {
  /// Appends a convolution of the images of an edge, with its pool.
  mutating func convolution(
    _ wire: Wire,
    _ kernel: ConvolutionKernel,
    _ ending: Ending,
    path: String,
    _ stream: StartingStream
  ) -> Wire {
    guard case .image(let channels, let height, let width) = form(of: wire) else {
      preconditionFailure("a convolution of \(form(of: wire))")
    }
    let convolution = Convolution(
      channels: channels,
      height: height,
      width: width,
      outputs: kernel.outputs,
      kernel: kernel.size,
      padding: kernel.padding,
      pool: kernel.pool
    )
    let layout = ConvolutionLayer.layout(convolution, hasBias: kernel.hasBias)
    return add(
      path,
      reading: [wire],
      form: .image(
        channels: kernel.outputs,
        height: convolution.outputHeight,
        width: convolution.outputWidth
      ),
      ending,
      tensors: layout.tensors(0..<kernel.outputs),
      stream,
      multiplyAdds: convolution.multiplyAdds
    ) { ConvolutionLayer($0, convolution, hasBias: kernel.hasBias) }
  }
}
