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
    for (distribution, expected) in [("dirichlet", 0.2887), ("normal", 0.2624)] {
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
