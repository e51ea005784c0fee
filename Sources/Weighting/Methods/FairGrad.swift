package import Settings

/// FairGrad: alpha-fair allocation of the improvement among the tasks.
///
/// w > 0 with `(G w)_k = w_k^(-1/alpha)`, `d = sum over k of w_k g_k`. alpha = 1 is the bargaining
/// system of Nash-MTL, alpha towards 0 nears equal weights, large alpha favours the worst-off task.
///
/// The sum of weights is free: scaling all gradients by s scales w by `s^(-2 alpha / (1 + alpha))`. One
/// task has `w = |g|^(-2 alpha / (1 + alpha))`. By our convention (policy): zero gradients are left out
/// with weight 1; where zero lies in the convex hull of the others all weights are 1.
///
/// Source: Ban and Ji, "Fair Resource Allocation in Multi-Task Learning", ICML 2024, equation 6 and
/// Algorithm 1.
///
/// Departures: the system is solved exactly, not by least squares in a trust region; nothing is
/// multiplied by K or clipped, as in two libraries and unlike the authors' code.
package struct FairGrad: WeightingMethod {
  package static let name = "fairgrad"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Allocate the improvement among the tasks by alpha-fairness.",
    formula: "(G w)_k = w_k^(-1/alpha), w > 0; d = sum w_k g_k",
    source: "Ban and Ji, Fair Resource Allocation in Multi-Task Learning, ICML 2024",
    passes: "K backward",
    settings: [("alpha", "fairness, default 2, 0.05 to 100; 1 is Nash-MTL's system")],
    traps: [
      "Trust-region solvers stop up to 35 degrees off at a norm ratio of 1e4.",
      "The authors' scripts use alpha 2, their class 1; they multiply by K and clip to norm 1.",
    ]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor = 1.0

  private var system: PositiveSystem

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let alpha = try settings.number("alpha", default: 2, in: 0.05...100)
    system = PositiveSystem(taskCount: context.taskCount, power: 1 / alpha)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    let outcome = system.solve(step.gramian)
    result.isPolicy = outcome != .solved || system.hasZeroRow
    for k in 0..<step.taskCount {
      result.shared[k] = outcome == .solved ? system.weights[k] : 1
      result.heads[k] = 1
    }
  }
}
