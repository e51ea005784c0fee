import Testing

@testable import Weighting

@Suite("Static weighting")
struct StaticWeightingTests {
  @Test("applies the weights given, 0 included")
  func values() throws {
    // F = 0 * 3 + 2 * 5.
    var run = try LossStep("static", "weights: [0, 2]")
    let result = run.weigh([3, 5])
    #expect(result.shared == [0, 2])
    #expect(result.heads == [0, 2])
    #expect(result.objective == 10)
    #expect(run.method.rule.sumFactor == 1)
  }

  @Test("refuses missing, negative, too few and all-zero weights")
  func refusals() {
    #expect(
      LossStep.refusal("static", "heads: own")
        == "suite.yaml:1:1: weights: missing, expected a list of 2 values"
    )
    #expect(
      LossStep.refusal("static", "weights: [1, -2]")
        == "suite.yaml:1:14: weights[1]: expected a number from 0 to 1000000000, found '-2'"
    )
    #expect(
      LossStep.refusal("static", "weights: [1]")
        == "suite.yaml:1:10: weights: expected a list of 2 values, found a list of 1 value"
    )
    #expect(
      LossStep.refusal("static", "weights: [0, 0]")
        == "suite.yaml:1:10: weights: expected a weight above 0"
    )
  }
}
