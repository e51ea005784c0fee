package import Settings

/// All optimizers: one line for each.
package enum OptimizerRegistry {
  package static let all: [any Optimizer.Type] = [
    Adam.self,
    AdamW.self,
    SGD.self,
  ]

  package static var names: [String] { all.map { $0.name } }

  /// The optimizer a table asks for by `optimizer` (default `adam`).
  ///
  /// - Throws: `SettingsError` for an unknown name or a bad value.
  package static func make(
    settings: inout SettingsReader
  ) throws(SettingsError) -> any Optimizer {
    let name = try settings.choice("optimizer", of: names, default: Adam.name)
    guard let type = all.first(where: { $0.name == name }) else {
      throw settings.unknownName(name, kind: "optimizer", known: names)
    }
    return try type.init(settings: &settings)
  }
}
