internal import Settings

/// A network as the suite file asks for it: every method is run on each.
struct NetworkRequest: Sendable {
  /// What tables call it.
  let label: String
  /// Settings that stand over those of `network`.
  let settings: SettingsTable
  let path: String

  /// Keys of a network's table that the harness reads; the others are the network's own.
  static let ownKeys = ["label"]

  /// Reads `networks`.
  ///
  /// Elements are names of sharing schemes, or tables with network settings and perhaps `label`. Without
  /// any, it is the one that `network` describes.
  static func list(_ reader: inout SettingsReader) throws(SettingsError) -> [NetworkRequest] {
    var requests: [NetworkRequest] = []
    for (index, element) in try reader.settings("networks").enumerated() {
      let path = "networks[\(index)]"
      let request = try NetworkRequest(element, path: path)
      guard !requests.contains(where: { $0.label == request.label }) else {
        throw .setting(
          element.place,
          path: path,
          .other("network '\(request.label)' is there twice; give one of the two a label")
        )
      }
      requests.append(request)
    }
    return requests.isEmpty
      ? [NetworkRequest(label: "", settings: SettingsTable([], at: reader.place), path: "network")]
      : requests
  }

  private init(label: String, settings: SettingsTable, path: String) {
    self.label = label
    self.settings = settings
    self.path = path
  }

  private init(_ setting: Setting, path: String) throws(SettingsError) {
    self.path = path
    guard case .scalar = setting.value else {
      let table = try setting.table(path: path)
      var reader = SettingsReader(table, path: path)
      let sharing = try reader.text("sharing", default: "hard")
      label = try reader.optionalText("label") ?? sharing
      guard !label.isEmpty else { throw reader.error("label", "expected a name, found none") }
      settings = table.removing(Set(NetworkRequest.ownKeys))
      return
    }
    label = try setting.value(as: .text, path: path)
    settings = SettingsTable([], at: setting.place).adding("sharing", label)
  }
}
