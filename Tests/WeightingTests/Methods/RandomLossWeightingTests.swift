import Kernels
import Testing

@testable import Weighting

@Suite("Random loss weighting")
struct RandomLossWeightingTests {
  @Test("normal weights are the softmax of the draws")
  func normal() throws {
    // Draws (0, ln 3): w = (1/4, 3/4).
    var run = try LossStep("rlw")
    run.draws.script(normals: [0, 1.098_612_288_668_109_8])
    let result = run.weigh([4, 8])
    #expect(agree(result.shared, [0.25, 0.75]))
    #expect(agree(result.heads, [0.25, 0.75]))
    #expect(agree([result.objective], [7]))
  }

  @Test("dirichlet weights are the shares of exponential draws")
  func dirichlet() throws {
    // Uniforms (1/2, 1/8): e = (ln 2, 3 ln 2).
    var run = try LossStep("rlw", "distribution: dirichlet")
    run.draws.script(uniforms: [0.5, 0.125])
    #expect(agree(run.weigh([1, 1]).shared, [0.25, 0.75]))
  }

  @Test("other concentrations take shares of gamma draws")
  func concentration() throws {
    // Shape 2: P(e > x) = (1 + x) exp(-x), 0.55782540037107456 for 1.5 and 0.0915781944436709 for 4.
    var run = try LossStep("rlw", "distribution: dirichlet\nconcentration: 2")
    run.draws.script(uniforms: [0.557_825_400_371_074_6, 0.091_578_194_443_670_9])
    #expect(agree(run.weigh([1, 1]).shared, [1.5 / 5.5, 4 / 5.5]))
    // Shape 1/2: P(e > x) = erfc(sqrt(x)), erfc(0.5) and erfc(1).
    var half = try LossStep("rlw", "distribution: dirichlet\nconcentration: 0.5")
    half.draws.script(uniforms: [0.479_500_122_186_953_5, 0.157_299_207_050_285_1])
    #expect(agree(half.weigh([1, 1]).shared, [0.2, 0.8]))
  }

  @Test("gamma quantiles give back their probability", arguments: [0.1, 0.5, 2, 7.5, 100])
  func quantile(_ shape: Double) {
    for u in [1e-6, 1e-3, 0.2, 0.5, 0.9, 1 - 1e-6] {
      let x = GammaQuantile.upper(u, shape: shape)
      // Near 0 and 1 the smaller of both probabilities has lost digits to the other.
      #expect(abs(IncompleteGamma.lower(shape, x) / (1 - u) - 1) < 1e-9, "\(u)")
    }
  }

  @Test("weights sum to 1 and differ from step to step", arguments: ["normal", "dirichlet"])
  func sums(_ distribution: String) throws {
    var run = try LossStep("rlw", "distribution: \(distribution)", taskCount: 3)
    let first = run.weigh([1, 1, 1]).shared
    let second = run.weigh([1, 1, 1]).shared
    #expect(first != second)
    for weights in [first, second] {
      #expect(agree([weights.reduce(0, +)], [1]))
      #expect(weights.allSatisfy { $0 > 0 })
    }
  }

  @Test("the spread over many draws is that of the distribution")
  func spread() throws {
    // Two tasks: uniform on (0, 1), standard deviation sqrt(1/12) = 0.2887; softmax of normals
    // 0.2624 by numerical integration. 20 000 draws: standard error of a deviation below 0.0012.
    // Concentration c: sqrt(1 / (4 (2 c + 1))), 1/6 for 4.
    let cases = [
      ("dirichlet", 0.2887), ("normal", 0.2624), ("dirichlet\nconcentration: 4", 1.0 / 6),
    ]
    for (distribution, expected) in cases {
      var run = try LossStep("rlw", "distribution: \(distribution)")
      var squares = 0.0
      for _ in 0..<20_000 {
        let deviation = run.weigh([1, 1]).shared[0] - 0.5
        squares += deviation * deviation
      }
      #expect(abs((squares / 20_000).squareRoot() - expected) < 0.005)
    }
  }
}
