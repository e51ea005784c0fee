import Testing

@testable import Weighting

@Suite("GradVac")
struct GradVacTests {
  @Test("starts as PCGrad")
  func likePCGrad() throws {
    let step = GradientStep.gramian(of: [[1, 0], [-1, 1], [-1, -1.5]])
    var draws = GradientStep.draws()
    draws.script(orders: [[1, 2], [2, 0], [0, 1]])
    var vaccine = try GradientStep.method("gradvac", taskCount: 3, [("beta", "0"), ("eps", "0")])
    var surgery = try GradientStep.method("pcgrad", taskCount: 3)
    let found = GradientStep.answer(&vaccine, step, draws: draws).shared
    let expected = GradientStep.answer(&surgery, step, draws: draws).shared
    #expect(GradientStep.agree(found, expected, 1e-14))
  }

  @Test("learns targets and pulls gradients up to them")
  func twoSteps() throws {
    var method = try GradientStep.method("gradvac", taskCount: 2, [("eps", "0")])
    // Cosine 0.6 is above the target 0: nothing changes, both targets become 0.3.
    let first = GradientStep.answer(&method, GradientStep.gramian(of: [[2, 0], [0.6, 0.8]]))
    #expect(first.shared == [1, 1])
    #expect(GradientStep.agree(method.state[0].values, [0, 0.3, 0.3, 0]))
    // A right angle is below 0.3: each gets 0.3 / sqrt(1 - 0.09) of the other, scaled to its length.
    let share = 0.3 / 0.91.squareRoot()
    let second = GradientStep.answer(&method, GradientStep.gramian(of: [[2, 0], [0, 1]]))
    #expect(GradientStep.agree(second.shared, [1 + share / 2, 1 + share * 2]))
    #expect(GradientStep.agree(method.state[0].values, [0, 0.15, 0.15, 0]))
    #expect(second.heads == [1, 1])
  }

  @Test("a zero gradient may get any coefficient, and its targets fade", arguments: [0, 1e-8])
  func zero(_ epsilon: Double) throws {
    let settings = [(key: "eps", value: "\(epsilon)")]
    var method = try GradientStep.method("gradvac", taskCount: 2, settings)
    method.restore(["targets": [0, 0.5, 0.5, 0]])
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[3, 4], [0, 0]]))
    // |v| rho / eps = 5 * 0.5 / 1e-8 times a zero vector.
    #expect(GradientStep.agree(result.shared, [1, epsilon == 0 ? 1 : 2.5e8 + 1]))
    #expect(method.state[0].values == [0, 0.25, 0.25, 0])
  }

  @Test("runs on every group apart, with targets of its own")
  func groups() throws {
    var context = MethodContext(taskCount: 2, sharedCount: 4)
    context.layers = [0..<2, 2..<4]
    var method = try GradientStep.method(
      "gradvac",
      context: context,
      [("grouping", "layer"), ("eps", "0")]
    )
    #expect(method.needs == .groupGramians(of: [0..<2, 2..<4]))
    // Group 0: g0 = (2, 0), g1 = (-1, 1) as in PCGrad's test; group 1: no conflict, cosine 0.6.
    var step = GradientStep.gramian(of: [[2, 0, 1, 0], [-1, 1, 0.6, 0.8]])
    step.groupGramians = [4, -2, -2, 2, 1, 0.6, 0.6, 1]
    let result = GradientStep.answer(&method, step)
    #expect(result.update == .groupCombinations)
    #expect(GradientStep.agree(result.groupShared, [1.5, 2, 1, 1]))
    #expect(result.shared.allSatisfy { $0.isNaN })
    let cosine = -1 / 2.0.squareRoot()
    #expect(GradientStep.agree(method.state[0].values, [0, cosine / 2, cosine / 2, 0]))
    #expect(GradientStep.agree(method.state[1].values, [0, 0.3, 0.3, 0]))
  }
}
