internal import Kernels
package import Settings

/// Random loss weighting (RLW): fresh weights at every step, a litmus test for other methods.
///
/// With distribution `normal`, `w = softmax(z)` of independent standard normal draws z; with
/// `dirichlet`, w is uniform on the simplex, `w_k = e_k / sum(e)` with `e_k = -ln U_k`.
///
/// Weights are positive and sum to 1 (K on sum scale). One task has weight 1.
///
/// Source: Lin, Ye, Zhang and Tsang, "Reasonable Effectiveness of Random Weighting: A Litmus Test for
/// Multi-Task Learning", TMLR 2022.
///
/// Departures: none on native scale.
///
/// Settings: `distribution` (`normal`, the default, or `dirichlet`).
package struct RandomLossWeighting: WeightingMethod {
  package static let name = "rlw"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Draw the weights anew at every step.",
    formula: "w = softmax(z), z normal; or w uniform on the simplex",
    source: "Lin et al., Reasonable Effectiveness of Random Weighting, TMLR 2022",
    passes: "1 backward",
    settings: [("distribution", "normal (default) or dirichlet")],
    traps: ["Published weights sum to 1, which is 1/K of the learning rate of equal weights."]
  )

  package let sumFactor: Double

  private let isNormal: Bool

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let choices = ["normal", "dirichlet"]
    isNormal = try settings.choice("distribution", of: choices, default: "normal") == "normal"
    sumFactor = Double(context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    if isNormal {
      draws.fillNormals(&result.shared)
      Softmax.replace(&result.shared)
    } else {
      draws.fillUniforms(&result.shared)
      var sum = 0.0
      for k in result.shared.indices {
        result.shared[k] = -Portable.log(result.shared[k])
        sum += result.shared[k]
      }
      for k in result.shared.indices { result.shared[k] /= sum }
    }
    result.useSharedAsObjective(of: step)
  }
}
