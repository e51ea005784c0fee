internal import Settings

/// All trunks: one line for each.
package enum TrunkRegistry {
  package static let all: [any Trunk.Type] = [
    DenseTrunk.self,
    ConvolutionTrunk.self,
    TransformerTrunk.self,
  ]

  /// Keys of a trunk's own table that are widths, with the largest each may be.
  static let widths = [
    (key: "channels", most: ConvolutionTrunk.channelRange.upperBound),
    (key: "dense", most: NetworkSettings.widthRange.upperBound),
    (key: "width", most: TransformerTrunk.widthRange.upperBound),
    (key: "hidden", most: NetworkSettings.widthRange.upperBound),
  ]

  package static var names: [String] { all.map { $0.name } }

  /// The trunk that a network's table asks for: by a list of widths, by its name, or by a table with
  /// its name as `kind`.
  ///
  /// - Throws: `SettingsError` for an unknown name, a bad value, or `norm` or `dropout` that it cannot
  ///   have.
  static func make(
    settings: inout SettingsReader
  ) throws(SettingsError) -> (trunk: any Trunk, activation: Ending) {
    let named = names.filter { $0 != DenseTrunk.name }
    var own: SettingsReader?
    var name = DenseTrunk.name
    switch settings.rawSetting("trunk")?.value {
    case .table:
      own = try settings.table("trunk")
      name = try own?.choice("kind", of: named, default: nil) ?? name
    case .scalar(let text, _) where Int(text) == nil:
      name = try settings.choice("trunk", of: named, default: nil)
      own = SettingsReader(
        SettingsTable([], at: settings.place(of: "trunk")),
        path: settings.path(of: "trunk")
      )
      own?.record("kind", as: .text(name))
    case .scalar, .list, nil: break
    }
    guard let type = all.first(where: { $0.name == name }) else {
      throw settings.unknownName(name, kind: "trunk", known: names)
    }
    guard var own else {
      // The widths of a dense trunk stand in the network's own table.
      let dress = try dress(of: type, settings: &settings)
      return (try type.init(settings: &settings, dress: dress), dress.activation)
    }
    let dress = try dress(of: type, settings: &settings)
    let trunk = try type.init(settings: &own, dress: dress)
    try own.finish()
    settings.record("trunk", as: .table(own.resolved))
    return (trunk, dress.activation)
  }

  private static func dress(
    of type: any Trunk.Type,
    settings: inout SettingsReader
  ) throws(SettingsError) -> TrunkDress {
    let activation = try settings.choice(
      "activation",
      of: Ending.activations.map { $0.rawValue },
      default: Ending.relu.rawValue
    )
    for (key, isAllowed) in [("norm", !type.norms.isEmpty), ("dropout", type.mayDrop)]
    where settings.has(key) && !isAllowed {
      let reason =
        key == "norm" ? "normalizes its layers in a way of its own" : "has no dropout"
      throw settings.error(key, "the trunk '\(type.name)' \(reason); leave it out")
    }
    let norm = try settings.optionalChoice("norm", of: type.norms.map { $0.rawValue })
    let dropout = try settings.optionalNumber("dropout", in: 0...0.95)
    return TrunkDress(
      activation: Ending(rawValue: activation) ?? .relu,
      norm: norm.flatMap { TrunkDress.Norm(rawValue: $0) },
      dropout: dropout ?? 0
    )
  }
}
