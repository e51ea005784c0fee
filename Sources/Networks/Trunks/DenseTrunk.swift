package import Settings

/// Dense layers with one activation behind each, every layer a stage; before the activation a
/// normalization and behind it dropout, where asked for.
///
/// Settings: `trunk` (widths of the layers, default `[64]`, 1 to 16 layers of 1 to 8192),
/// `activation` (`relu`, the default, or `tanh`), `norm` (`layer`; none by default), `dropout` (share of
/// the features that training drops, 0 to 0.95; 0 by default).
package struct DenseTrunk: Trunk {
  private let widths: [Int]
  let activation: Ending
  private let isNormalized: Bool
  private let dropout: Double

  package init(settings: inout SettingsReader) throws(SettingsError) {
    widths = try settings.counts(
      "trunk",
      default: [64],
      in: NetworkSettings.widthRange,
      count: 1...16
    )
    let name = try settings.choice(
      "activation",
      of: Ending.activations.map { $0.rawValue },
      default: Ending.relu.rawValue
    )
    activation = Ending(rawValue: name) ?? .relu
    isNormalized = try settings.optionalChoice("norm", of: ["layer"]) != nil
    dropout = try settings.optionalNumber("dropout", in: 0...0.95) ?? 0
  }

  package init(widths: [Int], activation: Ending) {
    self.widths = widths
    self.activation = activation
    isNormalized = false
    dropout = 0
  }

  package var stageCount: Int { widths.count }

  /// Whether it has nothing but dense layers.
  var isPlain: Bool { !isNormalized && dropout == 0 }

  package func add(
    stage: Int,
    to network: inout NetworkBuilder,
    on wire: Wire,
    at module: inout ModulePath
  ) -> Wire {
    let ending: Ending = isNormalized ? .linear : activation
    var end = network.dense(wire, widths[stage], ending, path: module.next(), module.stream)
    if isNormalized {
      end = network.layerNorm(end, activation, path: module.next(), module.stream)
    }
    _ = module.next()  // the activation
    if dropout > 0 { end = network.dropout(end, dropout, path: module.next()) }
    return end
  }
}

extension NetworkBuilder {
  /// Appends the normalization of each row's features.
  fileprivate mutating func layerNorm(
    _ wire: Wire,
    _ ending: Ending,
    path: String,
    _ stream: StartingStream
  ) -> Wire {
    let width = width(of: wire)
    let tensors = LayerNormLayer.tensors(width: width)
    return add(
      path,
      reading: [wire],
      width: width,
      ending,
      tensors: tensors,
      stream,
      isNorm: true
    ) { LayerNormLayer($0) }
  }

  fileprivate mutating func dropout(_ wire: Wire, _ rate: Double, path: String) -> Wire {
    add(path, reading: [wire], width: width(of: wire)) { DropoutLayer($0, rate: rate) }
  }
}
