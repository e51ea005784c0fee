import Testing

@testable import Weighting

@Suite("The scale control")
struct ScaleOnlyTests {
  @Test("all tasks have the inverse of the mean loss for their weight, and so have the heads")
  func values() throws {
    // K / sum = 2 / (1 + 7) = 1/4; F = (1 + 7) / 4 = 2 = K.
    var run = try LossStep("scale_only")
    let result = run.weigh([1, 7])
    #expect(result.shared == [0.25, 0.25])
    #expect(result.heads == [0.25, 0.25])
    #expect(result.objective == 2)
    #expect(!result.isPolicy)
    #expect(run.method.rule.sumFactor == 1)
    #expect(run.method.rule.family == .control)
  }

  @Test("has the mean weight of si where the losses are equal, and its direction")
  func likeScaleInvariantLoss() throws {
    var control = try LossStep("scale_only", taskCount: 3)
    var inverse = try LossStep("si", taskCount: 3)
    #expect(control.weigh([0.5, 0.5, 0.5]).shared == inverse.weigh([0.5, 0.5, 0.5]).shared)
  }

  @Test("is equal weighting with a fixed sum")
  func fixedSum() throws {
    var run = try LossStep("scale_only", scale: "fixed_sum")
    let result = run.weigh([0.125, 0.375])
    #expect(result.shared == [1, 1] && result.heads == [1, 1])
    #expect(result.objective == 0.5)
  }

  @Test("losses of 0 leave the weights at 1 and flag the step; a negative one is refused")
  func edges() throws {
    var run = try LossStep("scale_only")
    let zero = run.weigh([0, 0])
    #expect(zero.shared == [1, 1] && zero.isPolicy)
    #expect(run.weigh([1, -0.5]).refusal == .init(task: 1, reason: .nonPositiveLoss))
  }
}
