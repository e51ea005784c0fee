internal import Kernels

/// `y = f(the largest of every window)` of images, where no convolution takes the pool over.
final class PoolingLayer: Layer {
  private let input: Edge
  private let output: Edge
  private let kernels: KernelTable
  private let size: PoolSize
  private let winners: IndexBuffer

  init(_ space: LayerSpace, _ size: PoolSize) {
    input = space.inputs[0]
    output = space.whole
    kernels = space.kernels
    self.size = size
    winners = IndexBuffer(count: output.rows * output.width)
  }

  var scratchBytes: Int { winners.byteCount }

  func forward(_ parameters: UnsafeMutablePointer<Float>) {
    kernels.maxPool(
      input.values,
      channels: size.channels,
      height: size.height,
      width: size.width,
      pool: size.pool,
      into: output.values,
      winners: winners
    )
    output.ending.apply(to: output.values, kernels)
  }

  func parameterGradient(into start: UnsafeMutablePointer<Float>) {}

  func inputGradient(_ input: Int, _ parameters: UnsafeMutablePointer<Float>, _ end: GradientEnd) {
    kernels.maxPoolGradient(
      output.gradient,
      winners: winners,
      into: self.input.gradient,
      accumulates: end == .more
    )
    self.input.finish(end, kernels)
  }
}

/// The images of a pool, and the side of its windows.
struct PoolSize: Hashable, Sendable {
  let channels: Int
  let height: Int
  let width: Int
  let pool: Int
}

extension NetworkBuilder {
  /// Appends a max-pool of the images of an edge; a rest of rows and columns is dropped.
  mutating func pool(_ wire: Wire, _ pool: Int, _ ending: Ending, path: String) -> Wire {
    guard case .image(let channels, let height, let width) = form(of: wire) else {
      preconditionFailure("a pool of \(form(of: wire))")
    }
    let size = PoolSize(channels: channels, height: height, width: width, pool: pool)
    let form = Form.image(channels: channels, height: height / pool, width: width / pool)
    return add(path, reading: [wire], form: form, ending) { PoolingLayer($0, size) }
  }
}
