import Testing

@testable import Weighting

@Suite("PCGrad")
struct PCGradTests {
  @Test("adds gradients that do not conflict")
  func agreeing() throws {
    var method = try GradientStep.method("pcgrad", taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 2], [3, 0]]))
    #expect(result.shared == [1, 1])
    #expect(result.heads == [1, 1])
    #expect(method.sumFactor == 1)
  }

  @Test("projects both of two conflicting gradients")
  func conflicting() throws {
    // g0 = (2, 0), g1 = (-1, 1): g0.g1 = -2, |g0|^2 = 4, |g1|^2 = 2.
    // v0 = g0 + (2/2) g1 = (1, 1); v1 = g1 + (2/4) g0 = (0, 1). Weights (1 + 1/2, 1 + 1).
    var method = try GradientStep.method("pcgrad", taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[2, 0], [-1, 1]]))
    #expect(result.shared == [1.5, 2])
  }

  @Test("handles gradients whose norms differ by ten decades")
  func badlyScaled() throws {
    // g0 = (1e5, 0), g1 = 1e-5 (-1, 1): g0.g1 = -1, |g0|^2 = 1e10, |g1|^2 = 2e-10.
    var method = try GradientStep.method("pcgrad", taskCount: 2)
    let result = GradientStep.answer(
      &method,
      GradientStep.gramian(of: [[1e5, 0], [-1e-5, 1e-5]])
    )
    #expect(GradientStep.agree(result.shared, [1 + 1e-10, 1 + 0.5e10], 1e-15))
  }

  @Test("cancels opposite gradients and ignores a zero one")
  func edges() throws {
    var method = try GradientStep.method("pcgrad", taskCount: 2)
    let opposite = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 2], [-1, -2]]))
    #expect(opposite.shared == [2, 2])
    let zero = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 2], [0, 0]]))
    #expect(zero.shared == [1, 1])
    var single = try GradientStep.method("pcgrad", taskCount: 1)
    #expect(GradientStep.answer(&single, GradientStep.gramian(of: [[3, 4]])).shared == [1])
  }

  @Test("meets the tasks in the order given")
  func orders() throws {
    // g0 = (1, 0), g1 = (-1, 1), g2 = (-1, -1).
    // Task 0 meets 1: v = (1,0) + 1/2 g1 = (1/2, 1/2); meets 2: v.g2 = -1, v += 1/2 g2 = (0, 0).
    // Task 1 meets 0: v = g1 + g0 = (0, 1); meets 2: v.g2 = -1, v += 1/2 g2 = (-1/2, 1/2).
    //   Meeting itself: v.g1 = 1, nothing happens.
    // Task 2 meets 0: v = g2 + g0 = (0, -1); meets 1: v += 1/2 g1 = (-1/2, -1/2).
    let step = GradientStep.gramian(of: [[1, 0], [-1, 1], [-1, -1]])
    var draws = GradientStep.draws()
    draws.script(orders: [[1, 2], [0, 2], [0, 1]])
    var method = try GradientStep.method("pcgrad", taskCount: 3)
    #expect(GradientStep.answer(&method, step, draws: draws).shared == [3, 2, 2])

    #expect(method.needs == .gramian)
  }

  @Test("meets itself only in the variant")
  func withSelf() throws {
    // g0 = (1, 0), g1 = (-2, -1), g2 = (-1, 1).
    // Task 0 meets 1: v = g0 + 2/5 g1 = (1/5, -2/5); meets 2: v += 3/10 g2 = (-1/10, -1/10);
    //   v.g0 = -1/10 by now: meeting itself, v += 1/10 g0. Coefficients (1.1, 0.4, 0.3).
    // Task 1 meets 0: v = g1 + 2 g0 = (0, -1); meets 2: v += 1/2 g2. Coefficients (2, 1, 0.5).
    // Task 2 meets 0: v = g2 + g0 = (0, 1); meets 1: v += 1/5 g1. Coefficients (1, 0.2, 1).
    let step = GradientStep.gramian(of: [[1, 0], [-2, -1], [-1, 1]])
    var draws = GradientStep.draws()
    draws.script(orders: [[1, 2, 0], [0, 2, 1], [0, 1, 2]])
    var withSelf = try GradientStep.method("pcgrad", taskCount: 3, [("variant", "with_self")])
    let found = GradientStep.answer(&withSelf, step, draws: draws).shared
    #expect(GradientStep.agree(found, [4.1, 1.6, 1.8]))
    var without = try GradientStep.method("pcgrad", taskCount: 3)
    #expect(
      GradientStep.agree(GradientStep.answer(&without, step, draws: draws).shared, [4, 1.6, 1.8])
    )
  }

  @Test("a fixed order draws nothing")
  func fixedOrder() throws {
    let step = GradientStep.gramian(of: [[1, 0.1], [-1, 1], [-0.3, -1]])
    var method = try GradientStep.method("pcgrad", taskCount: 3, [("order", "fixed")])
    let first = GradientStep.answer(&method, step, draws: GradientStep.draws(seed: 1))
    let second = GradientStep.answer(&method, step, draws: GradientStep.draws(seed: 2))
    #expect(first.shared == second.shared)
  }
}
