import Testing

@testable import Weighting

@Suite("DB-MTL")
struct DBMTLTests {
  private let rows = [[1.0, 0], [0, 4]]

  @Test("brings gradients of log-losses to the largest norm")
  func firstStep() throws {
    // h = (1, 0), (0, 2); B = h/10, norms 0.1 and 0.2; a = (2, 1); d = (0.2, 0.2).
    var method = try GradientStep.method("db_mtl", taskCount: 2, sharedCount: 2)
    let (result, direction) = GradientStep.vector(&method, rows: rows, losses: [1, 2])
    // 1e-8 is added to losses and norms.
    #expect(GradientStep.agree(result.shared, [2, 1], 1e-6))
    #expect(GradientStep.agree(direction, [0.2, 0.2], 1e-6))
    #expect(GradientStep.agree(result.heads, [1, 0.5], 1e-7))
    #expect(result.update == .direction)
    #expect(method.sumFactor == 1)
  }

  @Test("averages over the steps")
  func secondStep() throws {
    // B = (0.09 + 0.1) h.
    var method = try GradientStep.method("db_mtl", taskCount: 2, sharedCount: 2)
    _ = GradientStep.vector(&method, rows: rows, losses: [1, 2])
    let direction = GradientStep.vector(&method, rows: rows, losses: [1, 2]).direction
    #expect(GradientStep.agree(direction, [0.38, 0.38], 1e-6))
    // With beta_decay 1 the second average has b = 0.45: B = 0.45 * 0.1 h + 0.55 h.
    let settings = [(key: "beta_decay", value: "1")]
    var decaying = try GradientStep.method("db_mtl", taskCount: 2, sharedCount: 2, settings)
    _ = GradientStep.vector(&decaying, rows: rows, losses: [1, 2])
    let later = GradientStep.vector(&decaying, rows: rows, losses: [1, 2]).direction
    #expect(GradientStep.agree(later, [1.19, 1.19], 1e-6))
  }

  @Test("zero gradients stay zero, and a loss of -eps is refused")
  func edges() throws {
    var method = try GradientStep.method("db_mtl", taskCount: 2, sharedCount: 2)
    let zero = GradientStep.vector(&method, rows: [[0, 0], [0, 0]], losses: [1, 2])
    #expect(zero.direction == [0, 0])
    let refused = GradientStep.vector(&method, rows: rows, losses: [1, -1]).weights
    #expect(refused.refusal == StepWeights.Refusal(task: 1, reason: .nonPositiveLoss))
  }
}
