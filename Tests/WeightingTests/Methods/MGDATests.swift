import Settings
import Testing

@testable import Weighting

@Suite("MGDA")
struct MGDATests {
  @Test("finds the nearest point of two gradients to zero")
  func pairs() throws {
    var method = try GradientStep.method("mgda", taskCount: 2)
    // (1, 0) and (0, 2): minimise w^2 + 4 (1 - w)^2, w = 4/5.
    let agreeing = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 0], [0, 2]]))
    #expect(GradientStep.agree(agreeing.shared, [0.8, 0.2]))
    #expect(agreeing.heads == [1, 1])
    #expect(method.sumFactor == 2)
    // g and -2 g: w = 2/3, 1/3 and d = 0.
    let opposed = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 0], [-2, 0]]))
    #expect(GradientStep.agree(opposed.shared, [2.0 / 3, 1.0 / 3]))
    #expect(!opposed.isPolicy)
  }

  @Test("keeps the relative accuracy of tiny weights")
  func badlyScaled() throws {
    // Lengths 1e6 and 1e-2 at a right angle: w1 / w2 = 1e-4 / 1e12.
    var method = try GradientStep.method("mgda", taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[1e6, 0], [0, 1e-2]]))
    #expect(abs(result.shared[0] / 1e-16 - 1) < 1e-12)
    var three = try GradientStep.method("mgda", taskCount: 3)
    let rows = [[1e6, 0, 0], [0, 1e-2, 0], [0, 0, 1]]
    let weights = GradientStep.answer(&three, GradientStep.gramian(of: rows)).shared
    // Orthogonal rows share in proportion to 1 / |g|^2.
    for (weight, inverse) in zip(weights, [1e-12, 1e4, 1]) {
      #expect(abs(weight / (inverse / (1e4 + 1 + 1e-12)) - 1) < 1e-12)
    }
  }

  @Test("a zero gradient stops the step")
  func zero() throws {
    var method = try GradientStep.method("mgda", taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[3, 4], [0, 0]]))
    #expect(result.shared == [0, 1])
    var single = try GradientStep.method("mgda", taskCount: 1)
    #expect(GradientStep.answer(&single, GradientStep.gramian(of: [[3, 4]])).shared == [1])
  }

  @Test("normalises by norms, losses or both")
  func normalization() throws {
    let step = GradientStep.gramian(of: [[3, 0], [0, 1]], losses: [1, 4])
    for (word, expected) in [
      // Lengths of the normalised rows: (3, 1), (1, 1), (3, 1/4), (1, 1/4).
      ("none", [0.1, 0.9]), ("l2", [0.5, 0.5]), ("loss", [1.0 / 145, 144.0 / 145]),
      ("loss+", [1.0 / 17, 16.0 / 17]),
    ] {
      var method = try GradientStep.method("mgda", taskCount: 2, [("normalization", word)])
      #expect(GradientStep.agree(GradientStep.answer(&method, step).shared, expected), "\(word)")
    }
  }

  @Test("applies the weights to the normalised gradients in that variant")
  func normalizedRows() throws {
    var method = try GradientStep.method(
      "mgda",
      taskCount: 2,
      [("normalization", "loss+"), ("variant", "exact_normalized_rows")]
    )
    let step = GradientStep.gramian(of: [[3, 0], [0, 1]], losses: [1, 4])
    let result = GradientStep.answer(&method, step)
    #expect(GradientStep.agree(result.shared, [1.0 / 17 / 3, 16.0 / 17 / 4]))
    #expect(GradientStep.agree(method.state[0].values, [1.0 / 17, 16.0 / 17]))
    #expect(method.sumFactor == 1)
  }

  @Test("a length of zero counts as one, and a negative loss is refused")
  func losses() throws {
    var method = try GradientStep.method("mgda", taskCount: 2, [("normalization", "loss")])
    let zero = GradientStep.gramian(of: [[1, 0], [0, 2]], losses: [0, 2])
    #expect(GradientStep.agree(GradientStep.answer(&method, zero).shared, [0.5, 0.5]))
    let negative = GradientStep.gramian(of: [[1, 0], [0, 2]], losses: [1, -1])
    let refusal = GradientStep.answer(&method, negative).refusal
    #expect(refusal == StepWeights.Refusal(task: 1, reason: .nonPositiveLoss))
  }

  @Test("Frank-Wolfe stops where its library stops")
  func frankWolfe() throws {
    // From (1/2, 1/2): G w = (1/2, 2), so t = 0, gamma = (5/4 - 1/2) / (5/4 + 1 - 1) = 3/5.
    var method = try GradientStep.method(
      "mgda",
      taskCount: 2,
      [("variant", "frank_wolfe"), ("max_iters", "1")]
    )
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 0], [0, 2]]))
    #expect(GradientStep.agree(result.shared, [0.8, 0.2]))
  }

  @Test("settings of another variant are refused")
  func refusedSettings() {
    #expect(throws: SettingsError.self) {
      try GradientStep.method("mgda", taskCount: 2, [("epsilon", "0.1")])
    }
  }
}
