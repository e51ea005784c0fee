import Kernels
import Testing

@testable import Weighting

@Suite("MoCo")
struct MoCoTests {
  private let rows = [[2.0, 0], [0, 1]]

  @Test("tracks unit gradients times losses and mixes them by a softmax")
  func firstStep() throws {
    // h = (3, 0), (0, 1); y = h/2; y y^T w = (9/8, 1/8); w = softmax(1/2 - 0.1125, 1/2 - 0.0125).
    var method = try GradientStep.method("moco", taskCount: 2, sharedCount: 2)
    let (result, direction) = GradientStep.vector(&method, rows: rows, losses: [3, 1])
    let first = 1 / (1 + Portable.exp(0.1))
    // 1e-8 is added to norms.
    #expect(GradientStep.agree(result.shared, [first, 1 - first], 1e-7))
    #expect(GradientStep.agree(direction, [1.5 * first, 0.5 * (1 - first)], 1e-7))
    #expect(result.update == .direction)
    #expect(result.heads == [1, 1])
    #expect(method.sumFactor == 2)
  }

  @Test("rates fall with the step")
  func secondStep() throws {
    // Constant targets h: after two steps y = (1 - (1 - b)(1 - b/sqrt 2)) h, b = 1/2.
    let settings = [(key: "gamma", value: "0")]
    var method = try GradientStep.method("moco", taskCount: 2, sharedCount: 2, settings)
    _ = GradientStep.vector(&method, rows: rows, losses: [3, 1])
    let direction = GradientStep.vector(&method, rows: rows, losses: [3, 1]).direction
    let part = 1 - 0.5 * (1 - 0.5 / 2.0.squareRoot())
    #expect(GradientStep.agree(direction, [1.5 * part, 0.5 * part], 1e-7))
  }

  @Test("projects tracked raw gradients in the paper's variant")
  func paper() throws {
    // y = (1, 0), (0, 1/2); y y^T w = (1/2, 1/8); (0.45, 0.4875) projects to (0.48125, 0.51875).
    let settings = [(key: "variant", value: "paper")]
    var method = try GradientStep.method("moco", taskCount: 2, sharedCount: 2, settings)
    let (result, direction) = GradientStep.vector(&method, rows: rows, losses: [3, 1])
    #expect(GradientStep.agree(result.shared, [0.48125, 0.51875]))
    #expect(GradientStep.agree(direction, [0.48125, 0.51875 / 2]))
  }

  @Test("a zero gradient has the target zero")
  func zero() throws {
    var method = try GradientStep.method("moco", taskCount: 2, sharedCount: 2)
    let (result, direction) = GradientStep.vector(&method, rows: [[0, 0], [0, 0]])
    #expect(result.shared == [0.5, 0.5])
    #expect(direction == [0, 0])
  }
}
