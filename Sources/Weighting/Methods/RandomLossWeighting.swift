package import Settings

/// Random loss weighting (RLW): fresh weights at every step, a litmus test for other methods.
///
/// With distribution `normal`, `w = softmax(z)` of independent standard normal draws z; with
/// `dirichlet`, `w_k = e_k / sum(e)` with gamma distributed `e_k` of the shape `concentration`, each
/// from a uniform U_k: `P(e > e_k) = U_k`. With concentration 1, `e_k = -ln U_k`, and w is uniform on
/// the simplex; larger ones gather near 1/K, smaller ones near the corners.
///
/// Weights are positive and sum to 1 (K on sum scale). One task has weight 1.
///
/// Source: Lin, Ye, Zhang and Tsang, "Reasonable Effectiveness of Random Weighting: A Litmus Test for
/// Multi-Task Learning", TMLR 2022.
///
/// Departures: none on native scale.
package struct RandomLossWeighting: WeightingMethod {
  package static let name = "rlw"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Draw the weights anew at every step.",
    formula: "w = softmax(z), z normal; or w from a Dirichlet distribution",
    source: "Lin et al., Reasonable Effectiveness of Random Weighting, TMLR 2022",
    passes: "1 backward",
    settings: [
      ("distribution", "normal (default) or dirichlet"),
      ("concentration", "dirichlet: default 1, uniform on the simplex; 0.1 to 100"),
    ],
    traps: ["Published weights sum to 1, which is 1/K of the learning rate of equal weights."]
  )

  package let sumFactor: Double

  private let isNormal: Bool
  private let concentration: Double

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let choices = ["normal", "dirichlet"]
    isNormal = try settings.choice("distribution", of: choices, default: "normal") == "normal"
    concentration =
      isNormal ? 1 : try settings.number("concentration", default: 1, in: 0.1...100)
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
        result.shared[k] = GammaQuantile.upper(result.shared[k], shape: concentration)
        sum += result.shared[k]
      }
      for k in result.shared.indices { result.shared[k] /= sum }
    }
    result.useSharedAsObjective(of: step)
  }
}
