internal import Settings

/// What `mtlbench weigh` says of a method's answer to a Jacobian.
package struct SingleStepAnswer: Sendable {
  package let method: String
  package let losses: [Double]
  /// Coefficient of each task's gradient in the direction, shape [K]; `nan` where the rule has none.
  package let weights: [Double]
  /// The update of the shared parameters, shape [P].
  package let direction: [Double]
  /// Norm of each task's gradient, shape [K].
  package let gradientNorms: [Double]
  /// Cosine of the direction with each task's gradient, shape [K]; `nan` where one of the two is 0.
  package let cosines: [Double]
  /// Whether the Jacobian lies outside the rule's domain, so that a convention applied.
  package let isPolicy: Bool
  package let assumptions: [String]

  /// Norm of the direction.
  package var norm: Double { Self.norm(direction) }

  /// - Precondition: The last step was not refused.
  package init(_ step: SingleStep, losses: [Double]) {
    precondition(step.result.refusal == nil, "the step was refused")
    method = step.method.name
    self.losses = losses
    weights = step.result.shared.map { $0 * step.result.sharedFactor }
    let direction = step.direction
    self.direction = direction
    gradientNorms = step.rows.map { Self.norm($0) }
    cosines = step.rows.map { row in
      let product = zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 }
      let norms = Self.norm(row) * Self.norm(direction)
      return norms > 0 ? product / norms : .nan
    }
    isPolicy = step.result.isPolicy
    assumptions = step.assumptions
  }

  /// One line of JSON; a number that is none is `null`.
  package var json: String {
    var table = CanonicalTable()
    table["schema"] = .text("mtlbench/weigh/1")
    table["method"] = .text(method)
    table["losses"] = Self.list(losses)
    table["weights"] = Self.list(weights)
    table["direction"] = Self.list(direction)
    table["norm"] = .number(orNull: norm)
    table["gradient_norms"] = Self.list(gradientNorms)
    table["cosines"] = Self.list(cosines)
    table["policy"] = .flag(isPolicy)
    table["assumptions"] = .list(assumptions.map { .text($0) })
    return table.json
  }

  private static func list(_ values: [Double]) -> CanonicalTable.Value {
    .list(values.map { .number(orNull: $0) })
  }

  private static func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
