package import Kernels
package import Settings

/// The network that a settings table describes: a sharing scheme, a trunk and heads.
///
/// Settings: `sharing` (a name of `SharingRegistry`, default `hard`), those of the scheme, `trunk` (a list of
/// widths, a name of `TrunkRegistry`, or a table with that name as `kind` and the trunk's keys),
/// `activation` (`relu`, the default, or `tanh`, of trunk and heads), `norm` (`layer` or `batch`; none by
/// default), `dropout` (share of the features that training drops, 0 to 0.95; 0 by default), `heads`
/// (widths of the hidden layers of every head, default none).
package struct NetworkSettings: Sendable {
  static let widthRange = 1...8192

  private let scheme: any SharingScheme
  private let trunk: any Trunk
  private let heads: HeadWidths

  /// - Parameters:
  ///   - settings: The network's table.
  ///   - form: What its inputs are; nil where that is not known yet.
  /// - Throws: `SettingsError` for an unknown name, a bad value or a key that nobody reads, and for a
  ///   trunk that cannot read the inputs.
  package init(
    settings: inout SettingsReader,
    form: InputForm? = nil
  ) throws(SettingsError) {
    scheme = try SharingRegistry.make(settings: &settings)
    let (trunk, activation) = try TrunkRegistry.make(settings: &settings)
    self.trunk = trunk
    let type = type(of: scheme)
    if type.needsPlainTrunk, !trunk.isPlain {
      let isDense = trunk is DenseTrunk
      let key = isDense ? (settings.has("norm") ? "norm" : "dropout") : "trunk"
      throw settings.error(
        key,
        "\(type.name) adds its terms to dense layers alone; "
          + (isDense ? "leave it out" : "give widths, or choose another 'sharing'")
      )
    }
    let hidden = try settings.counts("heads", default: [], in: Self.widthRange, count: 0...8)
    heads = HeadWidths(hidden, activation)
    try settings.finish()
    if let form, let objection = trunk.objection(to: form) {
      throw settings.error("trunk", objection)
    }
  }

  /// The keys that every network has, with their meaning.
  package static let description = [
    (
      key: "trunk",
      meaning: "widths of the shared layers, default [64], or {kind: conv | transformer, …}"
    ),
    (key: "activation", meaning: "relu (default) or tanh"),
    (
      key: "norm",
      meaning: "before the activation: layer (every row) or batch (every feature); default neither"
    ),
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
    let heads = heads.map { HeadWidths(byTask: $0, self.heads.activation) } ?? self.heads
    return Network(scheme, trunk, heads: heads, shape: shape, kernels: kernels)
  }

  /// Why it cannot be trained on batches of so many rows; nil where it can.
  package func objection(toBatchRows rows: Int) -> String? {
    guard trunk.norm == .batch, rows == 1 else { return nil }
    return
      "batch normalization of one row is 0: make batches larger, or leave out the network's norm"
  }

  /// What gradient methods find in the network.
  ///
  /// - Parameters:
  ///   - taskCount: Tasks that it is built for.
  ///   - form: What its inputs are.
  /// - Returns: Whether some parameters are shared, and whether all tasks read one representation.
  package func sharing(
    taskCount: Int,
    form: InputForm
  ) -> (hasShared: Bool, hasRepresentation: Bool) {
    let counts = Array(repeating: 1, count: taskCount)
    let plan = plan(input: form, outputCounts: counts).plan
    return (plan.sharedCount > 0, plan.representation != nil)
  }

  func plan(
    input: InputForm,
    outputCounts: [Int]
  ) -> (graph: NetworkGraph, plan: NetworkPlan) {
    Network.plan(scheme, trunk, heads: heads, input: input, outputCounts: outputCounts)
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
    let made = try NetworkSettings(settings: &settings, form: shape.input)
    if let objection = made.objection(toBatchRows: shape.batchRows) {
      throw settings.error("norm", objection)
    }
    return made.makeNetwork(shape, kernels: kernels)
  }
}
