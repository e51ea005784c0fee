internal import Settings

/// Single-task networks of another size than the trunk that methods share: a second base of Δm.
struct SingleTaskBase: Sendable {
  /// The network's settings; nil where a suite asks for no second base.
  let network: SettingsTable?

  /// Reads `single_task: {network: …}` of the suite or of a problem.
  init(_ reader: inout SettingsReader) throws(SettingsError) {
    let path = reader.path(of: "single_task") + ".network"
    let setting = try reader.nested("single_task") { (nested) throws(SettingsError) in
      nested.rawSetting("network")
    }
    guard let setting = setting ?? nil else {
      network = nil
      return
    }
    let table = try setting.table(path: path)
    try ProblemChecks.network(table, path: path)
    network = table
  }
}
