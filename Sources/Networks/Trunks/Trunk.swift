package import Settings

/// The part of a network that a sharing scheme shares, repeats or mixes: a stack of layers in
/// stages.
package protocol Trunk: Sendable {
  /// Reads the trunk's keys.
  ///
  /// - Throws: `SettingsError` for settings it cannot follow.
  init(settings: inout SettingsReader) throws(SettingsError)
  /// Stages, at the ends of which schemes may mix or attend.
  var stageCount: Int { get }
  /// Appends one stage.
  ///
  /// - Parameters:
  ///   - stage: Which one.
  ///   - network: What it is added to.
  ///   - wire: What it reads.
  ///   - module: The path of its first module, which is moved on behind its last.
  /// - Returns: Its output.
  func add(
    stage: Int,
    to network: inout NetworkBuilder,
    on wire: Wire,
    at module: inout ModulePath
  ) -> Wire
}

/// The place of a module in a sequence of modules, and whose stream its parameters are drawn from.
package struct ModulePath: Sendable {
  private let sequence: String
  let stream: StartingStream
  private var position = 0

  init(_ sequence: String, _ stream: StartingStream = .common) {
    self.sequence = sequence
    self.stream = stream
  }

  /// The path of the next module.
  mutating func next() -> String {
    position += 1
    return "\(sequence).\(position - 1)"
  }
}
