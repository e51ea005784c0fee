import Testing

@testable import Weighting

@Suite("Auto-lambda")
struct AutoLambdaTests {
  @Test("raises the weights of tasks whose losses fall with the validation losses, then uses them")
  func values() throws {
    // Gradient -eta h = (-1, 2): Adam's first move is the rate, up to epsilon.
    var run = try LossStep("auto_lambda", "meta_learning_rate: 0.01")
    #expect(run.method.rule.needs.lookAhead?.weights == [0.1, 0.1])
    let result = run.weigh([3, 5], rate: 0.5, slopes: [2, -4])
    #expect(agree(result.shared, [0.11, 0.09], 1e-7))
    #expect(result.heads == result.shared)
    #expect(agree([result.objective], [0.33 + 0.45], 1e-7))
    #expect(run.method.rule.needs.lookAhead?.weights == result.shared)
  }

  @Test("the move between the losses has a length of its own")
  func difference() throws {
    #expect(try LossStep("auto_lambda").method.rule.needs.lookAhead?.difference == 0.01)
    let rule = try LossStep("auto_lambda", "finite_difference: 0.05").method.rule
    #expect(rule.needs.lookAhead?.difference == 0.05)
  }

  @Test("slopes of 0 leave the weights, momentum included, and are flagged")
  func flat() throws {
    var run = try LossStep("auto_lambda", "meta_learning_rate: 0.01")
    let first = run.weigh([1, 1], slopes: [1, 1])
    let second = run.weigh([1, 1], slopes: [0, 0])
    #expect(!first.isPolicy && second.isPolicy)
    #expect(first.shared == second.shared)
  }

  @Test("weights may become negative unless clamped")
  func clamp() throws {
    var free = try LossStep("auto_lambda", "init: 0.001\nmeta_learning_rate: 0.01")
    #expect(free.weigh([1, 1], slopes: [-1, 1]).shared[0] < 0)
    var clamped = try LossStep(
      "auto_lambda",
      "init: 0.001\nmeta_learning_rate: 0.01\nclamp: true"
    )
    #expect(clamped.weigh([1, 1], slopes: [-1, 1]).shared[0] == 0)
  }

  @Test("primary tasks are all, or those named once")
  func primary() throws {
    #expect(try LossStep("auto_lambda").method.rule.needs.lookAhead?.tasks == [0, 1])
    #expect(try LossStep("auto_lambda", "primary: [1]").method.rule.needs.lookAhead?.tasks == [1])
    #expect(
      LossStep.refusal("auto_lambda", "primary: [1, 1]")
        == "suite.yaml:1:10: primary: expected every task at most once"
    )
    #expect(
      LossStep.refusal("auto_lambda", "primary: [2]")
        == "suite.yaml:1:11: primary[0]: expected a whole number from 0 to 1, found '2'"
    )
  }
}
