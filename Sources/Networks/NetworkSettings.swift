package import Kernels
package import Settings

/// The network that a settings table describes: a sharing scheme, a trunk and heads.
///
/// Settings: `sharing` (a name of `SharingRegistry`, default `hard`), those of the scheme and of the
/// trunk, `heads` (widths of the hidden layers of every head, default none).
package struct NetworkSettings: Sendable {
  static let widthRange = 1...8192

  private let scheme: any SharingScheme
  private let trunk: DenseTrunk
  private let heads: HeadWidths

  /// - Throws: `SettingsError` for an unknown name, a bad value or a key that nobody reads.
  package init(settings: inout SettingsReader) throws(SettingsError) {
    scheme = try SharingRegistry.make(settings: &settings)
    trunk = try DenseTrunk(settings: &settings)
    let hidden = try settings.counts("heads", default: [], in: Self.widthRange, count: 0...8)
    heads = HeadWidths(hidden, trunk.activation)
    try settings.finish()
  }

  /// The keys that every network has, with their meaning.
  package static let description = [
    (key: "trunk", meaning: "widths of the shared layers, default [64]"),
    (key: "activation", meaning: "relu (default) or tanh"),
    (key: "heads", meaning: "widths of every head's hidden layers, default [] (linear heads)"),
  ]

  /// The network, all its parameters zero.
  package func makeNetwork(_ shape: NetworkShape, kernels: KernelTable) -> Network {
    Network(scheme, trunk, heads: heads, shape: shape, kernels: kernels)
  }
}

extension Network {
  /// The network a settings table asks for, all its parameters zero.
  ///
  /// - Throws: `SettingsError` for an unknown name, a bad value or a key that nobody reads.
  package static func make(
    shape: NetworkShape,
    kernels: KernelTable,
    settings: inout SettingsReader
  ) throws(SettingsError) -> Network {
    try NetworkSettings(settings: &settings).makeNetwork(shape, kernels: kernels)
  }
}
