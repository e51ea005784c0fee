import Testing

@testable import Weighting

@Suite("FAMO")
struct FAMOTests {
  @Test("starts at weights in proportion to the inverse losses")
  func weights() throws {
    // epsilon 0: z = 1/2, c = (1/1 + 1/3) / 2 = 2/3, w = (3/4, 1/4);
    // F = (z / c) ln 3 = 3/4 ln 3 = 0.8239592165010823.
    var run = try LossStep("famo", "eps: 0")
    let result = run.weigh([1, 3])
    #expect(agree(result.shared, [0.75, 0.25]))
    #expect(agree(result.heads, [0.75, 0.25]))
    #expect(agree([result.objective], [0.823_959_216_501_082_3]))
    #expect(run.method.rule.sumFactor == 2)
    #expect(run.method.rule.needs == .lossesAfterStep)
  }

  @Test("lowers the logit of the task that fell more")
  func logits() throws {
    // Task 0 halves, task 1 stays: delta = (ln 2, 0), q = (1/4, -1/4) ln 2. Adam's first step is
    // the rate against the sign of q, up to epsilon.
    var run = try LossStep("famo", "eps: 0\nlearning_rate: 0.1")
    _ = run.weigh([2, 3])
    run.method.rule.observe(lossesAfter: [1, 3])
    #expect(agree(run.state("logits"), [-0.1, 0.1], 1e-6))
  }

  @Test("weight decay pulls the logits back")
  func decay() throws {
    // Equal falls: q = 0 and the gradient is gamma xi alone.
    var run = try LossStep("famo", "weight_decay: 0.5\nlearning_rate: 0.1")
    run.method.rule.restore(["logits": [0.4, -0.4]])
    _ = run.weigh([2, 2])
    run.method.rule.observe(lossesAfter: [1, 1])
    #expect(agree(run.state("logits"), [0.3, -0.3], 1e-6))
  }

  @Test("equal losses that fall equally keep equal weights; one task has weight 1")
  func edges() throws {
    var run = try LossStep("famo")
    for step in 1...5 {
      #expect(run.weigh([3 / Double(step), 3 / Double(step)]).shared == [0.5, 0.5])
      run.method.rule.observe(lossesAfter: [3 / Double(step + 1), 3 / Double(step + 1)])
    }
    var single = try LossStep("famo", taskCount: 1)
    #expect(single.weigh([5]).shared == [1])
  }

  @Test("refuses a loss at its lower bound, and ignores unusable losses after the step")
  func refusals() throws {
    var run = try LossStep("famo", "lower_bound: [0, 2]")
    #expect(run.weigh([1, 2]).refusal == .init(task: 1, reason: .nonPositiveLoss))
    _ = run.weigh([1, 3])
    run.method.rule.observe(lossesAfter: [.nan, 3])
    run.method.rule.observe(lossesAfter: [1, 1])
    #expect(run.state("logits") == [0, 0])
  }
}
