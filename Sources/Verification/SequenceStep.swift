internal import Weighting

/// One step of a reference sequence: what it gives and what it expects.
struct SequenceStep {
  let losses: [Double]
  let lossesAfter: [Double]?
  let endsEpoch: Bool
  let orders: [[Int]]?
  /// Task gradients of one batch, or of three, shape [batches][K][P]; empty where losses suffice.
  private let jacobians: [[[Double]]]
  private let value: Double?
  private let weights: [Double]?
  private let direction: [Double]?
  private let meanDirection: [Double]?
  /// The rule's own state after the step, by name, sorted.
  private let state: [(name: String, values: [Double])]

  /// Reads and checks one step.
  ///
  /// - Throws: `VerificationError` where members are missing, mistyped or of other shapes.
  init(
    _ input: JSONValue,
    _ expect: JSONValue,
    taskCount: Int,
    sharedCount: Int,
    id: String
  ) throws(VerificationError) {
    losses = try input["losses"]?.doubles() ?? Array(repeating: 1, count: taskCount)
    lossesAfter = try input["losses_after"]?.doubles()
    endsEpoch = input["epoch_end"] == .flag(true)
    var orders: [[Int]] = []
    for order in try input["orders"]?.elements() ?? [] { orders.append(try order.ints()) }
    self.orders = orders.isEmpty ? nil : orders
    if let jacobian = input["jacobian"] {
      jacobians = [try jacobian.matrix()]
    } else {
      var jacobians: [[[Double]]] = []
      for jacobian in try input["jacobians"]?.elements() ?? [] {
        jacobians.append(try jacobian.matrix())
      }
      self.jacobians = jacobians
    }
    value = try expect["value"]?.double()
    weights = try expect["weights"]?.doubles()
    direction = try expect["direction"]?.doubles()
    meanDirection = try expect["direction_mean_of_first_two"]?.doubles()
    state = try SequenceStep.state(in: expect)
    try check(taskCount: taskCount, sharedCount: sharedCount, id: id)
  }

  /// Members of an expectation that are read by name, or (of GradNorm's) follow from the weights
  /// after the step.
  private static let otherMembers: Set<String> = [
    "value", "weights", "direction", "direction_mean_of_first_two", "grad_loss", "weight_gradient",
  ]

  /// All other members: a name of the rule's state, perhaps followed by `_after`.
  private static func state(
    in expect: JSONValue
  ) throws(VerificationError) -> [(name: String, values: [Double])] {
    var state: [(name: String, values: [Double])] = []
    for (key, value) in try expect.members() where !otherMembers.contains(key) {
      var values: [Double] = []
      for element in try value.elements() {
        if element.elementsIfAny != nil {
          values += try element.doubles()
        } else {
          values.append(try element.double())
        }
      }
      state.append((ReplaySettings.stateName(key), values))
    }
    return state
  }

  private func check(taskCount: Int, sharedCount: Int, id: String) throws(VerificationError) {
    let rows = jacobians.flatMap { $0 }
    guard losses.count == taskCount, (lossesAfter ?? losses).count == taskCount,
      jacobians.allSatisfy({ $0.count == taskCount }), jacobians.count < 2 || jacobians.count == 3,
      rows.allSatisfy({ $0.count == sharedCount }), jacobians.count > 0 || sharedCount == 0
    else {
      throw .badCase(id: id, reason: "losses or Jacobians that are not of K tasks and P columns")
    }
    guard let orders else { return }
    let indices = orders.flatMap { $0 }
    guard orders.count == taskCount, indices.allSatisfy({ (0..<taskCount).contains($0) }) else {
      throw .badCase(id: id, reason: "orders that are not of K tasks")
    }
  }

  /// Offers the step's numbers to a rule.
  func fill(_ step: inout ReplayStep) {
    step.statistics.losses = losses
    step.statistics.endsEpoch = endsEpoch
    if let last = jacobians.last { step.fill(jacobian: last) }
    if jacobians.count == 3 { step.fill(first: jacobians[0], second: jacobians[1]) }
  }

  /// Compares what a rule answered, and its state after the step.
  func compare(
    _ step: borrowing ReplayStep,
    state found: [(name: String, values: [Double])],
    tolerance: Double,
    into comparison: inout ReplayComparison
  ) {
    // A rule whose update is no combination of task gradients may have no weights.
    let hasNoWeights = step.result.shared.allSatisfy { $0.isNaN }
    if let weights, !hasNoWeights {
      comparison.add(step.result.shared, expected: weights, relative: tolerance)
    }
    if let value {
      comparison.add([step.result.objective], expected: [value], relative: tolerance)
    }
    if let direction, let rows = jacobians.last {
      comparison.add(step.direction(of: rows), expected: direction, relative: tolerance)
    }
    if let meanDirection, jacobians.count == 3 {
      let mean = zip(jacobians[0], jacobians[1]).map { zip($0, $1).map { ($0 + $1) / 2 } }
      comparison.add(step.direction(of: mean), expected: meanDirection, relative: tolerance)
    }
    for (name, expected) in state {
      let values = found.first { $0.name == name }?.values ?? []
      comparison.add(values, expected: expected, relative: tolerance)
    }
  }
}
