package import Settings

/// Dense layers with one activation behind each, every layer a stage.
///
/// Settings: `trunk` (widths of the layers, default `[64]`, 1 to 16 layers of 1 to 8192),
/// `activation` (`relu`, the default, or `tanh`).
package struct DenseTrunk: Trunk {
  private let widths: [Int]
  let activation: Ending

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
  }

  package init(widths: [Int], activation: Ending) {
    self.widths = widths
    self.activation = activation
  }

  package var stageCount: Int { widths.count }

  package func add(
    stage: Int,
    to network: inout NetworkBuilder,
    on wire: Wire,
    at module: inout ModulePath
  ) -> Wire {
    let path = module.next()
    _ = module.next()  // the activation
    return network.dense(wire, widths[stage], activation, path: path, module.stream)
  }
}
