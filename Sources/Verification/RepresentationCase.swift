internal import Kernels
internal import Weighting

/// One case of the representation cases of `aggregation.json`: gradients at a shared representation.
struct RepresentationCase {
  let id: String
  /// The rule's name in this build.
  let name: String

  private let variant: String
  private let hyper: JSONValue?
  /// Activations, shape [B][D].
  private let representation: [[Double]]
  /// Task gradients at them, shape [K][B * D].
  private let gradients: [[Double]]
  private let uniforms: [Double]?
  private let direction: [Double]
  private let weights: [Double]?
  private let directionTolerance: Double
  private let weightTolerance: Double

  /// Reads and checks one case.
  ///
  /// - Throws: `VerificationError` where members are missing, mistyped or of other shapes.
  init(_ element: JSONValue) throws(VerificationError) {
    id = try element.member("id").string()
    let method = try element.member("method").string()
    name = method == "mgda" ? "mgda_ub" : method
    variant = try element.member("variant").string()
    hyper = element["hyper"]
    // Rules that look at gradients alone have no activations in the file.
    if let given = element["representation"] {
      representation = try given.matrix()
    } else {
      representation = try RepresentationCase.zeros(shapeOf: element)
    }
    var gradients: [[Double]] = []
    for task in try element.member("representation_gradients").elements() {
      gradients.append(try task.matrix().flatMap { $0 })
    }
    self.gradients = gradients
    uniforms = try element["uniforms"]?.doubles()
    let expect = try element.member("expect")
    direction = try expect.member("representation_gradient").matrix().flatMap { $0 }
    weights = element["weights_unique"] == .flag(true) ? try expect["weights"]?.doubles() : nil
    let tolerance = try element.member("tolerance")
    directionTolerance = try tolerance.tolerance("direction", below: .infinity)
    weightTolerance =
      tolerance["weights"] == nil
      ? directionTolerance : try tolerance.tolerance("weights", below: .infinity)
    try checkShapes()
  }

  private static func zeros(shapeOf element: JSONValue) throws(VerificationError) -> [[Double]] {
    let (batch, width) = (try element.member("batch").int(), try element.member("width").int())
    guard batch > 0, width > 0 else { throw .missing("representation") }
    return Array(repeating: Array(repeating: 0, count: width), count: batch)
  }

  private func checkShapes() throws(VerificationError) {
    let width = representation.first?.count ?? 0
    let size = representation.count * width
    let isEven = representation.allSatisfy { $0.count == width }
    guard !gradients.isEmpty, size > 0, isEven, (uniforms ?? representation[0]).count == width
    else {
      throw .badCase(id: id, reason: "a representation that is not of B rows and D columns")
    }
    for vector in gradients + [direction] where vector.count != size {
      throw .badCase(id: id, reason: "\(vector.count) numbers for \(size) activations")
    }
    guard (weights ?? gradients.map { _ in 1 }).count == gradients.count else {
      throw .badCase(id: id, reason: "weights that are not of K tasks")
    }
  }

  /// What this build answers, compared with what the case expects.
  func compare() throws(ReplaySettings.Unreplayable) -> ReplayComparison {
    var context = MethodContext(taskCount: gradients.count)
    context.representationShape = (representation.count, representation[0].count)
    var method = try ReplaySettings.method(
      name,
      variant: variant,
      hyper: hyper,
      context: context
    )
    var draws = WeightingDraws(RandomStream(seed: 0, purpose: .weighting))
    if let uniforms { draws.script(uniforms: uniforms) }
    let step = answer(of: &method, draws: &draws)
    var comparison = ReplayComparison()
    comparison.add(step.direction, expected: direction, absolute: directionTolerance)
    if let weights {
      comparison.add(step.weights, expected: weights, absolute: weightTolerance)
    }
    return comparison
  }

  /// The update at the representation, and the weights; empty where the rule refuses the step.
  private func answer(
    of method: inout ConfiguredMethod,
    draws: inout WeightingDraws
  ) -> (direction: [Double], weights: [Double]) {
    let size = direction.count
    var step = StepStatistics(taskCount: gradients.count)
    var result = StepWeights(taskCount: gradients.count)
    step.gramian = gradients.flatMap { x in
      gradients.map { y in zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    step.losses = gradients.map { _ in 1 }
    var activations = representation.flatMap { $0 }
    var cotangents = gradients.flatMap { $0 }
    var update = Array(repeating: 0.0, count: size)
    unsafe activations.withUnsafeMutableBufferPointer { activations in
      unsafe cotangents.withUnsafeMutableBufferPointer { cotangents in
        unsafe update.withUnsafeMutableBufferPointer { update in
          unsafe step.representation = activations
          unsafe step.representationGradients = cotangents
          unsafe result.representationDirection = update
          method.weigh(step, draws: &draws, into: &result)
        }
      }
    }
    guard result.refusal == nil else { return ([], []) }
    if result.update == .combination {
      update = (0..<size).map { p in
        gradients.indices.reduce(0) { $0 + result.shared[$1] * gradients[$1][p] }
      }
    }
    return (update.map { $0 * result.sharedFactor }, result.shared)
  }
}
