import Testing

@testable import Weighting

@Suite("SDMGrad")
struct SDMGradTests {
  private func step(_ product: [Double]) -> StepStatistics {
    var step = StepStatistics(taskCount: 2)
    step.crossGramian = product
    return step
  }

  @Test("takes one inner step by hand")
  func oneIteration() throws {
    // kappa = (1 + 2)/2: A / 2.25; A w = (2/9, 8/9); w = 1/2 - 0.1 (2/9, 8/9), 1/18 more each.
    let settings = [
      (key: "inner_iterations", value: "1"), (key: "inner_lr", value: "0.1"),
      (key: "lambda", value: "0"),
    ]
    var method = try GradientStep.method("sdmgrad", taskCount: 2, settings)
    #expect(method.needs == .crossGramian(headBatchFactors: [0, 0, 1]))
    let result = GradientStep.answer(&method, step([1, 0, 0, 4]))
    // 1e-8 is added to kappa squared.
    let second = 0.5 - 0.8 / 9 + 0.5 / 9
    #expect(GradientStep.agree(result.shared, [1 - second, second], 1e-8))
    #expect(result.heads == [1, 1])
    #expect(method.sumFactor == 2)
  }

  @Test("momentum carries over within a step, not between steps")
  func momentum() throws {
    // A = I: A w stays uniform under projection, so w does.
    var method = try GradientStep.method("sdmgrad", taskCount: 2)
    #expect(
      GradientStep.agree(GradientStep.answer(&method, step([1, 0, 0, 1])).shared, [0.5, 0.5])
    )
    // A = diag(1, 0), kappa = 1/2: A / 0.25 = diag(4, 0); eta = 0.01, m = 1/2, two iterations:
    // v = 2, w = 1/2 - 0.02 + 0.01 = 0.49; v = 1 + 1.96, w = 0.49 - 0.0296 + 0.0148 = 0.4752.
    let settings = [
      (key: "inner_iterations", value: "2"), (key: "inner_lr", value: "0.01"),
      (key: "lambda", value: "0"),
    ]
    var two = try GradientStep.method("sdmgrad", taskCount: 2, settings)
    let found = GradientStep.answer(&two, step([1, 0, 0, 0])).shared
    #expect(GradientStep.agree(found, [0.4752, 0.5248], 1e-7))
  }

  @Test("mixes in the preference")
  func preference() throws {
    // A large step goes to the corner (1, 0); then (w + lambda a) / (1 + lambda).
    let settings = [
      (key: "inner_iterations", value: "1"), (key: "inner_lr", value: "1e6"),
      (key: "lambda", value: "1"), (key: "preference", value: "[0.25, 0.75]"),
    ]
    var method = try GradientStep.method("sdmgrad", taskCount: 2, settings)
    let result = GradientStep.answer(&method, step([0, 0, 0, 1]))
    #expect(GradientStep.agree(result.shared, [0.625, 0.375]))
    #expect(method.state[0].values == [1, 0])
  }
}
