internal import Kernels

/// Batch normalization: `y = f(γ (x − mean) / √(variance + 1e-5) + β)` by feature, of images by channel.
///
/// Training takes mean and variance over the n rows (and pixels) of the batch, and gradients flow through
/// both. Every training step moves the running ones a tenth of the way, `running ← 0.9 running + 0.1 m`
/// with the mean and the unbiased variance `v n / (n − 1)`; evaluation takes the running ones.
///
/// The layer in front has no bias: its true gradient would be 0, and an optimizer that divides by it would
/// make steps of rounding noise.
///
/// Source: Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing
/// Internal Covariate Shift", ICML 2015.
@safe final class BatchNormLayer: StatefulLayer {
  private static let epsilon = 1e-5
  /// Share of the last batch in the running values.
  private static let momentum = 0.1

  private let input: Edge
  private let output: Edge
  private let kernels: KernelTable
  private let isTraining: Bool
  private let channels: Int
  private let positions: Int
  /// Running means, then variances.
  private let state: UnsafeMutablePointer<Float>
  /// The inputs before scale and shift.
  private let normalized: Matrix
  /// Vectors by channel: means, factors, and three of which the passes make use.
  private let vectors: Matrix
  private var sums: [Double]
  private var products: [Double]
  private var means: [Double]
  private var variances: [Double]

  /// - Parameters:
  ///   - space: Its edges.
  ///   - positions: Columns of a channel.
  init(_ space: LayerSpace, positions: Int) {
    input = space.inputs[0]
    output = space.whole
    kernels = space.kernels
    isTraining = space.isTraining
    self.positions = positions
    channels = space.inputs[0].width / positions
    unsafe state = space.state
    normalized = Matrix(rows: input.rows, columns: input.width)
    vectors = Matrix(rows: Vector.allCases.count, columns: channels)
    sums = Array(repeating: 0, count: channels)
    products = sums
    means = sums
    variances = sums
  }

  private enum Vector: Int, CaseIterable {
    case means
    case factors
    case slopes
    case meanGradients
    case meanProducts
  }

  private func start(_ vector: Vector) -> UnsafeMutablePointer<Float> {
    unsafe vectors.buffer.start + vector.rawValue * vectors.stride
  }

  var scratchBytes: Int {
    normalized.buffer.byteCount + vectors.buffer.byteCount
      + 4 * channels * MemoryLayout<Double>.stride
  }

  /// Numbers that the batch's mean and variance are taken over.
  private var count: Double { Double(input.rows * positions) }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    if isTraining { unsafe takeMoments(parameters) } else { takeRunning() }
    unsafe normalize(scale: parameters, shift: parameters + paddedCount(channels))
    output.ending.apply(to: output.values, kernels)
  }

  private func normalize(scale: UnsafePointer<Float>, shift: UnsafePointer<Float>) {
    unsafe kernels.normalizeChannels(
      input.values,
      positions: positions,
      means: start(.means),
      factors: start(.factors),
      scale: scale,
      shift: shift,
      normalized: normalized.view,
      into: output.values
    )
  }

  /// Mean and variance of the batch.
  private func takeMoments(_ parameters: UnsafeMutablePointer<Float>) {
    kernels.channelSums(input.values, positions: positions, into: &sums)
    for channel in 0..<channels {
      means[channel] = sums[channel] / count
      unsafe start(.means)[channel] = Float(means[channel])
      unsafe start(.factors)[channel] = 1
    }
    // Distances from the mean first, so that the variance loses nothing.
    unsafe normalize(scale: parameters, shift: parameters)
    let distances = normalized.view
    kernels.channelSums(distances, times: distances, positions: positions, into: &sums)
    for channel in 0..<channels {
      variances[channel] = sums[channel] / count
      takeFactor(channel, variance: variances[channel])
    }
  }

  private func takeFactor(_ channel: Int, variance: Double) {
    unsafe start(.factors)[channel] = Float(1 / (variance + Self.epsilon).squareRoot())
  }

  private func takeRunning() {
    for channel in 0..<channels {
      unsafe start(.means)[channel] = state[channel]
      unsafe takeFactor(channel, variance: Double(state[paddedCount(channels) + channel]))
    }
  }

  func keepStatistics() {
    let keep = 1 - Self.momentum
    let unbiased = count / (count - 1)
    for channel in 0..<channels {
      let place = paddedCount(channels) + channel
      let mean = unsafe keep * Double(state[channel]) + Self.momentum * means[channel]
      let variance =
        unsafe keep * Double(state[place]) + Self.momentum * variances[channel] * unbiased
      unsafe state[channel] = Float(mean)
      unsafe state[place] = Float(variance)
    }
  }

  /// Sums of the outputs' gradient, and of it times the normalized inputs.
  private func takeGradientSums() {
    kernels.channelSums(output.gradient, positions: positions, into: &sums)
    kernels.channelSums(
      output.gradient,
      times: normalized.view,
      positions: positions,
      into: &products
    )
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    takeGradientSums()
    for channel in 0..<channels {
      unsafe start[channel] = Float(products[channel])
      unsafe start[paddedCount(channels) + channel] = Float(sums[channel])
    }
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    takeGradientSums()
    for channel in 0..<channels {
      unsafe start(.slopes)[channel] = parameters[channel] * start(.factors)[channel]
      unsafe start(.meanGradients)[channel] = Float(sums[channel] / count)
      unsafe start(.meanProducts)[channel] = Float(products[channel] / count)
    }
    unsafe kernels.normalizeChannelsGradient(
      output.gradient,
      positions: positions,
      slopes: start(.slopes),
      means: start(.meanGradients),
      products: start(.meanProducts),
      normalized: normalized.view,
      into: self.input.gradient,
      accumulates: end == .more
    )
    self.input.finish(end, kernels)
  }
}

extension NetworkBuilder {
  /// Appends the normalization of each feature, or channel, over the batch.
  mutating func batchNorm(
    _ wire: Wire,
    _ ending: Ending,
    path: String,
    _ stream: StartingStream
  ) -> Wire {
    var channels = width(of: wire)
    if case .image(let count, _, _) = form(of: wire) { channels = count }
    let positions = width(of: wire) / channels
    let states = [("running_mean", Float(0)), ("running_var", 1)].enumerated().map {
      TensorPlace(
        suffix: $1.0,
        inputCount: 1,
        outputCount: channels,
        isBias: true,
        offset: $0 * paddedCount(channels),
        stride: paddedCount(channels),
        start: .numbers(Array(repeating: $1.1, count: channels))
      )
    }
    return add(
      path,
      reading: [wire],
      form: form(of: wire),
      ending,
      tensors: LayerNormLayer.tensors(width: channels),
      stream,
      isNorm: true,
      states: states
    ) { BatchNormLayer($0, positions: positions) }
  }
}
