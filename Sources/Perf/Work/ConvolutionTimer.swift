import Kernels

/// A convolution with the storage of a batch, whose passes are timed.
final class ConvolutionTimer {
  let convolution: Convolution
  /// Outputs that have a gradient: those that a pool kept and a ReLU passed.
  private(set) var liveCount = 0

  private let rows: Int
  private let seconds: Double
  private let kernels = KernelTable.best
  private let inputs: Matrix
  private let weights: Matrix
  private let outputs: Matrix
  private let gradient: Matrix
  private let inputGradient: Matrix
  private let weightGradient: Matrix
  private let bias: FloatBuffer
  private let offsets: IndexBuffer
  private let copies: FloatBuffer
  private let turned: FloatBuffer
  private let scratch: FloatBuffer
  private let backwardScratch: FloatBuffer

  /// - Parameters:
  ///   - convolution: Its shape; the outputs end in ReLU.
  ///   - rows: Images of a batch, standard normal as the weights and the gradient.
  ///   - seconds: About how long each measurement takes.
  init(_ convolution: Convolution, rows: Int, within seconds: Double) {
    self.convolution = convolution
    self.rows = rows
    self.seconds = seconds
    inputs = Matrix(rows: rows, columns: convolution.inputCount)
    weights = Matrix(rows: convolution.windowCount, columns: convolution.outputs)
    outputs = Matrix(rows: rows, columns: convolution.outputCount)
    gradient = Matrix(rows: rows, columns: convolution.outputCount)
    inputGradient = Matrix(rows: rows, columns: convolution.inputCount)
    weightGradient = Matrix(rows: convolution.windowCount, columns: convolution.outputs)
    bias = FloatBuffer(count: paddedCount(convolution.outputs))
    if convolution.pool > 1 {
      offsets = IndexBuffer(count: rows * convolution.outputCount)
    } else {
      let places = convolution.windowPlaces
      offsets = IndexBuffer(count: places.count)
      for (index, place) in places.enumerated() { offsets.start[index] = place }
    }
    copies = FloatBuffer(count: convolution.copyCount(rows: rows))
    turned = FloatBuffer(count: convolution.kernelCount)
    scratch = FloatBuffer(count: convolution.forwardScratchCount)
    backwardScratch = FloatBuffer(count: convolution.backwardScratchCount)
    var stream = RandomStream(seed: 1, purpose: .data)
    for matrix in [inputs, weights, gradient] {
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns { matrix[row, column] = Float(stream.normal()) }
      }
    }
    forward()
    kernels.layChannelsLast(convolution, inputs.view, into: copies)
    kernels.layKernels(convolution, weights: weights.view, into: turned)
    for row in 0..<rows {
      for column in 0..<convolution.outputCount {
        if outputs[row, column] > 0 {
          liveCount += 1
        } else {
          gradient[row, column] = 0
        }
      }
    }
  }

  /// Operations of all products of one pass.
  var operations: Double { 2 * Double(rows * convolution.multiplyAdds) }

  /// Operations of those products of a backward pass that have a gradient.
  var liveOperations: Double { 2 * Double(liveCount * convolution.windowCount) }

  func forwardSeconds() -> Double { bestSeconds(within: seconds) { forward() } }

  func weightGradientSeconds() -> Double {
    bestSeconds(within: seconds) {
      kernels.convolutionWeightGradient(
        convolution,
        gradient.view,
        offsets: offsets.start,
        offsetStride: offsetStride,
        copies: copies,
        into: weightGradient.view,
        bias: bias.start,
        scratch: backwardScratch
      )
    }
  }

  func inputGradientSeconds() -> Double {
    bestSeconds(within: seconds) {
      kernels.convolutionInputGradient(
        convolution,
        gradient.view,
        offsets: offsets.start,
        offsetStride: offsetStride,
        kernels: turned,
        into: inputGradient.view,
        accumulates: false,
        scratch: backwardScratch
      )
    }
  }

  private var offsetStride: Int { convolution.pool > 1 ? convolution.outputCount : 0 }

  private func forward() {
    kernels.convolve(
      convolution,
      inputs.view,
      weights: weights.view,
      bias: bias.start,
      endsInReLU: true,
      into: outputs.view,
      winners: convolution.pool > 1 ? (offsets.start, convolution.outputCount) : nil,
      scratch: scratch
    )
  }
}
