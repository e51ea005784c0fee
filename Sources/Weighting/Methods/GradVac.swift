package import Settings

/// Gradient vaccine (GradVac): pulls gradients towards target cosines learnt for every pair.
///
/// For task i, for j in random order of the others, with v the gradient of i as changed so far:
/// `phi = v . g_j / (|v| |g_j| + eps)`; if phi is below the target `rho_ij`,
/// `v += a g_j` with
/// `a = |v| (rho sqrt(1 - phi^2) - phi sqrt(1 - rho^2)) / (|g_j| sqrt(1 - rho^2) + eps)`; then
/// `rho_ij = (1 - beta) rho_ij + beta phi`, whether or not v was changed. The direction is the sum of
/// the K results. Targets start at 0, where the rule is PCGrad. The arguments of the roots are kept at
/// 0 or more.
///
/// A pair with a zero gradient has phi = 0; under a positive target the zero gradient may get a large
/// coefficient, which changes nothing. One task has weight 1.
///
/// Source: Wang, Tsvetkov, Firat and Cao, "Gradient Vaccine: Investigating and Improving Multi-task
/// Optimization in Massively Multilingual Models", ICLR 2021, equations 3 and 4.
///
/// Departures: eps in the denominators, as in published codes.
package struct GradVac: WeightingMethod {
  package static let name = "gradvac"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Pull every pair of gradients towards a cosine learnt for it, then add them up.",
    formula:
      "v_i += a g_j where cos(v_i, g_j) = phi < rho_ij; rho_ij = (1 - beta) rho_ij + beta phi",
    source: "Wang et al., Gradient Vaccine, ICLR 2021",
    passes: "K backward",
    settings: [
      ("beta", "how fast targets follow, default 0.5, 0 to 1"),
      ("eps", "added to denominators, default 1e-8"),
      ("grouping", "whole (default), layer or matrix: where targets are kept apart"),
      ("order", "random (default): a fresh order for every task and step; fixed: 0 to K - 1"),
    ],
    traps: [
      "Libraries have beta 0.5; the paper is usually quoted with 0.01.",
      "One version moves a target only when the pair was changed.",
    ]
  )

  package let needs: StepNeeds
  package let sumFactor = 1.0
  package var hasTaskWeights: Bool { !isGrouped }
  /// The targets, shape [K * K] for each group.
  package var state: [(name: String, values: [Double])] {
    guard isGrouped else { return [("targets", targets)] }
    let size = taskCount * taskCount
    return needs.parameterGroups.indices.map {
      ("targets\($0)", Array(targets[$0 * size..<($0 + 1) * size]))
    }
  }

  private let taskCount: Int
  private let beta: Double
  private let epsilon: Double
  private let isGrouped: Bool
  private let isRandom: Bool
  /// Shape [groups][K][K] row-major; one group when not grouped.
  private var targets: [Double]
  private var order: [Int]
  /// `v = sum over k of coefficients[k] g_k`.
  private var coefficients: [Double]
  /// `v . g_k`, shape [K].
  private var products: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    taskCount = context.taskCount
    beta = try settings.number("beta", default: 0.5, in: 0...1)
    epsilon = try settings.number("eps", default: 1e-8, in: 0...1)
    let groupings = ["whole", "layer", "matrix"]
    let grouping = try settings.choice("grouping", of: groupings, default: groupings[0])
    isRandom = try settings.choice("order", of: ["random", "fixed"], default: "random") == "random"
    isGrouped = grouping != "whole"
    switch grouping {
    case "layer": needs = .groupGramians(of: context.layers)
    case "matrix": needs = .groupGramians(of: context.matrices)
    default: needs = .gramian
    }
    let groupCount = max(needs.parameterGroups.count, 1)
    targets = Array(repeating: 0, count: groupCount * taskCount * taskCount)
    order = Array(0..<taskCount)
    coefficients = Array(repeating: 0, count: taskCount)
    products = coefficients
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    guard isGrouped else {
      result.fill(shared: 0, heads: 1)
      for i in 0..<taskCount {
        vaccinate(task: i, gramian: step.gramian, group: 0, draws: &draws)
        for k in 0..<taskCount { result.shared[k] += coefficients[k] }
      }
      return
    }
    result.fill(shared: .nan, heads: 1)
    result.update = .groupCombinations
    let size = needs.parameterGroups.count * taskCount
    if result.groupShared.count != size {
      // Once in a run; the array is kept from step to step.
      result.groupShared = Array(repeating: 0, count: size)
    }
    for i in 0..<size { result.groupShared[i] = 0 }
    for group in needs.parameterGroups.indices {
      for i in 0..<taskCount {
        vaccinate(task: i, gramian: step.groupGramians, group: group, draws: &draws)
        for k in 0..<taskCount {
          result.groupShared[group * taskCount + k] += coefficients[k]
        }
      }
    }
  }

  /// Fills `coefficients` with those of task i's gradient after it has met the others.
  private mutating func vaccinate(
    task i: Int,
    gramian: [Double],
    group: Int,
    draws: inout WeightingDraws
  ) {
    if isRandom { draws.fillOrder(&order, for: i) }
    let offset = group * taskCount * taskCount
    for k in 0..<taskCount {
      coefficients[k] = k == i ? 1 : 0
      products[k] = gramian[offset + k * taskCount + i]
    }
    for j in order where j != i {
      var squaredNorm = 0.0
      for k in 0..<taskCount { squaredNorm += coefficients[k] * products[k] }
      let norm = max(squaredNorm, 0).squareRoot()
      let otherNorm = gramian[offset + j * taskCount + j].squareRoot()
      let target = targets[offset + i * taskCount + j]
      let lengths = norm * otherNorm + epsilon
      let cosine = lengths > 0 ? products[j] / lengths : 0
      targets[offset + i * taskCount + j] = (1 - beta) * target + beta * cosine
      let targetSine = max(1 - target * target, 0).squareRoot()
      let divisor = otherNorm * targetSine + epsilon
      guard cosine < target, divisor > 0 else { continue }
      let sine = max(1 - cosine * cosine, 0).squareRoot()
      let share = norm * (target * sine - cosine * targetSine) / divisor
      coefficients[j] += share
      for k in 0..<taskCount { products[k] += share * gramian[offset + k * taskCount + j] }
    }
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    memory.perPair(&targets, taskCount: taskCount)
  }

  package mutating func restore(_ state: [String: [Double]]) {
    guard let values = state["targets"] else { return }
    precondition(values.count == targets.count, "\(values.count) for \(targets.count) targets")
    targets = values
  }
}
