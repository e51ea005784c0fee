package import Settings

/// SDMGrad: stochastic direction-oriented multi-objective gradient descent.
///
/// Three independent batches give J1, J2 and J3. With `A = J1 J2^T / (kappa^2 + 1e-8)`,
/// `kappa = mean over k of sqrt(max(A_kk, 0))` of the undivided product, the stored w moves by
/// `inner_iterations` steps with momentum along `A (w + lambda a)`, each projected onto the simplex;
/// then `d = sum over k of (w_k + lambda a_k) / (1 + lambda) g_k` with the gradients of the third batch
/// and a the preference.
///
/// Weights are at least 0 and sum to 1 for a preference that does. With the default step the inner
/// iteration does not settle but bounces on the simplex.
///
/// Source: Xiao, Ban and Ji, "Direction-oriented Multi-objective Learning", NeurIPS 2023, Algorithm 1.
///
/// Departures: three separate batches; in the authors' code they are one by mistake. Its square root of
/// `A_kk + 1e-4` is undefined for some products of independent batches.
package struct SDMGrad: WeightingMethod {
  package static let name = "sdmgrad"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Mix a common descent direction with a preferred one, from independent batches.",
    formula:
      "w <- Pi(w - eta v), v <- m v + A (w + lambda a); d = J3^T (w + lambda a) / (1 + lambda)",
    source: "Xiao, Ban and Ji, Direction-oriented Multi-objective Learning, NeurIPS 2023",
    passes: "3K backward",
    settings: [
      ("lambda", "pull towards the preference, default 0.3"),
      ("inner_iterations", "default 20"),
      ("inner_lr", "eta, default 10"),
      ("momentum", "m, default 0.5, 0 to 1"),
      ("preference", "a: uniform (default) 1/K, ones, or a list"),
      ("head_batches", "update (default): the third batch; mean or sum of the three"),
    ],
    traps: [
      "In the authors' code all three batches are the same by mistake.",
      "One library has eta 5 and adds up the heads' gradients of three batches.",
      "With eta 10 the inner iteration does not converge.",
    ]
  )

  package let needs: StepNeeds
  package let sumFactor: Double
  package var state: [(name: String, values: [Double])] { [("inner_weights", weights)] }

  private let lambda: Double
  private let iterationCount: Int
  private let innerRate: Double
  private let momentum: Double
  private let preference: [Double]
  private var weights: [Double]
  private var velocity: [Double]
  private var product: [Double]
  private var simplex: SimplexProjection

  /// Keeps the scale of vanishing gradients away from 0.
  private static let smallestScale = 1e-8

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    lambda = try settings.number("lambda", default: 0.3, in: 0...1e6)
    iterationCount = try settings.count("inner_iterations", default: 20, in: 1...10_000)
    innerRate = try settings.number("inner_lr", default: 10, in: 0...1e6)
    momentum = try settings.number("momentum", default: 0.5, in: 0...1)
    preference = try TaskPreference(&settings, context).values
    needs = .crossGramian(headBatchFactors: try HeadBatches.read(&settings).factors)
    let taskCount = context.taskCount
    sumFactor = Double(taskCount)
    weights = Array(repeating: 1 / Double(taskCount), count: taskCount)
    velocity = Array(repeating: 0, count: taskCount)
    product = Array(repeating: 0, count: taskCount * taskCount)
    simplex = SimplexProjection(count: taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    scaleProduct(step.crossGramian)
    for k in weights.indices { velocity[k] = 0 }
    for _ in 0..<iterationCount { iterate() }
    for k in weights.indices {
      result.shared[k] = (weights[k] + lambda * preference[k]) / (1 + lambda)
      result.heads[k] = 1
    }
  }

  private mutating func scaleProduct(_ crossGramian: [Double]) {
    let count = weights.count
    var scale = 0.0
    for k in 0..<count { scale += max(crossGramian[k * count + k], 0).squareRoot() }
    scale /= Double(count)
    let divisor = scale * scale + Self.smallestScale
    for i in product.indices { product[i] = crossGramian[i] / divisor }
  }

  private mutating func iterate() {
    let count = weights.count
    for i in 0..<count {
      var slope = 0.0
      for j in 0..<count {
        slope += product[i * count + j] * (weights[j] + lambda * preference[j])
      }
      velocity[i] = momentum * velocity[i] + slope
    }
    for k in 0..<count { weights[k] -= innerRate * velocity[k] }
    simplex.project(&weights)
  }

  package mutating func carry(_ memory: inout TaskMemory) { memory.shares(&weights, total: 1) }

  package mutating func restore(_ state: [String: [Double]]) {
    guard let values = state["inner_weights"] else { return }
    precondition(values.count == weights.count, "\(values.count) for \(weights.count) weights")
    weights = values
  }
}
