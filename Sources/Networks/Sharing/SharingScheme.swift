package import Settings

/// Which parts of a network the tasks share, and how: writes the network as a list of layers.
///
/// What is shared follows from the list: the layers that at least two tasks' outputs depend on.
package protocol SharingScheme: Sendable {
  /// The name in suite files.
  static var name: String { get }
  /// One line for `mtlbench list`, and each setting of its own with its meaning.
  static var description: (idea: String, settings: [(key: String, meaning: String)]) { get }

  /// Reads the scheme's keys.
  ///
  /// - Throws: `SettingsError` for settings it cannot follow.
  init(settings: inout SettingsReader) throws(SettingsError)

  /// Whether it works on trunks of dense layers alone, without normalization and dropout.
  static var needsPlainTrunk: Bool { get }

  /// Appends all layers, the heads among them.
  func build(_ network: inout NetworkBuilder)
}

extension SharingScheme {
  package static var needsPlainTrunk: Bool { false }
}
