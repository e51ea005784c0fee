package import Settings

/// DualProj: projects the mean gradient onto the directions that harm no task.
///
/// `d = Pi(sum over k of a_k g_k)`, Pi the projection onto `{x : J x >= 0}` and a the preference; in
/// coefficients `w = argmin of v^T A v over v >= a` with `A = G / tr(G) + reg_eps I` (see `DualCone`).
///
/// Weights are at least a; edges as UPGrad's.
///
/// Source: Lopez-Paz and Ranzato, "Gradient Episodic Memory for Continual Learning", NeurIPS 2017,
/// equation 11; as an aggregation in Quinton and Rey, arXiv 2406.16232, 2024.
///
/// Departures: none from the published code, whose two small numbers are the defaults.
package struct DualProj: WeightingMethod {
  package static let name = "dualproj"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Project the mean gradient onto the directions that harm no task.",
    formula: "d = Pi(sum a_k g_k), Pi the projection onto {x : J x >= 0}",
    source: "Lopez-Paz and Ranzato, Gradient Episodic Memory, NeurIPS 2017",
    passes: "K backward",
    settings: [
      ("reg_eps", "added to the diagonal of G / tr(G), default 1e-4, 0 to 1"),
      ("norm_eps", "traces below this give the plain average, default 1e-4, 0 to 1"),
      ("preference", "a: uniform (default) 1/K, ones, or a list"),
    ],
    traps: ["With the default norm_eps small gradients are plainly averaged."]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor: Double

  private let preference: [Double]
  private var cone: DualCone

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
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    cone.read(step.gramian)
    cone.project(preference)
    result.isPolicy = !cone.isExact
    for k in 0..<step.taskCount {
      result.shared[k] = cone.weights[k]
      result.heads[k] = 1
    }
  }
}
