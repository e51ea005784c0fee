package import Settings

/// UPGrad: projects every task gradient onto the directions that harm no task, then adds them up.
///
/// `d = sum over k of a_k Pi(g_k)`, Pi the projection onto `{x : J x >= 0}` and a the preference; in
/// coefficients `w = sum over k of QP(a_k e_k)`, `QP(c) = argmin of v^T A v over v >= c` with
/// `A = G / tr(G) + reg_eps I` (see `DualCone`).
///
/// Weights are at least a. Without conflict `w = a`, whatever the gradients; with `reg_eps: 0` no loss
/// grows along -d. Opposite gradients give 0 up to `reg_eps`, identical ones themselves; a zero
/// gradient keeps `a_k`. Where `tr(G) < norm_eps` the rule is the plain average.
///
/// Source: Quinton and Rey, "Jacobian Descent for Multi-Objective Optimization", arXiv 2406.16232,
/// 2024, section 3.
///
/// Departures: none from the published code, whose two small numbers are the defaults.
package struct UPGrad: WeightingMethod {
  package static let name = "upgrad"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Project each task gradient onto the directions that harm no task, then average.",
    formula: "d = sum a_k Pi(g_k), Pi the projection onto {x : J x >= 0}",
    source: "Quinton and Rey, Jacobian Descent for Multi-Objective Optimization, 2024",
    passes: "K backward",
    settings: [
      ("reg_eps", "added to the diagonal of G / tr(G), default 1e-4, 0 to 1"),
      ("norm_eps", "traces below this give the plain average, default 1e-4, 0 to 1"),
      ("preference", "a: uniform (default) 1/K, ones, or a list"),
    ],
    traps: [
      "With the default norm_eps small gradients, common late in training, are plainly averaged.",
      "With the default reg_eps a small conflict may remain.",
    ]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor: Double

  private let preference: [Double]
  private var cone: DualCone
  private var single: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let regularization = try settings.number("reg_eps", default: 1e-4, in: 0...1)
    let smallestTrace = try settings.number("norm_eps", default: 1e-4, in: 0...1)
    let preference = try TaskPreference(&settings, context)
    self.preference = preference.values
    sumFactor = preference.sumFactor
    cone = DualCone(
      taskCount: context.taskCount,
      regularization: regularization,
      smallestTrace: smallestTrace
    )
    single = Array(repeating: 0, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.fill(shared: 0, heads: 1)
    cone.read(step.gramian)
    for k in 0..<step.taskCount {
      single[k] = preference[k]
      cone.project(single)
      single[k] = 0
      if !cone.isExact { result.isPolicy = true }
      for j in 0..<step.taskCount { result.shared[j] += cone.weights[j] }
    }
  }
}
