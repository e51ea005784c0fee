import Kernels
import Settings
import Testing

@testable import Weighting

/// Builds gradient-weighting methods and the steps they are tested on.
enum GradientStep {
  /// A method of the registry with settings written as texts or lists of numbers.
  static func method(
    _ name: String,
    taskCount: Int,
    sharedCount: Int = 0,
    _ settings: [(key: String, value: String)] = []
  ) throws -> any WeightingMethod {
    try method(
      name,
      context: MethodContext(taskCount: taskCount, sharedCount: sharedCount),
      settings
    )
  }

  static func method(
    _ name: String,
    context: MethodContext,
    _ settings: [(key: String, value: String)] = []
  ) throws -> any WeightingMethod {
    var reader = reader(settings)
    return try WeightingRegistry.make(name, context: context, settings: &reader).rule
  }

  /// A reader of flat settings; a value such as `[1, 2]` becomes a list.
  static func reader(_ settings: [(key: String, value: String)]) -> SettingsReader {
    let place = Place(file: "<test>", line: 1, column: 1)
    let entries = settings.map { key, text in
      SettingsTable.Entry(key: key, keyPlace: place, setting: setting(text, at: place))
    }
    return SettingsReader(SettingsTable(entries, at: place))
  }

  private static func setting(_ text: String, at place: Place) -> Setting {
    guard text.hasPrefix("[") else { return Setting(.scalar(text, isQuoted: false), at: place) }
    let items = text.dropFirst().dropLast().split(separator: ",").map {
      Setting(.scalar(String($0.drop { $0 == " " }), isQuoted: false), at: place)
    }
    return Setting(.list(items), at: place)
  }

  static func draws(seed: UInt64 = 1) -> WeightingDraws {
    WeightingDraws(RandomStream(seed: seed, purpose: .weighting))
  }

  /// A step that offers the Gramian of `rows` and losses of 1, or the losses given.
  static func gramian(of rows: [[Double]], losses: [Double]? = nil) -> StepStatistics {
    var step = StepStatistics(taskCount: rows.count)
    step.losses = losses ?? rows.map { _ in 1 }
    step.gramian = product(rows, rows)
    return step
  }

  /// `A B^T`, row-major.
  static func product(_ a: [[Double]], _ b: [[Double]]) -> [Double] {
    a.flatMap { x in b.map { y in dot(x, y) } }
  }

  /// `sum over k of weights[k] * rows[k]`.
  static func combination(_ weights: [Double], _ rows: [[Double]]) -> [Double] {
    var sum = Array(repeating: 0.0, count: rows[0].count)
    for (weight, row) in zip(weights, rows) {
      var p = 0
      while p < sum.count {
        sum[p] += weight * row[p]
        p += 1
      }
    }
    return sum
  }

  /// Plain loops: tests are not optimised, and this is where they spend their time.
  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    var i = 0
    while i < a.count {
      sum += a[i] * b[i]
      i += 1
    }
    return sum
  }

  /// What a method answers on one step.
  static func answer(
    _ method: inout any WeightingMethod,
    _ step: StepStatistics,
    draws: WeightingDraws = GradientStep.draws()
  ) -> StepWeights {
    var draws = draws
    var result = StepWeights(taskCount: step.taskCount)
    method.weigh(step, draws: &draws, into: &result)
    return result
  }

  /// What a method answers on one step, where its update is a vector.
  static func vector(
    _ method: inout any WeightingMethod,
    rows: [[Double]],
    losses: [Double]? = nil,
    draws: WeightingDraws = GradientStep.draws()
  ) -> (weights: StepWeights, direction: [Double]) {
    var draws = draws
    var step = gramian(of: rows, losses: losses)
    var result = StepWeights(taskCount: rows.count)
    var jacobian = rows.flatMap { $0 }
    var direction = Array(repeating: Double.nan, count: rows[0].count)
    unsafe jacobian.withUnsafeMutableBufferPointer { jacobian in
      unsafe direction.withUnsafeMutableBufferPointer { direction in
        unsafe step.jacobian = jacobian
        unsafe result.direction = direction
        method.weigh(step, draws: &draws, into: &result)
      }
    }
    return (result, direction)
  }

  /// What a method answers on gradients at a representation, `gradients[k]` flat of shape [B][D].
  static func representation(
    _ method: inout any WeightingMethod,
    activations: [Double],
    gradients: [[Double]],
    draws: WeightingDraws = GradientStep.draws()
  ) -> (weights: StepWeights, direction: [Double]) {
    var draws = draws
    var step = gramian(of: gradients)
    var result = StepWeights(taskCount: gradients.count)
    var activations = activations
    var cotangents = gradients.flatMap { $0 }
    var direction = Array(repeating: Double.nan, count: activations.count)
    unsafe activations.withUnsafeMutableBufferPointer { activations in
      unsafe cotangents.withUnsafeMutableBufferPointer { cotangents in
        unsafe direction.withUnsafeMutableBufferPointer { direction in
          unsafe step.representation = activations
          unsafe step.representationGradients = cotangents
          unsafe result.representationDirection = direction
          method.weigh(step, draws: &draws, into: &result)
        }
      }
    }
    return (result, direction)
  }

  /// Whether two vectors agree within `tolerance` times the largest expected entry.
  static func agree(_ found: [Double], _ expected: [Double], _ tolerance: Double = 1e-12) -> Bool {
    let scale = max(1e-300, expected.map { abs($0) }.max() ?? 0)
    return found.count == expected.count
      && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * scale }
  }
}
