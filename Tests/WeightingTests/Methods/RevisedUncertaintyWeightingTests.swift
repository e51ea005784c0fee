import Testing

@testable import Weighting

@Suite("Revised uncertainty weighting")
struct RevisedUncertaintyWeightingTests {
  @Test("weighs by 1 / (2 c^2) and descends along -l / c^3 + 2 c / (1 + c^2)")
  func values() throws {
    // c = 2: w = 1/8, F = 8 / 8 + ln 5 = 2.6094379124341003 for each of two equal losses;
    // dF/dc = -8/8 + 4/5 = -1/5, so c = 2.2 at rate 1.
    var run = try LossStep("ruw", "init: 2")
    let result = run.weigh([8, 8])
    #expect(result.shared == [0.125, 0.125])
    #expect(agree([result.objective], [5.218_875_824_868_201]))
    #expect(agree(run.state("sigma"), [2.2, 2.2]))
  }

  @Test("starts at 1/2 per task")
  func start() throws {
    var run = try LossStep("ruw")
    #expect(run.weigh([3, 1]).shared == [0.5, 0.5])
  }

  @Test("keeps |c| away from 0 and keeps its sign")
  func bound() throws {
    // dF/dc = 1 at c = 1, l = 0, so that c = 0.0005 or -0.0005 after the step.
    var positive = try LossStep("ruw", "learning_rate: 0.9995")
    _ = positive.weigh([0, 0])
    #expect(positive.state("sigma") == [0.001, 0.001])
    var negative = try LossStep("ruw", "learning_rate: 1.0005")
    _ = negative.weigh([0, 0])
    #expect(negative.state("sigma") == [-0.001, -0.001])
  }

  @Test("refuses a negative loss")
  func negative() throws {
    var run = try LossStep("ruw")
    #expect(run.weigh([-1, 1]).refusal?.task == 0)
  }
}
