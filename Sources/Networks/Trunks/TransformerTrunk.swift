package import Kernels
package import Settings

/// A transformer encoder with the normalization in front, one stage: attention and two dense layers.
///
/// Tokens are the moments of a sequence or square patches of an image.
///
/// `X ← X + attention(norm(X))` and `X ← X + W_2 act(W_1 norm(X))`, `layers` times, then `norm(X)` and the
/// mean over the tokens, or the class token. Keys have no bias: it would cancel in the softmax.
///
/// Source: Vaswani et al., "Attention Is All You Need", NeurIPS 2017; the normalization in front: Xiong et
/// al., "On Layer Normalization in the Transformer Architecture", ICML 2020; patches and the class token:
/// Dosovitskiy et al., "An Image is Worth 16x16 Words", ICLR 2021.
///
/// Departures: starting values are uniform in ±1/√inputs, as those of all layers here.
///
/// Settings, in `trunk: {kind: transformer, …}`: `width` (of a token, default 64), `heads` (default 4),
/// `hidden` (default twice the width), `layers` (default 2), `activation` (`relu`, the default, or `gelu`),
/// `positions` (`learned`, the default, or `sinusoidal`), `pooling` (`mean`, the default, or `cls`), `patch`
/// (side of an image's patches, default 4).
package struct TransformerTrunk: Trunk {
  package static let name = "transformer"
  package static let description = (
    idea: "A pre-norm encoder on the moments of sequences or the patches of images; one stage.",
    settings: [
      (key: "width", meaning: "of a token, default 64, 1 to 1024, a multiple of heads"),
      (key: "heads", meaning: "of attention, default 4, 1 to 64"),
      (key: "hidden", meaning: "width inside a layer, default twice the token's, to 8192"),
      (key: "layers", meaning: "default 2, 1 to 16"),
      (key: "activation", meaning: "inside a layer: relu (default) or gelu"),
      (key: "positions", meaning: "learned (default) or sinusoidal"),
      (key: "pooling", meaning: "mean over the tokens (default) or cls, a token of its own"),
      (key: "patch", meaning: "side of an image's patches, default 4, 1 to 64"),
    ]
  )
  package static let norms: [TrunkDress.Norm] = []
  package static let mayDrop = false

  static let widthRange = 1...1024

  private let width: Int
  private let headCount: Int
  private let hidden: Int
  private let layerCount: Int
  private let isGELU: Bool
  private let hasFixedPositions: Bool
  private let hasClass: Bool
  private let patch: Int

  package init(settings: inout SettingsReader, dress: TrunkDress) throws(SettingsError) {
    width = try settings.count("width", default: 64, in: Self.widthRange)
    headCount = try settings.count("heads", default: 4, in: 1...64)
    guard width % headCount == 0 else {
      throw settings.error(
        settings.has("heads") ? "heads" : "width",
        "\(width) columns cannot be dealt out to \(headCount) heads: make 'width' a multiple of 'heads'"
      )
    }
    hidden = try settings.count("hidden", default: 2 * width, in: NetworkSettings.widthRange)
    layerCount = try settings.count("layers", default: 2, in: 1...16)
    isGELU = try settings.choice("activation", of: ["relu", "gelu"], default: "relu") == "gelu"
    hasFixedPositions =
      try settings.choice("positions", of: ["learned", "sinusoidal"], default: "learned")
      == "sinusoidal"
    hasClass = try settings.choice("pooling", of: ["mean", "cls"], default: "mean") == "cls"
    patch = try settings.count("patch", default: 4, in: 1...64)
  }

  package var stageCount: Int { 1 }
  package var norm: TrunkDress.Norm? { nil }

  package func objection(to form: InputForm) -> String? {
    switch form {
    case .columns:
      "a transformer reads images or sequences, and the problem has \(form): give it "
        + "'sequence: [length, width]' or 'image: [channels, height, width]', or choose a dense trunk"
    case .image(_, let height, let width) where height % patch != 0 || width % patch != 0:
      "\(form) cannot be cut into patches of \(patch) x \(patch): choose a 'patch' that divides both sides"
    case .image, .sequence: nil
    }
  }

  /// The columns of each token in an input row.
  private func tokenColumns(_ form: InputForm) -> [[Int]] {
    switch form {
    case .columns(let count): return [Array(0..<count)]
    case .sequence(let length, let width):
      return (0..<length).map { Array($0 * width..<($0 + 1) * width) }
    case .image(let channels, let height, let width):
      return (0..<height / patch * (width / patch)).map { token in
        let (row, column) = (token / (width / patch) * patch, token % (width / patch) * patch)
        return (0..<channels).flatMap { channel in
          (0..<patch).flatMap { y in
            (0..<patch).map { (channel * height + row + y) * width + column + $0 }
          }
        }
      }
    }
  }

  package func add(
    stage: Int,
    to network: inout NetworkBuilder,
    on wire: Wire,
    at module: inout ModulePath
  ) -> Wire {
    let columns = tokenColumns(network.inputForm)
    let tokens = network.tokens(wire, columns: columns, path: module.named("tokens"))
    let embedded = network.dense(
      tokens,
      width,
      .linear,
      path: module.named("embed"),
      module.stream
    )
    var x = network.positions(
      embedded,
      hasClass: hasClass,
      isFixed: hasFixedPositions,
      group: module.sequence,
      path: module.named("positioned"),
      module.stream
    )
    for layer in 0..<layerCount {
      x = addLayer(
        to: &network,
        on: x,
        at: ModulePath(module.named("layers.\(layer)"), module.stream)
      )
    }
    x = network.layerNorm(x, .linear, path: module.named("norm"), module.stream)
    return network.poolTokens(x, takesFirst: hasClass, path: module.named("pooled"))
  }

  private func addLayer(
    to network: inout NetworkBuilder,
    on wire: Wire,
    at module: ModulePath
  ) -> Wire {
    let stream = module.stream
    let seen = network.layerNorm(wire, .linear, path: module.named("norm1"), stream)
    func dense(_ wire: Wire, _ width: Int, _ name: String, _ network: inout NetworkBuilder) -> Wire
    {
      network.dense(wire, width, .linear, path: module.named(name), stream)
    }
    let queries = dense(seen, width, "attention.query", &network)
    let keys = network.dense(
      seen,
      width,
      .linear,
      path: module.named("attention.key"),
      stream,
      hasBias: false
    )
    let values = dense(seen, width, "attention.value", &network)
    let attended = network.attention(
      queries: queries,
      keys: keys,
      values: values,
      headCount: headCount,
      path: module.named("attention.heads")
    )
    let out = dense(attended, width, "attention.out", &network)
    let middle = network.sum(wire, out, .linear, path: module.named("attended"))
    let normed = network.layerNorm(middle, .linear, path: module.named("norm2"), stream)
    var inner = network.dense(
      normed,
      hidden,
      isGELU ? .linear : .relu,
      path: module.named("feed.0"),
      stream
    )
    if isGELU { inner = network.gelu(inner, path: module.named("feed.1")) }
    let fed = dense(inner, width, "feed.2", &network)
    return network.sum(middle, fed, .linear, path: module.named("fed"))
  }
}
