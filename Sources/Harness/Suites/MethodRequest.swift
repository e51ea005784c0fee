internal import Settings
internal import Weighting

/// A method as the suite file asks for it: a name, perhaps a label, and settings.
struct MethodRequest: Sendable {
  let name: String
  let label: String
  /// The settings without `method` and `label`.
  let settings: Table
  let path: String

  /// Reads `methods`; `equal`, a mandatory rival, is put first if it is missing.
  ///
  /// An element is a name, a name with a variant (`gradnorm@softmax_epoch`), or a table with
  /// `method`, perhaps `label`, and the method's settings.
  static func list(_ reader: inout SettingsReader) throws(SettingsError) -> [MethodRequest] {
    var requests: [MethodRequest] = []
    for (index, element) in try reader.settings("methods").enumerated() {
      let request = try MethodRequest(element, path: "methods[\(index)]")
      guard !requests.contains(where: { $0.label == request.label }) else {
        throw .setting(
          element.place,
          path: request.path,
          .other("label '\(request.label)' is taken; give one of the two another label")
        )
      }
      requests.append(request)
    }
    if !requests.contains(where: { $0.name == EqualWeighting.name && $0.settings.entries.isEmpty })
    {
      requests.insert(MethodRequest(plain: EqualWeighting.name, at: reader.place), at: 0)
    }
    return requests
  }

  private init(plain name: String, at place: Place) {
    self.name = name
    label = name
    settings = Table([], at: place)
    path = "methods"
  }

  private init(_ setting: Setting, path: String) throws(SettingsError) {
    self.path = path
    var table = Table([], at: setting.place)
    let written: String
    var label: String?
    if case .scalar = setting.value {
      written = try setting.value(as: .text, path: path)
    } else {
      table = try setting.table(path: path)
      var reader = SettingsReader(table, path: path)
      written = try reader.text("method")
      label = try reader.optionalText("label")
      table = table.removing(["method", "label"])
    }
    let parts = written.split(separator: "@", maxSplits: 1).map(String.init)
    name = parts.first ?? ""
    if parts.count == 2 { table = table.adding("variant", parts[1]) }
    settings = table
    self.label = label ?? MethodRequest.label(written, table)
    guard WeightingRegistry.names.contains(name) else {
      throw SettingsReader(table, path: path)
        .unknownName(name, kind: "weighting method", known: WeightingRegistry.names)
    }
  }

  /// The name with the settings that were written beside it.
  private static func label(_ written: String, _ table: Table) -> String {
    let extras = table.entries.compactMap { entry -> String? in
      guard case .scalar(let text, _) = entry.setting.value, !written.contains("@") else {
        return written.contains("@") ? nil : entry.key
      }
      return "\(entry.key)=\(text)"
    }
    return extras.isEmpty ? written : "\(written) (\(extras.joined(separator: ", ")))"
  }
}
