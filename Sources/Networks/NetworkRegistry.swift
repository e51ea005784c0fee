package import Kernels
package import Settings

/// All networks: one line for each sharing scheme.
package enum NetworkRegistry {
  package static let all: [any Network.Type] = [
    HardSharing.self
  ]

  package static var names: [String] { all.map { $0.name } }

  /// The network a settings table asks for; `sharing` names it (default `hard`).
  ///
  /// - Throws: `SettingsError` for an unknown name, a bad value or a key that nobody reads.
  package static func make(
    shape: NetworkShape,
    kernels: KernelTable,
    settings: inout SettingsReader
  ) throws(SettingsError) -> any Network {
    let name = try settings.choice("sharing", of: names, default: HardSharing.name)
    guard let type = all.first(where: { $0.name == name }) else {
      throw settings.unknownName(name, kind: "sharing scheme", known: names)
    }
    let network = try type.init(shape: shape, kernels: kernels, settings: &settings)
    try settings.finish()
    return network
  }
}
