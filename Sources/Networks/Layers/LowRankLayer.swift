internal import Kernels

/// `y = f(x (W + D U) + b)`: `W` and `b` are the same parameters in several layers, one of each
/// task, and `D U`, of low rank, is the layer's own.
final class LowRankLayer: TiedLayer {
  private let input: Edge
  private let output: Edge
  private let kernels: KernelTable
  private let layout: DenseLayout
  private let places: LowRankPlaces
  private let passesBack: Bool
  /// `x D`, and the gradient at it, shape [rows][rank].
  private let inner: Matrix
  private let innerGradient: Matrix
  /// Transposed W, D and U.
  private let transposed: Matrix
  private let downTransposed: Matrix
  private let upTransposed: Matrix
  /// Gradient of the bias, before it is added.
  private let bias: FloatBuffer
  var tiedOffset = 0

  init(_ space: LayerSpace, rank: Int) {
    input = space.inputs[0]
    output = space.whole
    kernels = space.kernels
    passesBack = space.passesBack
    layout = DenseLayout(inputCount: input.width, outputCount: output.width)
    places = LowRankPlaces(inputCount: input.width, outputCount: output.width, rank: rank)
    let isTraining = space.isTraining
    func make(_ rows: Int, _ columns: Int, _ isNeeded: Bool) -> Matrix {
      Matrix(rows: isNeeded ? rows : 0, columns: columns)
    }
    inner = Matrix(rows: output.rows, columns: rank)
    innerGradient = make(output.rows, rank, isTraining)
    transposed = make(output.width, input.width, passesBack)
    downTransposed = make(rank, input.width, passesBack)
    upTransposed = make(output.width, rank, isTraining)
    bias = FloatBuffer(count: isTraining ? layout.stride : 0)
  }

  var scratchBytes: Int {
    let matrices = [inner, innerGradient, transposed, downTransposed, upTransposed]
    return matrices.reduce(bias.byteCount) { $0 + $1.buffer.byteCount }
  }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    let tied = unsafe parameters + tiedOffset
    unsafe kernels.multiply(
      input.values,
      layout.weights(in: tied),
      into: output.values,
      end: .bias(layout.bias(in: tied))
    )
    unsafe kernels.multiply(
      input.values,
      places.down(in: parameters),
      into: inner.view,
      end: .store
    )
    unsafe kernels.multiply(
      inner.view,
      places.up(in: parameters),
      into: output.values,
      end: .accumulate
    )
    output.ending.apply(to: output.values, kernels)
  }

  func prepare(_ parameters: UnsafeMutablePointer<Float>) {
    unsafe kernels.transpose(places.up(in: parameters), into: upTransposed.view)
    guard passesBack else { return }
    unsafe kernels.transpose(layout.weights(in: parameters + tiedOffset), into: transposed.view)
    unsafe kernels.transpose(places.down(in: parameters), into: downTransposed.view)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {
    let gradient = output.gradient
    unsafe kernels.multiplyTransposed(
      inner.view,
      gradient,
      into: places.up(in: start),
      end: .store
    )
    kernels.multiply(gradient, upTransposed.view, into: innerGradient.view, end: .store)
    unsafe kernels.multiplyTransposed(
      input.values,
      innerGradient.view,
      into: places.down(in: start),
      end: .store
    )
  }

  func tiedGradient(into start: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let gradient = output.gradient
    unsafe kernels.multiplyTransposed(
      input.values,
      gradient,
      into: layout.weights(in: start),
      end: isFirst ? .store : .accumulate
    )
    let target = unsafe layout.bias(in: start)
    guard !isFirst else {
      unsafe kernels.columnSums(gradient, into: target)
      return
    }
    unsafe kernels.columnSums(gradient, into: bias.start)
    unsafe kernels.add(bias.start, times: 1, to: target, count: bias.count)
  }

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    let below = self.input.gradient
    kernels.multiply(
      output.gradient,
      transposed.view,
      into: below,
      end: end == .more ? .accumulate : .store
    )
    kernels.multiply(output.gradient, upTransposed.view, into: innerGradient.view, end: .store)
    kernels.multiply(innerGradient.view, downTransposed.view, into: below, end: .accumulate)
    self.input.finish(end, kernels)
  }
}

/// Where the parameters of a low-rank term stand in their part of a flat vector: D [inputs][rank],
/// then U [rank][outputs], rows padded.
struct LowRankPlaces {
  let inputCount: Int
  let outputCount: Int
  let rank: Int

  private var downCount: Int { inputCount * paddedCount(rank) }
  var count: Int { downCount + rank * paddedCount(outputCount) }

  func down(in start: UnsafeMutablePointer<Float>) -> MatrixView {
    unsafe MatrixView(start: start, rows: inputCount, columns: rank, stride: paddedCount(rank))
  }

  func up(in start: UnsafeMutablePointer<Float>) -> MatrixView {
    unsafe MatrixView(
      start: start + downCount,
      rows: rank,
      columns: outputCount,
      stride: paddedCount(outputCount)
    )
  }

  var tensors: [TensorPlace] {
    [
      TensorPlace(
        suffix: "down",
        inputCount: inputCount,
        outputCount: rank,
        isBias: false,
        offset: 0,
        stride: paddedCount(rank),
        start: .uniform(bound: 1 / Double(inputCount).squareRoot())
      ),
      TensorPlace(
        suffix: "up",
        inputCount: rank,
        outputCount: outputCount,
        isBias: false,
        offset: downCount,
        stride: paddedCount(outputCount),
        start: .numbers(Array(repeating: 0, count: rank * outputCount))
      ),
    ]
  }
}
