import Testing

@testable import Weighting

@Suite("Optimal uncertainty weighting, hard and soft")
struct OptimalUncertaintyTests {
  @Test("the hard form weighs by the inverse loss, so that F is K")
  func hard() throws {
    var run = try LossStep("uw_o")
    let result = run.weigh([4, 0.25])
    #expect(result.shared == [0.25, 4])
    #expect(result.objective == 2)
  }

  @Test("the hard form has the weights of the sum of log losses")
  func equalsScaleInvariantLoss() throws {
    var optimal = try LossStep("uw_o", taskCount: 3)
    var logarithmic = try LossStep("si", taskCount: 3)
    for losses in [[3, 0.1, 7], [1e-8, 1e8, 1], [0.3, 0.3, 0.3]] {
      #expect(optimal.weigh(losses).shared == logarithmic.weigh(losses).shared)
    }
  }

  @Test("the soft form is the softmax of the inverse losses over the temperature")
  func soft() throws {
    // l = (1, 1/3), T = 2: x = (0.5, 1.5); w1 / w0 = e; w0 = 1 / (1 + e).
    var run = try LossStep("uw_so", "temperature: 2")
    #expect(
      agree(run.weigh([1, 1 / 3.0]).shared, [0.268_941_421_369_995_1, 0.731_058_578_630_004_9])
    )
    #expect(run.method.rule.sumFactor == 2)
  }

  @Test("the soft form stays finite where one loss is tiny")
  func tiny() throws {
    var run = try LossStep("uw_so", "temperature: 1e-6")
    #expect(run.weigh([1e-300, 1]).shared == [1, 0])
    #expect(run.weigh([1, 1]).shared == [0.5, 0.5])
  }

  @Test("a loss below 1e-12 is raised by 1e-8")
  func raised() throws {
    var run = try LossStep("uw_o")
    #expect(agree(run.weigh([1e-13, 1e-12]).shared, [1 / (1e-13 + 1e-8), 1e12]))
  }

  @Test("losses that are not above 0 are refused", arguments: ["uw_o", "uw_so"], [0, -1.0])
  func refusals(_ name: String, _ loss: Double) throws {
    var run = try LossStep(name)
    let expected = StepWeights.Refusal(task: 1, reason: .nonPositiveLoss)
    #expect(run.weigh([1, loss]).refusal == expected)
  }
}
