/// A network of a suite on one of its problems.
package struct NetworkRecord: Sendable, Hashable {
  /// A method that cannot run on the network, and why.
  package struct LeftOut: Sendable, Hashable {
    package var method: String
    package var reason: String

    package init(method: String, reason: String) {
      self.method = method
      self.reason = reason
    }
  }

  /// Label of the problem.
  package var problem: String
  /// Unique on the problem; empty for the one network of a suite that lists none.
  package var label: String
  /// Place in the suite file, from 0.
  package var order: Int
  /// All settings, defaults included, as a JSON object.
  package var settings: String
  /// Trained numbers, and those of them that several tasks share.
  package var parameters: Int
  package var sharedParameters: Int
  /// Multiply-adds of a training step with one backward pass.
  package var multiplyAdds: Double
  /// By what the widths of its trunk were multiplied to match sizes; nil where they are as written.
  package var widthFactor: Double?
  package var leftOut: [LeftOut]

  package init(
    problem: String,
    label: String,
    order: Int,
    settings: String,
    parameters: Int,
    sharedParameters: Int,
    multiplyAdds: Double,
    widthFactor: Double? = nil,
    leftOut: [LeftOut] = []
  ) {
    self.problem = problem
    self.label = label
    self.order = order
    self.settings = settings
    self.parameters = parameters
    self.sharedParameters = sharedParameters
    self.multiplyAdds = multiplyAdds
    self.widthFactor = widthFactor
    self.leftOut = leftOut
  }
}

/// The terms of a run's objective that belong to no task, at one evaluation.
package struct PenaltyValue: Sendable, Hashable {
  package var step: Int
  package var value: Double

  package init(step: Int, value: Double) {
    self.step = step
    self.value = value
  }
}
