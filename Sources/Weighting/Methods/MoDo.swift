package import Settings

/// MoDo: multi-objective gradient with double sampling.
///
/// Three independent batches give the gradients J1, J2 and J3 of all tasks: the weights move by
/// `w <- Pi(w - gamma (J1 J2^T w + rho w))`, Pi the projection onto the simplex, then
/// `d = sum over k of w_k g_k` with the gradients of the third batch. The product of two independent
/// batches has no bias; it is not symmetric.
///
/// Weights are at least 0 and sum to 1, 1/K at the start; they may reach a corner and stay there.
///
/// Source: Chen, Fernando, Ying and Chen, "Three-Way Trade-Off in Multi-Objective Learning", NeurIPS
/// 2023, Algorithm 1.
///
/// Departures: the update has a batch of its own, as in one library; the authors' code updates with the
/// sum of J1 and J2.
package struct MoDo: WeightingMethod {
  package static let name = "modo"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Move the weights by inner products of two independent batches.",
    formula: "w <- Pi(w - gamma (J1 J2^T w + rho w)); d = J3^T w",
    source: "Chen et al., Three-Way Trade-Off in Multi-Objective Learning, NeurIPS 2023",
    passes: "3K backward",
    settings: [
      ("gamma", "step of the weights, default 0.1"),
      ("rho", "their regularisation, default 0.1"),
      ("head_batches", "update (default): the third batch; mean or sum of the three"),
    ],
    traps: [
      "The authors' code updates with the sum of two batches, twice the mean.",
      "One library has gamma 0.001.",
    ]
  )

  package let needs: StepNeeds
  package let sumFactor: Double
  package var state: [(name: String, values: [Double])] { [("weights", weights)] }

  private let gamma: Double
  private let rho: Double
  private var weights: [Double]
  private var change: [Double]
  private var simplex: SimplexProjection

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    gamma = try settings.number("gamma", default: 0.1, in: 0...1e6)
    rho = try settings.number("rho", default: 0.1, in: 0...1e6)
    needs = .crossGramian(headBatchFactors: try HeadBatches.read(&settings).factors)
    let taskCount = context.taskCount
    sumFactor = Double(taskCount)
    weights = Array(repeating: 1 / Double(taskCount), count: taskCount)
    change = Array(repeating: 0, count: taskCount)
    simplex = SimplexProjection(count: taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    let count = step.taskCount
    for i in 0..<count {
      change[i] = rho * weights[i]
      for j in 0..<count { change[i] += step.crossGramian[i * count + j] * weights[j] }
    }
    for k in 0..<count { weights[k] -= gamma * change[k] }
    simplex.project(&weights)
    for k in 0..<count {
      result.shared[k] = weights[k]
      result.heads[k] = 1
    }
  }

  package mutating func carry(_ memory: inout TaskMemory) { memory.shares(&weights, total: 1) }

  package mutating func restore(_ state: [String: [Double]]) {
    guard let values = state["weights"] else { return }
    precondition(values.count == weights.count, "\(values.count) for \(weights.count) weights")
    weights = values
  }
}
