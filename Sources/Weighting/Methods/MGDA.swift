package import Settings

/// Multiple-gradient descent (MGDA): the smallest element of the convex hull of the task gradients.
///
/// `w = argmin over the simplex of |sum over k of w_k g_k / n_k|^2`, `d = sum over k of w_k g_k`, with
/// lengths `n_k` of 1 (`none`), `|g_k|` (`l2`), `l_k` (`loss`) or `l_k |g_k|` (`loss+`); a length of 0
/// counts as 1.
///
/// Weights are at least 0 and sum to 1. Without normalization `g_k . d >= |d|^2` for every k: a common
/// descent direction, or zero at a Pareto-stationary point, which includes every step with a zero
/// gradient. Opposite gradients give zero; identical ones themselves.
///
/// Sources: Désidéri, "Multiple-Gradient Descent Algorithm (MGDA) for Multiobjective Optimization",
/// C. R. Mathématique 350, 2012; Sener and Koltun, "Multi-Task Learning as Multi-Objective
/// Optimization", NeurIPS 2018, equation 4.
///
/// Departures: the minimum is exact (Wolfe's method); published codes stop short of it. Variant
/// `frank_wolfe` is such a stopping point. Variant `exact_normalized_rows` applies the weights to the
/// normalised gradients, `d = sum over k of w_k g_k / n_k`.
package struct MGDA: WeightingMethod {
  package static let name = "mgda"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Follow the smallest element of the convex hull of the task gradients.",
    formula: "w = argmin over the simplex of |sum w_k g_k / n_k|^2; d = sum w_k g_k",
    source: "Désidéri, C. R. Mathématique 2012; Sener and Koltun, NeurIPS 2018",
    passes: "K backward",
    settings: [
      ("normalization", "n_k: none (default) 1, l2 |g_k|, loss l_k, loss+ l_k |g_k|"),
      ("variant", "exact (default), exact_normalized_rows (d = sum w_k g_k / n_k) or frank_wolfe"),
      ("epsilon", "frank_wolfe: smallest step, default 1e-3, 0 to 1"),
      ("max_iters", "frank_wolfe: most steps, default 100"),
    ],
    traps: [
      "Frank-Wolfe as published stops short of the minimum, one library by up to 84 degrees.",
      "After normalising, one library applies the weights to the normalised gradients.",
      "The authors weight the heads too, libraries do not.",
    ]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor: Double
  /// The weights of the normalised gradients, where these are what is added up.
  package var state: [(name: String, values: [Double])] {
    scalesRows ? [("row_weights", rowWeights)] : []
  }

  private let scalesRows: Bool
  private var frankWolfe: FrankWolfe?
  private var hull: NormalizedHull
  private var rowWeights: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let variant = try settings.choice(
      "variant",
      of: ["exact", "exact_normalized_rows", "frank_wolfe"],
      default: "exact"
    )
    scalesRows = variant == "exact_normalized_rows"
    hull = NormalizedHull(
      taskCount: context.taskCount,
      normalization: try RowNormalization.read(&settings)
    )
    if variant == "frank_wolfe" {
      let epsilon = try settings.number("epsilon", default: 1e-3, in: 0...1)
      let stepLimit = try settings.count("max_iters", default: 100, in: 1...1_000_000)
      frankWolfe = FrankWolfe(
        taskCount: context.taskCount,
        epsilon: epsilon,
        stepLimit: stepLimit
      )
    }
    sumFactor = scalesRows ? 1 : Double(context.taskCount)
    rowWeights = Array(repeating: 0, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = hull.refusal(of: step)
    guard result.refusal == nil else { return }
    hull.read(step.gramian, losses: step.losses)
    if frankWolfe != nil {
      frankWolfe?.solve(hull.gramian)
    } else {
      result.isPolicy = !hull.solve()
    }
    for k in 0..<step.taskCount {
      rowWeights[k] = frankWolfe?.weights[k] ?? hull.weights[k]
      result.shared[k] = scalesRows ? rowWeights[k] / hull.lengths[k] : rowWeights[k]
      result.heads[k] = 1
    }
  }
}
