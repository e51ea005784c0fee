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
    let type = type(of: scheme)
    if type.needsPlainTrunk, !trunk.isPlain {
      let key = settings.has("norm") ? "norm" : "dropout"
      throw settings.error(key, "\(type.name) adds its terms to dense layers alone; leave it out")
    }
    let hidden = try settings.counts("heads", default: [], in: Self.widthRange, count: 0...8)
    heads = HeadWidths(hidden, trunk.activation)
    try settings.finish()
  }

  /// The keys that every network has, with their meaning.
  package static let description = [
    (key: "trunk", meaning: "widths of the shared layers, default [64]"),
    (key: "activation", meaning: "relu (default) or tanh"),
    (key: "norm", meaning: "layer: normalize every row before the activation (default: not)"),
    (key: "dropout", meaning: "share of the trunk's features dropped in training, 0 to 0.95"),
    (key: "heads", meaning: "widths of every head's hidden layers, default [] (linear heads)"),
  ]

  /// The network, all its parameters zero.
  ///
  /// - Parameters:
  ///   - shape: What it is built for.
  ///   - heads: Widths of each head's hidden layers, shape [K][...], instead of those of the settings.
  ///   - kernels: The instruction set to compute with.
  /// - Returns: The network.
  package func makeNetwork(
    _ shape: NetworkShape,
    heads: [[Int]]? = nil,
    kernels: KernelTable
  ) -> Network {
    let heads = heads.map { HeadWidths(byTask: $0, trunk.activation) } ?? self.heads
    return Network(scheme, trunk, heads: heads, shape: shape, kernels: kernels)
  }

  /// What gradient methods find in the network.
  ///
  /// - Parameter taskCount: Tasks that it is built for.
  /// - Returns: Whether some parameters are shared, and whether all tasks read one representation.
  package func sharing(taskCount: Int) -> (hasShared: Bool, hasRepresentation: Bool) {
    let counts = Array(repeating: 1, count: taskCount)
    let plan = plan(inputCount: 1, outputCounts: counts).plan
    return (plan.sharedCount > 0, plan.representation != nil)
  }

  func plan(inputCount: Int, outputCounts: [Int]) -> (graph: NetworkGraph, plan: NetworkPlan) {
    Network.plan(scheme, trunk, heads: heads, inputCount: inputCount, outputCounts: outputCounts)
  }

  /// The settings of the network that one task alone is trained on: hard sharing with the same trunk
  /// and head, whatever the scheme.
  package static func alone(_ settings: CanonicalTable) -> CanonicalTable {
    var table = CanonicalTable()
    table["sharing"] = .text(HardSharing.name)
    for (key, _) in description { table[key] = settings[key] }
    return table
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
