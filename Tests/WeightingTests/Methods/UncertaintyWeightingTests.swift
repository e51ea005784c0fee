import Testing

@testable import Weighting

@Suite("Uncertainty weighting")
struct UncertaintyWeightingTests {
  @Test("starts at weights of 1/2 and descends along 1/2 - l/2")
  func firstSteps() throws {
    // s = 0: w = 1/2, F = (3 + 1) / 2 = 2; ds = (1/2 - 3/2, 1/2 - 1/2) = (-1, 0).
    // At rate 0.1: s = (0.1, 0), w0 = exp(-0.1) / 2 = 0.4524187090179798.
    var run = try LossStep("uw")
    let first = run.weigh([3, 1], rate: 0.1)
    #expect(first.shared == [0.5, 0.5])
    #expect(first.heads == [0.5, 0.5])
    #expect(first.objective == 2)
    #expect(agree(run.state("log_variance"), [0.1, 0]))
    #expect(agree(run.weigh([3, 1]).shared, [0.452_418_709_017_979_8, 0.5]))
  }

  @Test("by_task counts classifications twice, or takes the factors given")
  func byTask() throws {
    var kinds = try LossStep("uw", "form: by_task") { context in
      context.taskKinds = [.multiclass, .regression]
    }
    #expect(kinds.weigh([3, 1]).shared == [1, 0.5])
    var binary = try LossStep("uw", "form: by_task") { context in
      context.taskKinds = [.regression, .binary]
    }
    #expect(binary.weigh([3, 1]).shared == [0.5, 1])
    var given = try LossStep("uw", "form: by_task\nfactor: [0.25, 3]")
    #expect(given.weigh([3, 1]).shared == [0.25, 3])
  }

  @Test("a learning rate of its own replaces the network's")
  func ownRate() throws {
    var run = try LossStep("uw", "learning_rate: 0.025\ninit: 0")
    _ = run.weigh([3, 1], rate: 100)
    #expect(agree(run.state("log_variance"), [0.025, 0]))
  }

  @Test("shares the network's Adam: the first move is the learning rate")
  func adam() throws {
    // |g| = 1 against epsilon 1e-8: the move is rate / (1 + 1e-8).
    var run = try LossStep("uw") { $0.optimizer = .init(kind: .adam) }
    _ = run.weigh([3, 0], rate: 0.001)
    #expect(agree(run.state("log_variance"), [0.001, -0.001], 3e-8))
  }

  @Test("rests where the weight is half the inverse loss")
  func stationary() throws {
    var run = try LossStep("uw", "init: -0.5")
    for _ in 0..<2000 { _ = run.weigh([4, 0.25], rate: 0.1) }
    #expect(agree(run.weigh([4, 0.25]).shared, [0.125, 2], 1e-12))
  }

  @Test("a loss of 0 is kept in bounds by clamp only")
  func clamp() throws {
    var bounded = try LossStep("uw", "clamp: true")
    var free = try LossStep("uw")
    for _ in 0..<50 {
      _ = bounded.weigh([0, 1])
      _ = free.weigh([0, 1])
    }
    #expect(bounded.state("log_variance")[0] == -20)
    #expect(free.state("log_variance")[0] == -25)
  }

  @Test("refuses a negative loss and keeps its state")
  func negative() throws {
    var run = try LossStep("uw")
    let result = run.weigh([2, -1e-9])
    #expect(result.refusal == StepWeights.Refusal(task: 1, reason: .nonPositiveLoss))
    #expect(run.state("log_variance") == [0, 0])
  }

  @Test("refuses settings with whole messages")
  func refusals() {
    #expect(
      LossStep.refusal("uw", "form: haf")
        == "suite.yaml:1:7: form: expected one of half, by_task, found 'haf'; "
        + "did you mean 'half'?"
    )
    #expect(
      LossStep.refusal("uw", "init: 21")
        == "suite.yaml:1:7: init: expected a number from -20 to 20, found '21'"
    )
    #expect(
      LossStep.refusal("uw", "factor: [1, 1]")
        == "suite.yaml:1:1: unknown key 'factor'; "
        + "known keys: form, init, learning_rate, clamp, scale, heads"
    )
  }
}
