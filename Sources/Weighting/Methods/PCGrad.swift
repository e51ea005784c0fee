package import Settings

/// Projecting conflicting gradients (PCGrad).
///
/// Every task i starts from `v = g_i` and meets the other tasks j in a random order; whenever
/// `v . g_j < 0` it drops that component, `v -= (v . g_j / |g_j|^2) g_j`, always with the original
/// `g_j`. The direction is the sum of the K results. Only the Gramian G is needed: with
/// `v = sum over k of c[k] g_k`, the product `v . g_j` is `(G c)[j]`, and the weights are the sum of
/// the K coefficient vectors c.
///
/// Weights are at least 0 and, where no two gradients conflict, exactly 1. Opposite gradients cancel
/// to a zero direction. A zero gradient never triggers a projection; one task has weight 1.
///
/// Source: Yu, Kumar, Gupta, Levine, Hausman and Finn, "Gradient Surgery for Multi-Task Learning",
/// NeurIPS 2020, Algorithm 1.
///
/// Departures: none by default. `variant: with_self` lets task i meet itself too, as several public
/// implementations do: after other projections the product with its own gradient can be negative.
package struct PCGrad: WeightingMethod {
  package static let name = "pcgrad"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Project each task gradient off the gradients it conflicts with, then add them up.",
    formula:
      "v_i -= (v_i . g_j / |g_j|^2) g_j if v_i . g_j < 0, for j in random order; d = sum v_i",
    source: "Yu et al., Gradient Surgery for Multi-Task Learning, NeurIPS 2020",
    passes: "K backward",
    settings: [
      ("order", "random (default): a fresh order for every task and step; fixed: 0 to K - 1"),
      ("variant", "without_self (default); with_self: task i also meets its own gradient"),
    ],
    traps: [
      "Several public versions let a task meet itself, which can project a second time.",
      "One published version discards the result of its shuffle and always uses order 0 to K - 1.",
      "Some versions add 1e-8 or 1e-5 to |g_j|^2, which matters for small gradients. Ours adds none.",
    ]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor = 1.0

  private let isRandom: Bool
  private let meetsItself: Bool
  private var order: [Int]
  private var coefficients: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    isRandom = try settings.choice("order", of: ["random", "fixed"], default: "random") == "random"
    let variants = ["without_self", "with_self"]
    meetsItself =
      try settings.choice("variant", of: variants, default: variants[0]) == "with_self"
    order = Array(0..<context.taskCount)
    coefficients = Array(repeating: 0, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.fill(shared: 0, heads: 1)
    for i in 0..<step.taskCount {
      if isRandom { draws.fillOrder(&order, for: i) }
      project(task: i, gramian: step.gramian)
      for k in 0..<step.taskCount { result.shared[k] += coefficients[k] }
    }
  }

  /// Fills `coefficients` with those of task i's gradient after it has met the tasks in `order`.
  private mutating func project(task i: Int, gramian: [Double]) {
    let taskCount = coefficients.count
    for k in 0..<taskCount { coefficients[k] = k == i ? 1 : 0 }
    for j in order where j != i || meetsItself {
      var product = 0.0
      for k in 0..<taskCount { product += gramian[j * taskCount + k] * coefficients[k] }
      guard product < 0 else { continue }
      coefficients[j] -= product / gramian[j * taskCount + j]
    }
  }
}
