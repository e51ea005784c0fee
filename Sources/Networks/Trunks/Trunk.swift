package import Kernels
package import Settings

/// The part of a network that a sharing scheme shares, repeats or mixes: a stack of layers in
/// stages.
package protocol Trunk: Sendable {
  /// What a suite's `trunk` calls it.
  static var name: String { get }
  /// One line, and each setting of its own with its meaning.
  static var description: (idea: String, settings: [(key: String, meaning: String)]) { get }
  /// Kinds of `norm` it may have.
  static var norms: [TrunkDress.Norm] { get }
  /// Whether it may have dropout.
  static var mayDrop: Bool { get }

  /// Reads the trunk's own keys.
  ///
  /// - Throws: `SettingsError` for settings it cannot follow.
  init(settings: inout SettingsReader, dress: TrunkDress) throws(SettingsError)
  /// Stages, at the ends of which schemes may mix or attend.
  var stageCount: Int { get }
  /// How it normalizes.
  var norm: TrunkDress.Norm? { get }
  /// Whether it has nothing but dense layers.
  var isPlain: Bool { get }
  /// Why it cannot read inputs of a form, in a sentence's words; nil where it can.
  func objection(to form: InputForm) -> String?
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

extension Trunk {
  package var isPlain: Bool { false }
}

/// What lies between the layers of a trunk, of whatever kind: keys of the network's own table.
package struct TrunkDress: Hashable, Sendable {
  package enum Norm: String, Sendable, CaseIterable {
    /// Over the features of each row.
    case layer
    /// Over the rows of a batch.
    case batch
  }

  package let activation: Ending
  package let norm: Norm?
  /// Share of the features that training drops.
  package let dropout: Double

  package init(activation: Ending, norm: Norm? = nil, dropout: Double = 0) {
    self.activation = activation
    self.norm = norm
    self.dropout = dropout
  }
}

/// The place of a module in a sequence of modules, and whose stream its parameters are drawn from.
package struct ModulePath: Sendable {
  /// What the names of all modules of the sequence begin with.
  let sequence: String
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

  /// The path of a module with a name of its own.
  func named(_ name: String) -> String { "\(sequence).\(name)" }
}
