internal import Kernels
package import Settings

/// MoCo: multi-gradient descent on tracked gradients.
///
/// At step t = 1, 2, …: targets `h_k = l_k g_k / (|g_k| + 1e-8)`; tracked gradients
/// `y <- y - beta t^(-beta_decay) (y - h)`, 0 at the start; weights
/// `w <- softmax(w - gamma t^(-gamma_decay) (y y^T + rho I) w)`, 1/K at the start; the direction is
/// `sum over k of w_k y_k`.
///
/// Weights are positive and sum to 1. A zero gradient has the target 0. y has no bias correction, so
/// the first steps are short.
///
/// Source: Fernando, Shen, Liu, Chaudhury, Murugesan and Chen, "Mitigating Gradient Bias in
/// Multi-objective Learning", ICLR 2023, Algorithm 1, in the form of the authors' code.
///
/// Departures: the paper tracks the gradients themselves and projects w onto the simplex (variant
/// `paper`); the code's softmax of the weights themselves pulls them towards 1/K at every step.
package struct MoCo: WeightingMethod {
  package static let name = "moco"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Track each task's gradient over the steps and mix the tracked ones.",
    formula:
      "y <- y - beta_t (y - h); w <- softmax(w - gamma_t (y y^T + rho I) w); d = sum w_k y_k",
    source: "Fernando et al., Mitigating Gradient Bias in Multi-objective Learning, ICLR 2023",
    passes: "K backward",
    settings: [
      ("variant", "normalized_by_loss (default), as the code; paper: raw gradients, projection"),
      ("beta", "tracking rate, default 0.5, 0 to 1"),
      ("beta_decay", "its exponent in t, default 0.5, 0 to 10"),
      ("gamma", "step of the weights, default 0.1"),
      ("gamma_decay", "its exponent in t, default 0.5, 0 to 10"),
      ("rho", "regularisation of the weights, default 0"),
    ],
    traps: [
      "Paper and code are different rules; with the code's defaults weights stay near 1/K.",
      "The direction is made of tracked gradients, not of the step's.",
    ]
  )

  package let needs: StepNeeds = .jacobian
  package let sumFactor: Double
  package let answersDirection = true
  package var state: [(name: String, values: [Double])] { [("weights", weights)] }

  private let isPaper: Bool
  private let beta: Double
  private let betaDecay: Double
  private let gamma: Double
  private let gammaDecay: Double
  private let rho: Double
  private let sharedCount: Int
  private var stepsSeen = 0.0
  private var weights: [Double]
  /// y, shape [K][P] row-major.
  private var tracked: [Double]
  private var mixture: [Double]
  private var change: [Double]
  private var simplex: SimplexProjection

  /// Keeps the length of a zero gradient away from 0.
  private static let smallestLength = 1e-8

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let variants = ["normalized_by_loss", "paper"]
    isPaper = try settings.choice("variant", of: variants, default: variants[0]) == "paper"
    beta = try settings.number("beta", default: 0.5, in: 0...1)
    betaDecay = try settings.number("beta_decay", default: 0.5, in: 0...10)
    gamma = try settings.number("gamma", default: 0.1, in: 0...1e6)
    gammaDecay = try settings.number("gamma_decay", default: 0.5, in: 0...10)
    rho = try settings.number("rho", default: 0, in: 0...1e6)
    sharedCount = context.sharedCount
    let taskCount = context.taskCount
    sumFactor = Double(taskCount)
    weights = Array(repeating: 1 / Double(taskCount), count: taskCount)
    tracked = Array(repeating: 0, count: taskCount * sharedCount)
    mixture = Array(repeating: 0, count: sharedCount)
    change = Array(repeating: 0, count: taskCount)
    simplex = SimplexProjection(count: taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    stepsSeen += 1
    track(step)
    mix()
    for k in weights.indices {
      let row = k * sharedCount
      let product = VectorLoops.dot(tracked, from: row, mixture, count: sharedCount)
      change[k] = rho * weights[k] + product
    }
    let rate = gamma * Portable.pow(stepsSeen, -gammaDecay)
    for k in weights.indices { weights[k] -= rate * change[k] }
    if isPaper {
      simplex.project(&weights)
    } else {
      Softmax.replace(&weights)
    }
    mix()
    result.update = .direction
    for p in 0..<sharedCount { unsafe result.direction[p] = mixture[p] }
    for k in weights.indices {
      result.shared[k] = weights[k]
      result.heads[k] = 1
    }
  }

  private mutating func track(_ step: borrowing StepStatistics) {
    let rate = beta * Portable.pow(stepsSeen, -betaDecay)
    for k in weights.indices {
      let row = k * sharedCount
      var factor = 1.0
      if !isPaper {
        let squaredNorm = unsafe VectorLoops.squaredNorm(step.jacobian, from: row, sharedCount)
        factor = step.losses[k] / (squaredNorm.squareRoot() + Self.smallestLength)
      }
      let jacobian = unsafe step.jacobian
      unsafe tracked.withUnsafeMutableBufferPointer { tracked in
        for entry in row..<row + sharedCount {
          let target = unsafe factor * jacobian[entry]
          unsafe tracked[entry] -= rate * (tracked[entry] - target)
        }
      }
    }
  }

  /// Fills `mixture` with the weighted sum of the tracked gradients.
  private mutating func mix() {
    for p in 0..<sharedCount { mixture[p] = 0 }
    for k in weights.indices {
      let row = k * sharedCount
      VectorLoops.add(tracked, from: row, times: weights[k], to: &mixture, count: sharedCount)
    }
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    memory.common(&stepsSeen)
    memory.shares(&weights, total: 1)
    memory.perTask(&tracked, width: sharedCount)
  }

  package mutating func restore(_ state: [String: [Double]]) {
    guard let values = state["weights"] else { return }
    precondition(values.count == weights.count, "\(values.count) for \(weights.count) weights")
    weights = values
  }
}
