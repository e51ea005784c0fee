package import Kernels
package import Settings

/// Convolutions of images, then dense layers; every convolution and every dense layer is a stage.
///
/// A stage is a convolution of stride 1, the normalization, a max-pool, the activation, residual blocks
/// and dropout, each where asked for. A residual block is `act(x + c(act(c(x))))` with convolutions `c` of
/// 3 x 3 pixels that keep size and channels, a normalization behind each. Sequences count as images of
/// one channel with the moments as rows.
///
/// Source: LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document Recognition",
/// Proceedings of the IEEE 86, 1998; as a multi-task trunk Sener and Koltun, "Multi-Task Learning as
/// Multi-Objective Optimization", NeurIPS 2018, whose network on 36 x 36 pixels is the default here; He,
/// Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, for the blocks.
///
/// Departures: the second source drops whole channels and half of a hidden layer of the heads.
///
/// Settings, in `trunk: {kind: conv, …}`: `channels` (of each convolution, default `[10, 20]`), `kernel`
/// (side, default 5 where images have at least 16 x 16 pixels, else 3), `padding` (default 0, else half the
/// kernel), `pool` (default 2; 1 for none), `residual` (blocks of each stage, default 0), `dense` (widths of
/// the layers behind, default `[50]`).
package struct ConvolutionTrunk: Trunk {
  package static let name = "conv"
  package static let description = (
    idea: "Convolutions of images with max-pools, residual blocks and dense layers behind them.",
    settings: [
      (key: "channels", meaning: "of each convolution, default [10, 20], 1 to 8 of 1 to 512"),
      (key: "kernel", meaning: "side, default 5 from 16 x 16 pixels on, else 3; 1 to 11"),
      (key: "padding", meaning: "zeros around images, default 0 at kernel 5, else 1; 0 to 5"),
      (key: "pool", meaning: "side of the max-pools, default 2, 1 (none) to 4"),
      (key: "residual", meaning: "blocks behind each convolution, default 0, to 4"),
      (key: "dense", meaning: "widths of the layers behind, default [50], at most 8"),
    ]
  )
  package static let norms = [TrunkDress.Norm.batch]
  package static let mayDrop = true

  /// Images whose smaller side has so many pixels get the larger kernel.
  private static let largeSide = 16

  static let channelRange = 1...512

  private let channels: [Int]
  private let kernel: Int?
  private let padding: Int?
  private let pool: Int
  private let residual: Int
  private let widths: [Int]
  private let dress: TrunkDress

  package init(settings: inout SettingsReader, dress: TrunkDress) throws(SettingsError) {
    channels = try settings.counts(
      "channels",
      default: [10, 20],
      in: Self.channelRange,
      count: 1...8
    )
    kernel = try settings.optionalCount("kernel", in: 1...11)
    padding = try settings.optionalCount("padding", in: 0...5)
    pool = try settings.count("pool", default: 2, in: 1...4)
    residual = try settings.count("residual", default: 0, in: 0...4)
    widths = try settings.counts(
      "dense",
      default: [50],
      in: NetworkSettings.widthRange,
      count: 0...8
    )
    self.dress = dress
  }

  package var stageCount: Int { channels.count + widths.count }
  package var norm: TrunkDress.Norm? { dress.norm }

  /// Channels, height and width of inputs.
  private static func image(_ form: InputForm) -> (channels: Int, height: Int, width: Int)? {
    switch form {
    case .columns: nil
    case .image(let channels, let height, let width): (channels, height, width)
    case .sequence(let length, let width): (1, length, width)
    }
  }

  private func size(_ form: InputForm) -> (kernel: Int, padding: Int) {
    guard let image = Self.image(form) else { return (1, 0) }
    let isLarge = min(image.height, image.width) >= Self.largeSide
    let kernel = self.kernel ?? (isLarge ? 5 : 3)
    return (kernel, padding ?? (isLarge ? 0 : kernel / 2))
  }

  package func objection(to form: InputForm) -> String? {
    guard let image = Self.image(form) else {
      return "a convolution reads images or sequences, and the problem has \(form): give it "
        + "'image: [channels, height, width]', or choose a dense trunk"
    }
    var (height, width) = (image.height, image.width)
    let size = size(form)
    for stage in channels.indices {
      height = (height + 2 * size.padding - size.kernel + 1) / pool
      width = (width + 2 * size.padding - size.kernel + 1) / pool
      guard height > 0, width > 0 else {
        return
          "convolution \(stage + 1) of \(channels.count) leaves no pixel of \(form) with kernel "
          + "\(size.kernel), padding \(size.padding) and pool \(pool): take fewer or smaller ones"
      }
    }
    return nil
  }

  package func add(
    stage: Int,
    to network: inout NetworkBuilder,
    on wire: Wire,
    at module: inout ModulePath
  ) -> Wire {
    if stage < channels.count {
      let wire = network.readImage(wire, Self.image(network.inputForm))
      var end = convolve(stage, to: &network, on: wire, at: &module)
      for _ in 0..<residual { end = addBlock(to: &network, on: end, at: &module) }
      if dress.dropout > 0 { end = network.dropout(end, dress.dropout, path: module.next()) }
      // The last module makes the image columns, which it is already.
      if stage == stageCount - 1 { _ = module.next() }
      return end
    }
    if stage == channels.count { _ = module.next() }  // makes the image columns
    return network.dressed(dress, on: wire, widths[stage - channels.count], at: &module)
  }

  private func convolve(
    _ stage: Int,
    to network: inout NetworkBuilder,
    on wire: Wire,
    at module: inout ModulePath
  ) -> Wire {
    let (size, padding) = size(network.inputForm)
    var kernel = ConvolutionKernel(outputs: channels[stage], size: size, padding: padding)
    guard dress.norm != nil else {
      kernel.pool = pool
      let end = network.convolution(
        wire,
        kernel,
        dress.activation,
        path: module.next(),
        module.stream
      )
      if pool > 1 { _ = module.next() }  // the pool
      _ = module.next()  // the activation
      return end
    }
    kernel.hasBias = false
    var end = network.convolution(wire, kernel, .linear, path: module.next(), module.stream)
    let ending = pool > 1 ? Ending.linear : dress.activation
    end = network.batchNorm(end, ending, path: module.next(), module.stream)
    if pool > 1 { end = network.pool(end, pool, dress.activation, path: module.next()) }
    _ = module.next()  // the activation
    return end
  }

  private func addBlock(
    to network: inout NetworkBuilder,
    on wire: Wire,
    at module: inout ModulePath
  ) -> Wire {
    let path = module.next()
    var inner = ModulePath(path, module.stream)
    let first = addHalf(to: &network, on: wire, ending: dress.activation, at: &inner)
    _ = inner.next()  // the activation
    let second = addHalf(to: &network, on: first, ending: .linear, at: &inner)
    return network.sum(wire, second, dress.activation, path: inner.named("sum"))
  }

  /// A convolution that keeps size and channels, with its normalization.
  private func addHalf(
    to network: inout NetworkBuilder,
    on wire: Wire,
    ending: Ending,
    at module: inout ModulePath
  ) -> Wire {
    guard case .image(let channels, _, _) = network.form(of: wire) else {
      preconditionFailure("a residual block on \(network.form(of: wire))")
    }
    var kernel = ConvolutionKernel(outputs: channels, size: 3, padding: 1)
    guard dress.norm != nil else {
      return network.convolution(wire, kernel, ending, path: module.next(), module.stream)
    }
    kernel.hasBias = false
    let end = network.convolution(wire, kernel, .linear, path: module.next(), module.stream)
    return network.batchNorm(end, ending, path: module.next(), module.stream)
  }
}
