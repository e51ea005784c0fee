package import Settings

/// Impartial gradients (IMTL-G): a direction with equal projection on every task's unit gradient.
///
/// w with `sum w = 1` such that `g_k . d / |g_k|` is the same for all k, `d = sum over k of w_k g_k`
/// (see `ImpartialSystem`).
///
/// Weights may be negative. Identical gradients give themselves, opposite ones zero; one task has
/// weight 1. By our convention (policy): zero gradients are left out with weight 0; dependent
/// gradients take the source's smaller system, whose only solution often is `d = 0`; where no such
/// direction exists, or all gradients are zero, weights are 1/K.
///
/// Source: Liu, Li, Kuang, Xue, Chen, Yang, Liao and Zhang, "Towards Impartial Multi-Task Learning",
/// ICLR 2021, section 3.1, equation 3.
///
/// Departures: none by default. Variant `gram_pinv`, as one library has it, takes
/// `w = v / sum v`, `v = G^+ (|g_1|, ..., |g_K|)`: the same for independent gradients, another rule
/// for dependent ones; without a direction its weights are 0.
package struct ImpartialGradients: WeightingMethod {
  package static let name = "imtl_g"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Follow a direction with equal projection on every task's unit gradient.",
    formula: "g_k . d / |g_k| equal for all k, d = sum w_k g_k, sum w = 1",
    source: "Liu et al., Towards Impartial Multi-Task Learning, ICLR 2021",
    passes: "K backward",
    settings: [("variant", "paper (default) or gram_pinv: pseudo-inverse of the Gramian")],
    traps: [
      "With dependent gradients the pseudo-inverse of the Gramian gives another direction.",
      "Weights may be negative.",
    ]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor: Double

  private let usesPseudoInverse: Bool
  private var system: ImpartialSystem
  private var pseudoInverse: PseudoInverse
  private var solution: [Double]

  /// Relative cut-off of `gram_pinv`, above the rounding of a Gramian's zero eigenvalues.
  private static let cutoff = 1e-13
  /// Solutions this small beside `|g| / largest eigenvalue` are rounding of zero.
  private static let vanishing = 1e-12

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let variants = ["paper", "gram_pinv"]
    usesPseudoInverse =
      try settings.choice("variant", of: variants, default: variants[0]) == "gram_pinv"
    sumFactor = Double(context.taskCount)
    system = ImpartialSystem(taskCount: context.taskCount)
    pseudoInverse = PseudoInverse(capacity: usesPseudoInverse ? context.taskCount : 0)
    solution = Array(repeating: 0, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    if usesPseudoInverse {
      result.isPolicy = !invert(step.gramian)
    } else {
      result.isPolicy = !system.solve(step.gramian)
    }
    for k in 0..<step.taskCount {
      result.shared[k] = usesPseudoInverse ? solution[k] : system.weights[k]
      result.heads[k] = 1
    }
  }

  /// Fills `solution` by the pseudo-inverse; tells whether the decomposition converged.
  private mutating func invert(_ gramian: [Double]) -> Bool {
    let count = solution.count
    var largest = 0.0
    var total = 0.0
    for k in 0..<count {
      solution[k] = gramian[k * count + k].squareRoot()
      total += solution[k]
      largest = max(largest, gramian[k * count + k])
    }
    let converged = pseudoInverse.solve(
      &solution,
      matrix: gramian,
      size: count,
      cutoff: Self.cutoff
    )
    var sum = 0.0
    var magnitude = 0.0
    for value in solution {
      sum += value
      magnitude += abs(value)
    }
    let isZero = magnitude * largest <= Self.vanishing * total
    let exists = !isZero && abs(sum) > Self.vanishing * magnitude
    for k in 0..<count { solution[k] = exists ? solution[k] / sum : 0 }
    return converged
  }
}
