internal import Settings

/// All sharing schemes: one line for each.
package enum SharingRegistry {
  package static let all: [any SharingScheme.Type] = [
    HardSharing.self,
    SoftSharing.self,
    CrossStitch.self,
    MMoE.self,
    CGC.self,
    PLE.self,
    DSelectK.self,
    MTAN.self,
    LTB.self,
    LowRank.self,
  ]

  package static var names: [String] { all.map { $0.name } }

  /// The scheme a table asks for by `sharing` (default `hard`).
  ///
  /// - Throws: `SettingsError` for an unknown name or a bad value.
  static func make(settings: inout SettingsReader) throws(SettingsError) -> any SharingScheme {
    let name = try settings.choice("sharing", of: names, default: HardSharing.name)
    guard let type = all.first(where: { $0.name == name }) else {
      throw settings.unknownName(name, kind: "sharing scheme", known: names)
    }
    return try type.init(settings: &settings)
  }
}
