package import Settings

/// A rule that turns what a training step offers into task weights or an update direction.
///
/// State belongs to the value, starts in `init` and is never shared between runs. `weigh` allocates
/// nothing: scratch arrays and solvers are stored in the value.
package protocol WeightingMethod: Sendable {
  /// The name in suite files, tables and plots; a promise that is not changed.
  static var name: String { get }
  /// What `mtlbench list` and `mtlbench describe` print.
  static var description: MethodDescription { get }

  /// Settings of an example, as the YAML of a suite: those without a default.
  static func exampleSettings(taskCount: Int) -> String
  /// Whether the rule is a program of the user's, so that nothing holds of it which every rule of
  /// ours must obey.
  static var isUserProgram: Bool { get }

  /// Reads the method's settings; keys it does not read are refused afterwards by the registry.
  init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError)

  /// `description.family`, save for a program of the user's, which may be either.
  var family: MethodDescription.Family { get }
  /// What the next step must offer. May change between steps, never within one.
  var needs: StepNeeds { get }
  /// Factor that brings the native weights to the scale of the sum of losses.
  var sumFactor: Double { get }
  /// Whether `StepWeights.shared` holds one weight for each task, so that heads can be weighted by
  /// them; false for GradDrop and for GradVac by groups.
  var hasTaskWeights: Bool { get }
  /// Whether the update is a vector that is no sum of the step's task gradients, so that no rescaling
  /// of weights gives it a fixed sum.
  var answersDirection: Bool { get }
  /// The method's own parameters by name, each of shape [K] or [K * K]: what diagnostics record.
  var state: [(name: String, values: [Double])] { get }

  /// Whether the rule is also asked about tasks without a label in the batch, which `isPresent` names
  /// and whose answers are not used; otherwise a rule of the other tasks alone is asked, with the
  /// memory that `carry` brings.
  var weighsAbsentTasks: Bool { get }

  /// Seconds so far in which the thread stood still for a program of the user's: the processor time of a
  /// step does not hold them, and its cost does.
  var waitedSeconds: Double { get }

  /// Answers one step: fills `result.shared` (or another update), `result.heads` in the method's
  /// native convention, on the method's native scale, and moves the method's own state.
  mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  )

  /// Tells the losses on the same batch after the parameter step, shape [K]; called only when the
  /// method needs `lossesAfterStep`.
  mutating func observe(lossesAfter losses: [Double])

  /// Tells that an epoch has ended with the last step, which may have been without labels of some
  /// tasks, or of all.
  mutating func endEpoch()

  /// Hands over all that the rule keeps from step to step, in any fixed order.
  mutating func carry(_ memory: inout TaskMemory)

  /// Replaces own parameters by values given, keyed by the names reference cases use.
  mutating func restore(_ state: [String: [Double]])
}

extension WeightingMethod {
  package static func exampleSettings(taskCount: Int) -> String { "" }
  package static var isUserProgram: Bool { false }
  package var family: MethodDescription.Family { Self.description.family }
  package var needs: StepNeeds { [] }
  package var hasTaskWeights: Bool { true }
  package var answersDirection: Bool { false }
  package var state: [(name: String, values: [Double])] { [] }
  package var weighsAbsentTasks: Bool { false }
  package var waitedSeconds: Double { 0 }
  package mutating func endEpoch() {}
  package mutating func carry(_ memory: inout TaskMemory) {}
  package mutating func observe(lossesAfter losses: [Double]) {}
  package mutating func restore(_ state: [String: [Double]]) {}
}

/// What a reader must know of a method before using it.
package struct MethodDescription: Sendable {
  package enum Family: String, Sendable {
    case loss = "loss weighting"
    case gradient = "gradient weighting"
    /// No proposal, but one side effect of weighting alone: a method that balances must beat it.
    case control = "control"

    /// One word: `loss`, `gradient` or `control`.
    package var word: String {
      switch self {
      case .loss: "loss"
      case .gradient: "gradient"
      case .control: "control"
      }
    }
  }

  package let family: Family
  /// One sentence.
  package let idea: String
  package let formula: String
  /// Authors, title, venue, year.
  package let source: String
  /// Forward and backward passes of one step, as text: "1 backward".
  package let passes: String
  /// Each setting with its default, range and meaning.
  package let settings: [(key: String, meaning: String)]
  /// Where implementations disagree, and which way ours goes.
  package let traps: [String]

  package init(
    family: Family,
    idea: String,
    formula: String,
    source: String,
    passes: String,
    settings: [(key: String, meaning: String)] = [],
    traps: [String] = []
  ) {
    self.family = family
    self.idea = idea
    self.formula = formula
    self.source = source
    self.passes = passes
    self.settings = settings
    self.traps = traps
  }
}
