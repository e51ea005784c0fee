import Kernels
import Settings

@testable import Weighting

/// A run that offers every method all it may need.
///
/// The task gradients are given; everything else follows from them. The gradients at the shared
/// representation are the same numbers as those at the shared parameters.
final class LawStep {
  static let sharedCount = 12

  private(set) var method: ConfiguredMethod
  private(set) var result: StepWeights
  private(set) var draws: WeightingDraws
  private var step: StepStatistics

  init(
    _ name: String,
    taskCount: Int,
    seed: UInt64 = 1,
    scale: String = "native",
    heads: String = "native"
  ) throws {
    method = try LawStep.method(
      name,
      taskCount: taskCount,
      settings: "scale: \(scale)\nheads: \(heads)"
    )
    draws = WeightingDraws(RandomStream(seed: seed, purpose: .weighting))
    step = StepStatistics(taskCount: taskCount)
    step.learningRate = 0.01
    result = StepWeights(taskCount: taskCount)
    let groupCount = method.rule.parameterGroups.count
    step.groupGramians = Array(repeating: 0, count: groupCount * taskCount * taskCount)
    result.groupShared = Array(repeating: 0, count: groupCount * taskCount)
    let size = taskCount * LawStep.sharedCount
    step.jacobian = .allocate(capacity: size)
    step.representation = .allocate(capacity: LawStep.sharedCount)
    step.representationGradients = .allocate(capacity: size)
    result.direction = .allocate(capacity: LawStep.sharedCount)
    result.representationDirection = .allocate(capacity: LawStep.sharedCount)
    for k in 0..<LawStep.sharedCount { step.representation[k] = Double(k % 5) - 1.5 }
  }

  deinit {
    step.jacobian.deallocate()
    step.representation.deallocate()
    step.representationGradients.deallocate()
    result.direction.deallocate()
    result.representationDirection.deallocate()
  }

  /// A method with its required settings; `settings` is YAML.
  static func method(
    _ name: String,
    taskCount: Int,
    settings: String
  ) throws -> ConfiguredMethod {
    var context = MethodContext(taskCount: taskCount, sharedCount: sharedCount)
    context.layers = [0..<5, 5..<12]
    context.matrices = [0..<4, 4..<5, 5..<12]
    context.representationShape = (rows: 4, columns: 3)
    let required = name == "static" ? "weights: \(Array(repeating: 0.7, count: taskCount))\n" : ""
    let table = try YAMLReader.read("\(required)\(settings)\n", file: "suite.yaml")
    var reader = SettingsReader(table)
    return try WeightingRegistry.make(name, context: context, settings: &reader)
  }

  /// Whether the update is made of task weights.
  var hasWeights: Bool {
    switch result.update {
    case .combination, .groupCombinations: true
    case .direction, .representationDirection: false
    }
  }

  /// Gives one step with task gradients `rows` and `losses`, and the losses after it.
  func weigh(_ rows: [[Double]], losses: [Double], endsEpoch: Bool = true) {
    fill(rows, losses: losses)
    step.endsEpoch = endsEpoch
    method.weigh(step, draws: &draws, into: &result)
    if method.rule.needs.contains(.lossesAfterStep), result.refusal == nil {
      method.rule.observe(lossesAfter: losses.map { $0 * (0.9 - 0.1 * $0 / (1 + $0)) })
    }
    step.step += 1
    step.epoch += 1
  }

  private func fill(_ rows: [[Double]], losses: [Double]) {
    let columns = 0..<LawStep.sharedCount
    step.losses = losses
    step.gramian = products(rows, in: columns)
    step.crossGramian = step.gramian
    step.groupGramians = method.rule.parameterGroups.flatMap { products(rows, in: $0) }
    for k in rows.indices {
      step.gradientNorms[k] = step.gramian[k * rows.count + k].squareRoot()
      step.lookAheadSlopes[k] = step.gramian[k * rows.count..<(k + 1) * rows.count].reduce(0, +)
      for p in columns {
        step.jacobian[k * LawStep.sharedCount + p] = rows[k][p]
        step.representationGradients[k * LawStep.sharedCount + p] = rows[k][p]
      }
    }
  }

  private func products(_ rows: [[Double]], in columns: Range<Int>) -> [Double] {
    rows.flatMap { x in rows.map { y in columns.reduce(0) { $0 + x[$1] * y[$1] } } }
  }

  /// The update that the answer means for the task gradients `rows`.
  func direction(of rows: [[Double]]) -> [Double] {
    let columns = 0..<LawStep.sharedCount
    let taskCount = rows.count
    let update: [Double]
    switch result.update {
    case .combination:
      update = columns.map { p in rows.indices.reduce(0) { $0 + result.shared[$1] * rows[$1][p] } }
    case .groupCombinations:
      update = method.rule.parameterGroups.enumerated().flatMap { group, range in
        range.map { p in
          rows.indices.reduce(0) {
            $0 + result.groupShared[group * taskCount + $1] * rows[$1][p]
          }
        }
      }
    case .direction: update = Array(result.direction)
    case .representationDirection: update = Array(result.representationDirection)
    }
    return update.map { $0 * result.sharedFactor }
  }
}
