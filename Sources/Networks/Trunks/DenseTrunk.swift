package import Kernels
package import Settings

/// Dense layers with one activation behind each, every layer a stage; before the activation a
/// normalization and behind it dropout, where asked for.
///
/// Settings: `trunk` (widths of the layers, default `[64]`, 1 to 16 layers of 1 to 8192).
package struct DenseTrunk: Trunk {
  package static let name = "dense"
  package static let description = (
    idea: "Dense layers: the list of their widths.",
    settings: [(key: String, meaning: String)]()
  )
  package static let norms = TrunkDress.Norm.allCases
  package static let mayDrop = true

  private let widths: [Int]
  private let dress: TrunkDress

  package init(settings: inout SettingsReader, dress: TrunkDress) throws(SettingsError) {
    widths = try settings.counts(
      "trunk",
      default: [64],
      in: NetworkSettings.widthRange,
      count: 1...16
    )
    self.dress = dress
  }

  package init(widths: [Int], activation: Ending) {
    self.widths = widths
    dress = TrunkDress(activation: activation)
  }

  package var stageCount: Int { widths.count }
  package var norm: TrunkDress.Norm? { dress.norm }
  package var isPlain: Bool { dress.norm == nil && dress.dropout == 0 }
  package func objection(to form: InputForm) -> String? { nil }

  package func add(
    stage: Int,
    to network: inout NetworkBuilder,
    on wire: Wire,
    at module: inout ModulePath
  ) -> Wire {
    network.dressed(dress, on: wire, widths[stage], at: &module)
  }
}

extension NetworkBuilder {
  /// Appends a dense layer with its normalization, activation and dropout.
  mutating func dressed(
    _ dress: TrunkDress,
    on wire: Wire,
    _ width: Int,
    at module: inout ModulePath
  ) -> Wire {
    var end = dense(
      wire,
      width,
      dress.norm == nil ? dress.activation : .linear,
      path: module.next(),
      module.stream,
      hasBias: dress.norm != .batch
    )
    switch dress.norm {
    case .layer: end = layerNorm(end, dress.activation, path: module.next(), module.stream)
    case .batch: end = batchNorm(end, dress.activation, path: module.next(), module.stream)
    case nil: break
    }
    _ = module.next()  // the activation
    if dress.dropout > 0 { end = dropout(end, dress.dropout, path: module.next()) }
    return end
  }
}
