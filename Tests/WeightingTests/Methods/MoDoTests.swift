import Testing

@testable import Weighting

@Suite("MoDo")
struct MoDoTests {
  private func step(_ product: [Double]) -> StepStatistics {
    var step = StepStatistics(taskCount: 2)
    step.crossGramian = product
    return step
  }

  @Test("moves the weights against the product of two batches")
  func twoSteps() throws {
    // A w = (1/2, 3/2): (0.45, 0.35) projects to (0.55, 0.45); the same rho for all changes nothing.
    var method = try GradientStep.method("modo", taskCount: 2)
    #expect(method.needs == .crossGramian(headBatchFactors: [0, 0, 1]))
    let first = GradientStep.answer(&method, step([1, 0, 0, 3]))
    #expect(GradientStep.agree(first.shared, [0.55, 0.45]))
    #expect(first.heads == [1, 1])
    #expect(method.sumFactor == 2)
    // w - 0.1 (A w + 0.1 w) = (0.4895, 0.3105), 0.1 more each.
    let second = GradientStep.answer(&method, step([1, 0, 0, 3]))
    #expect(GradientStep.agree(second.shared, [0.5895, 0.4105]))
  }

  @Test("reads the product row by row, for it is not symmetric")
  func asymmetric() throws {
    var method = try GradientStep.method("modo", taskCount: 2, [("rho", "0"), ("gamma", "0.2")])
    // A w = (1/2, 0): (0.4, 0.5) projects to (0.45, 0.55).
    let found = GradientStep.answer(&method, step([0, 1, 0, 0])).shared
    #expect(GradientStep.agree(found, [0.45, 0.55]))
  }

  @Test("may reach a corner")
  func corner() throws {
    var method = try GradientStep.method("modo", taskCount: 2, [("gamma", "1e6")])
    #expect(GradientStep.answer(&method, step([1, 0, 0, 3])).shared == [1, 0])
  }

  @Test("heads train on the third batch, or on all", arguments: ["modo", "sdmgrad"])
  func heads(_ name: String) throws {
    #expect(try GradientStep.method(name, taskCount: 2).needs.headBatchFactors == [0, 0, 1])
    let mean = try GradientStep.method(name, taskCount: 2, [("head_batches", "mean")])
    #expect(mean.needs.headBatchFactors == Array(repeating: 1.0 / 3, count: 3))
    let sum = try GradientStep.method(name, taskCount: 2, [("head_batches", "sum")])
    #expect(sum.needs.headBatchFactors == [1, 1, 1])
  }
}
