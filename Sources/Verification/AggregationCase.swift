internal import Kernels
internal import Weighting

/// One case of `aggregation.json`: a Jacobian, a rule, and what it must answer.
struct AggregationCase {
  let id: String
  let name: String
  /// Whether the file counts the input as outside the rule's domain.
  let isPolicy: Bool

  private let variant: String?
  private let hyper: JSONValue?
  /// Task gradients, shape [K][P].
  private let rows: [[Double]]
  private let losses: [Double]
  /// The rule's random draws, where it makes any.
  private let orders: [[Int]]?
  private let uniforms: [Double]?
  /// State before the step by the rule's name for it, and state expected after it.
  private let stateBefore: [String: [Double]]
  private let stateAfter: [(name: String, values: [Double])]
  private let scaleGradient: [Double]?
  /// The direction expected, shape [P].
  let direction: [Double]
  private let weights: [Double]?
  private let sumScale: Double?
  private let directionTolerance: Double
  private let weightTolerance: Double

  /// Reads and checks one case.
  ///
  /// - Throws: `VerificationError` where members are missing, mistyped or of other shapes.
  init(_ element: JSONValue, in file: JSONValue) throws(VerificationError) {
    id = try element.member("id").string()
    name = try element.member("method").string()
    variant = try element["variant"]?.string()
    hyper = element["hyper"]
    isPolicy = element["status"] == .text("policy")
    let jacobians = try file.member("jacobians")
    let jacobian = try jacobians.member(try element.member("jacobian").string())
    rows = try jacobian.member("rows").matrix()
    losses = try jacobian["losses"]?.doubles() ?? Array(repeating: 1, count: rows.count)
    orders = try AggregationCase.orders(in: element)
    uniforms = try element["uniforms"]?.doubles()
    let targets = try element["targets"]?.matrix().flatMap { $0 }
    let scales = try element["scales"]?.doubles()
    stateBefore = ["targets": targets, "log_scale": scales].compactMapValues { $0 }
    let expect = try element.member("expect")
    direction = try expect.member("direction").doubles()
    let areUnique = element["weights_unique"] == .flag(true)
    weights = areUnique ? try expect["weights"]?.doubles() : nil
    var stateAfter: [(name: String, values: [Double])] = []
    if let values = try element["expect_targets"]?.matrix() {
      stateAfter.append(("targets", values.flatMap { $0 }))
    }
    if areUnique, let values = try element["inner_weights"]?.doubles() {
      stateAfter.append(("inner_weights", values))
    }
    self.stateAfter = stateAfter
    scaleGradient = try element["expect_scale_gradient"]?.doubles()
    sumScale = try element["sum_scale"]?.double()
    let tolerance = try element.member("tolerance")
    directionTolerance = try tolerance.tolerance("direction", below: .infinity)
    weightTolerance =
      tolerance["weights"] == nil
      ? directionTolerance : try tolerance.tolerance("weights", below: .infinity)
    try checkShapes()
  }

  private static func orders(in element: JSONValue) throws(VerificationError) -> [[Int]]? {
    guard let lists = try element["orders"]?.elements() else { return nil }
    var orders: [[Int]] = []
    for list in lists { orders.append(try list.ints()) }
    return orders
  }

  private func checkShapes() throws(VerificationError) {
    let taskCount = rows.count
    guard taskCount > 0, losses.count == taskCount else {
      throw .badCase(id: id, reason: "\(losses.count) losses for \(taskCount) tasks")
    }
    for row in rows + [direction, uniforms ?? rows[0]] where row.count != rows[0].count {
      throw .badCase(id: id, reason: "\(row.count) numbers for \(rows[0].count) parameters")
    }
    for values in [weights, stateBefore["log_scale"], scaleGradient] {
      guard let values, values.count != taskCount else { continue }
      throw .badCase(id: id, reason: "\(values.count) numbers for \(taskCount) tasks")
    }
    if let targets = stateBefore["targets"], targets.count != taskCount * taskCount {
      throw .badCase(id: id, reason: "targets that are not of K x K tasks")
    }
    guard let orders else { return }
    let indices = orders.flatMap { $0 }
    guard orders.count == taskCount, indices.allSatisfy({ (0..<taskCount).contains($0) }) else {
      throw .badCase(id: id, reason: "orders that are not of K tasks")
    }
  }

  /// What this build answers, compared with what the case expects.
  func compare() throws(ReplaySettings.Unreplayable) -> ReplayComparison {
    var comparison = ReplayComparison()
    var method = try method()
    var step = emptyStep(groups: method.rule.needs.parameterGroups)
    weigh(&step, by: &method)
    guard step.result.refusal == nil else {
      comparison.add(error: .infinity, tolerance: directionTolerance)
      return comparison
    }
    comparison.add(step.direction(of: rows), expected: direction, absolute: directionTolerance)
    let state = method.rule.state
    if let weights {
      // Rules whose update adds up rescaled gradients tell the weights of these by name.
      let found = state.first { $0.name == "row_weights" }?.values ?? step.result.shared
      comparison.add(found, expected: weights, absolute: weightTolerance)
    }
    let relative = weightTolerance / max(1, (weights ?? []).map { abs($0) }.max() ?? 1)
    for (name, expected) in stateAfter {
      let found = state.first { $0.name == name }?.values ?? []
      comparison.add(found, expected: expected, absolute: relative)
    }
    if let scaleGradient, let before = stateBefore["log_scale"] {
      // Under plain descent at rate 1 a parameter loses its derivative.
      let after = state.first { $0.name == "log_scale" }?.values ?? []
      let found = zip(before, after).map { $0 - $1 }
      comparison.add(found, expected: scaleGradient, relative: relative)
    }
    if let sumScale {
      comparison.add([method.rule.sumFactor], expected: [sumScale], relative: weightTolerance)
    }
    return comparison
  }

  /// The direction that this build answers; nil when it refuses the case.
  func answer() throws(ReplaySettings.Unreplayable) -> [Double]? {
    var method = try method()
    var step = emptyStep(groups: method.rule.needs.parameterGroups)
    weigh(&step, by: &method)
    return step.result.refusal == nil ? step.direction(of: rows) : nil
  }

  /// The largest entry of the Jacobian.
  var scale: Double { rows.joined().map { abs($0) }.max() ?? 0 }

  /// The rule in the state of the case.
  func method() throws(ReplaySettings.Unreplayable) -> ConfiguredMethod {
    var context = MethodContext(taskCount: rows.count, sharedCount: rows[0].count)
    context.optimizer = MethodContext.NetworkOptimizer(kind: .sgd)
    var method = try ReplaySettings.method(
      name,
      variant: variant,
      hyper: hyper,
      context: context
    )
    method.rule.restore(stateBefore)
    return method
  }

  /// Gives the case to a rule; its answer is in `step.result`.
  func weigh(_ step: inout ReplayStep, by method: inout ConfiguredMethod) {
    var draws = WeightingDraws(RandomStream(seed: 0, purpose: .weighting))
    if let orders { draws.script(orders: orders) }
    if let uniforms { draws.script(uniforms: uniforms) }
    step.statistics.losses = losses
    step.statistics.learningRate = 1
    step.fill(jacobian: rows)
    method.weigh(step.statistics, draws: &draws, into: &step.result)
  }

  /// A step of the case's shape.
  func emptyStep(groups: [Range<Int>] = []) -> ReplayStep {
    ReplayStep(taskCount: rows.count, sharedCount: rows[0].count, groups: groups)
  }
}
