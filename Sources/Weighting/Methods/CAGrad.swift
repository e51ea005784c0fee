package import Settings

/// Conflict-averse gradient descent (CAGrad).
///
/// Among the directions d with `|d - g0| <= c |g0|`, `g0` the average gradient, the one whose worst
/// improvement `min over k of g_k . d` is largest: `d = g0 + (s / |J^T q|) J^T q` with `s = c |g0|`
/// and q the solution of the dual problem on the simplex (see `CAGradDual`), that is
/// `w = 1/K + (s / |J^T q|) q`. `rescale` 1 divides by `1 + c^2`, 2 by `1 + c`.
///
/// Weights are positive. c = 0 is the average; from c = 1 on the method may rest at a Pareto-stationary
/// point that does not minimise the average. One task has weight 1 + c. By our convention (policy):
/// where `g0 = 0` the direction is 0; where the optimal mixture `J^T q` is the zero vector the
/// direction is g0, rescaled.
///
/// Source: Liu, Liu, Jin, Stone and Liu, "Conflict-Averse Gradient Descent for Multi-Task Learning",
/// NeurIPS 2021, Algorithm 1.
///
/// Departures: the dual is solved exactly, not by a general-purpose minimiser; `rescale` is 0 by
/// default; nothing is multiplied by K on native scale.
package struct CAGrad: WeightingMethod {
  package static let name = "cagrad"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Near the average gradient, follow the direction whose worst improvement is largest.",
    formula: "max over |d - g0| <= c |g0| of min_k g_k . d",
    source: "Liu et al., Conflict-Averse Gradient Descent, NeurIPS 2021",
    passes: "K backward",
    settings: [
      ("c", "radius of the ball in units of |g0|, default 0.4, 0 to 10"),
      ("rescale", "0 (default): none; 1: divide by 1 + c^2; 2: divide by 1 + c"),
    ],
    traps: [
      "A general-purpose minimiser stays at its start for gradients below 1e-3 or above 1e3.",
      "Some versions return the zero vector for small gradients.",
      "The authors multiply the direction by K; libraries differ in rescale.",
    ]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor: Double
  /// The dual solution q of the last step.
  package var state: [(name: String, values: [Double])] { [("inner_weights", dual.weights)] }

  private let c: Double
  private let divisor: Double
  private var dual: CAGradDual

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    c = try settings.number("c", default: 0.4, in: 0...10)
    switch try settings.count("rescale", default: 0, in: 0...2) {
    case 1: divisor = 1 + c * c
    case 2: divisor = 1 + c
    default: divisor = 1
    }
    sumFactor = Double(context.taskCount)
    dual = CAGradDual(taskCount: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    let outcome = dual.solve(step.gramian, c: c)
    result.isPolicy = outcome != .solved
    for k in 0..<step.taskCount {
      let weight = 1 / Double(step.taskCount) + dual.correction[k]
      // Where the average is zero, so is the direction, up to rounding of the average itself.
      result.shared[k] = weight / divisor
      result.heads[k] = 1
    }
  }
}
