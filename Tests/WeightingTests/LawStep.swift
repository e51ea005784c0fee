import Kernels
import Settings

@testable import Weighting

/// A method of the laws on task gradients that are given.
///
/// The gradients at the shared representation are the same numbers as those at the shared parameters.
final class LawStep {
  static let sharedCount = 12

  /// The registry without users' programs, and the worked example of CONTRIBUTING.md.
  static let types: [any WeightingMethod.Type] =
    WeightingRegistry.all.filter { !$0.isUserProgram } + [LossBalancedTaskWeighting.self]
  static let names = types.map { $0.name }
  /// Every method as it is, and once for each choice it offers beside its default: `mgda`,
  /// `mgda variant: frank_wolfe`.
  static let cases = types.flatMap { type in
    [type.name]
      + SettingsLawTests.otherChoices(type).map { "\(type.name) \($0.key): \($0.choice)" }
  }

  private let step: SingleStep
  var method: ConfiguredMethod { step.method }
  var result: StepWeights { step.result }

  /// One of `cases` at its start, for all tasks or those in `present`.
  init(
    _ name: String,
    taskCount: Int,
    seed: UInt64 = 1,
    scale: String = "native",
    heads: String = "native",
    present: [Int]? = nil
  ) throws {
    step = SingleStep(
      try LawStep.method(
        name,
        taskCount: taskCount,
        settings: "scale: \(scale)\nheads: \(heads)",
        present: present
      ),
      taskCount: present?.count ?? taskCount,
      columnCount: LawStep.sharedCount,
      seed: seed,
      learningRate: 0.01
    )
    // No column of which the gradients of a task cancel, which GradDrop would drop.
    step.set(representation: (0..<LawStep.sharedCount).map { Double($0 % 5) - 0.5 })
  }

  /// One of `cases` with its required settings; `settings` is YAML, `present` the tasks it serves.
  static func method(
    _ name: String,
    taskCount: Int,
    settings: String,
    present: [Int]? = nil
  ) throws -> ConfiguredMethod {
    try made(name, taskCount: taskCount, settings: settings, present: present).method
  }

  /// The same, with all settings that it has then.
  static func made(
    _ name: String,
    taskCount: Int,
    settings: String,
    present: [Int]? = nil
  ) throws -> (method: ConfiguredMethod, settings: CanonicalTable) {
    var context = MethodContext(taskCount: taskCount, sharedCount: sharedCount)
    context.layers = [0..<5, 5..<12]
    context.matrices = [0..<4, 4..<5, 5..<12]
    context.representationShape = (rows: 4, columns: 3)
    if let present { context = context.restricted(to: present) }
    let words = name.split(separator: " ", maxSplits: 1)
    let type = types.first { $0.name == words[0] } ?? EqualWeighting.self
    let choice = words.count > 1 ? words[1] : ""
    let example = type.exampleSettings(taskCount: taskCount)
    let text = [settings, String(choice), example].joined(separator: "\n")
    var reader = SettingsReader(try YAMLReader.read(text + "\n", file: "suite.yaml"))
    let method = try WeightingRegistry.make(type, context: context, settings: &reader)
    return (method, reader.resolved)
  }

  /// The task weights that the update is made of; empty for a direction.
  var sharedWeights: [Double] {
    switch result.update {
    case .combination: result.shared
    case .groupCombinations: result.groupShared
    case .direction, .representationDirection: []
    }
  }

  /// Whether the update is made of task weights.
  var hasWeights: Bool {
    switch result.update {
    case .combination, .groupCombinations: true
    case .direction, .representationDirection: false
    }
  }

  /// Gives one step with task gradients `rows` and `losses`, and the losses after it.
  func weigh(
    _ rows: [[Double]],
    losses: [Double],
    endsEpoch: Bool = true,
    absent: Set<Int> = []
  ) {
    let after = losses.map { $0 * (0.9 - 0.1 * $0 / (1 + $0)) }
    step.weigh(
      rows,
      losses: losses,
      lossesAfter: after,
      endsEpoch: endsEpoch,
      absent: absent
    )
  }

  /// What the rule remembers of one task.
  func memory(of task: Int) -> [Double] {
    var rule = method.rule
    var memory = TaskMemory(of: [task])
    rule.carry(&memory)
    return memory.numbers
  }

  /// The update that the answer means for the task gradients of the last step.
  var direction: [Double] { step.direction }
}
