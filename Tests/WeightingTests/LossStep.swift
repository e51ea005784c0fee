import Kernels
import Settings
import Testing

@testable import Weighting

/// Builds loss-weighting methods from the text of a suite and feeds them losses.
struct LossStep {
  var method: ConfiguredMethod
  var draws = WeightingDraws(RandomStream(seed: 1, purpose: .weighting))

  /// A method on native scale with the settings of a YAML text, trained by plain gradient descent.
  init(
    _ name: String,
    _ settings: String = "heads: native",
    taskCount: Int = 2,
    scale: String? = "native",
    change: (inout MethodContext) -> Void = { _ in }
  ) throws {
    var context = MethodContext(taskCount: taskCount)
    context.optimizer = MethodContext.NetworkOptimizer(kind: .sgd)
    change(&context)
    var reader = SettingsReader(
      try YAMLReader.read(
        settings + (scale.map { "\nscale: \($0)\n" } ?? ""),
        file: "suite.yaml"
      )
    )
    method = try WeightingRegistry.make(name, context: context, settings: &reader)
  }

  /// What the method answers on one step.
  mutating func weigh(
    _ losses: [Double],
    rate: Double = 1,
    norms: [Double]? = nil,
    slopes: [Double]? = nil,
    endsEpoch: Bool = false,
    absent: Set<Int> = []
  ) -> StepWeights {
    var step = StepStatistics(taskCount: losses.count)
    step.losses = losses
    for k in absent { step.isPresent[k] = false }
    step.learningRate = rate
    step.endsEpoch = endsEpoch
    step.gradientNorms = norms ?? losses.map { _ in 1 }
    step.lookAheadSlopes = slopes ?? losses.map { _ in 0 }
    var result = StepWeights(taskCount: losses.count)
    method.weigh(step, draws: &draws, into: &result)
    return result
  }

  /// A named part of the method's state.
  func state(_ name: String) -> [Double] {
    method.rule.state.first { $0.name == name }?.values ?? []
  }

  /// What the refusal of a settings text says; nil when it is accepted.
  static func refusal(
    _ name: String,
    _ settings: String,
    taskCount: Int = 2,
    addsScale: Bool = true
  ) -> String? {
    do {
      _ = try LossStep(
        name,
        settings,
        taskCount: taskCount,
        scale: addsScale ? "native" : nil
      )
      return nil
    } catch {
      return "\(error)"
    }
  }
}

/// Whether two vectors agree within rounding: `tolerance` times the largest expected entry.
func agree(_ found: [Double], _ expected: [Double], _ tolerance: Double = 1e-14) -> Bool {
  let scale = max(1e-300, expected.map { abs($0) }.max() ?? 0)
  return found.count == expected.count
    && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * scale }
}
