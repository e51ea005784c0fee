import Testing

@testable import Weighting

@Suite("The control of constant length")
struct UnitLengthTests {
  @Test("brings the summed gradient to the length sqrt(K), with equal weights and own heads")
  func values() throws {
    // g = (3, 0) + (0, 4): 1^T G 1 = 25, w = sqrt(2 / 25), |d| = 5 w = sqrt(2).
    var method = try GradientStep.method("unit", taskCount: 2)
    let rows: [[Double]] = [[3, 0], [0, 4]]
    let result = GradientStep.answer(&method, GradientStep.gramian(of: rows))
    let weight = 0.282_842_712_474_619  // sqrt(0.08)
    #expect(GradientStep.agree(result.shared, [weight, weight]))
    #expect(result.heads == [1, 1])
    let d = GradientStep.combination(result.shared, rows)
    #expect(GradientStep.agree([GradientStep.dot(d, d)], [2]))
    #expect(!result.isPolicy)
    #expect(method.sumFactor == 1)
    #expect(method.family == .control)
  }

  @Test("lengths near the largest number are normed like others")
  func large() throws {
    var method = try GradientStep.method("unit", taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[9e153, 0], [0, 9e153]]))
    #expect(GradientStep.agree(result.shared, [1 / 9e153, 1 / 9e153]))
  }

  @Test("gradients that cancel leave the weights at 1 and flag the step")
  func edges() throws {
    var method = try GradientStep.method("unit", taskCount: 3)
    for rows in [[[0.0, 0], [0, 0], [0, 0]], [[0.1, 0.7], [0.2, -0.4], [-0.3, -0.3]]] {
      let result = GradientStep.answer(&method, GradientStep.gramian(of: rows))
      #expect(result.shared == [1, 1, 1])
      #expect(result.isPolicy)
    }
  }
}
