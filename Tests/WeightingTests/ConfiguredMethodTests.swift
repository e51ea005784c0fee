import Testing

@testable import Weighting

@Suite("A method as a run uses it")
struct ConfiguredMethodTests {
  @Test("sum scale multiplies the weights, the heads and the objective of a loss weighting")
  func sumScale() throws {
    // alpha = (1/2, 2), K / sum(alpha) = 4/5: w = (0.4, 1.6), F = 0.4 * 5 + 1.6 * 10 = 18.
    var run = try LossStep("static", "weights: [0.5, 2]", scale: "sum")
    let result = run.weigh([5, 10])
    #expect(agree(result.shared, [0.4, 1.6]))
    #expect(agree(result.heads, [0.4, 1.6]))
    #expect(agree([result.objective], [18]))
    #expect(run.method.scaleFactor == 0.8)
  }

  @Test("a fixed sum rescales the weights at each step, with heads that are the weights")
  func fixedSum() throws {
    // 1 / l = (4, 1/2), K / sum = 4/9: w = (16/9, 2/9); F = ln(1/4) + ln 2 = -ln 2, times 4/9.
    var inverse = try LossStep("si", scale: "fixed_sum")
    let first = inverse.weigh([0.25, 2])
    #expect(agree(first.shared, [16.0 / 9, 2.0 / 9]))
    #expect(first.heads == first.shared)
    #expect(agree([first.objective], [-0.693_147_180_559_945_3 * 4 / 9]))
    // The next losses are a tenth, the weights the same.
    #expect(agree(inverse.weigh([0.025, 0.2]).shared, first.shared))
    var own = try LossStep("si", "heads: own", scale: "fixed_sum")
    #expect(own.weigh([0.25, 2]).heads == [1, 1])
    // PCGrad's (1.5, 2) of the heads' test, K / sum = 4/7; heads only follow when asked.
    for (settings, heads) in [("heads: native", [1, 1]), ("heads: weighted", [6.0 / 7, 8.0 / 7])] {
      let run = try LossStep("pcgrad", settings, scale: "fixed_sum")
      let result = answer(run, gramian: [4, -2, -2, 2])
      #expect(agree(result.shared, [6.0 / 7, 8.0 / 7]))
      #expect(agree(result.heads, heads))
    }
  }

  @Test("a fixed sum leaves no clip, and heads that are weights follow")
  func fixedSumOfClippedWeights() throws {
    // Orthogonal gradients of lengths 2 and 1: w = (1/2, 1), K / sum = 4/3.
    let run = try LossStep("nash_mtl", scale: "fixed_sum")
    let result = answer(run, gramian: [4, 0, 0, 1])
    #expect(agree(result.shared, [2.0 / 3, 4.0 / 3], 1e-12))
    #expect(result.heads == result.shared)
    #expect(result.sharedFactor == 1)
    #expect(agree([result.weightSum], [2], 1e-12))
  }

  @Test("weights without a positive sum stay as on the sum scale and flag the step")
  func fixedSumOfNothing() throws {
    var lambda = try LossStep("auto_lambda", "init: 0.1", scale: "fixed_sum")
    try #require(lambda.method.rule.state.first?.values == [0.1, 0.1])
    lambda.method.rule.restore(["lambda": [1, -3]])
    let result = lambda.weigh([1, 1], rate: 0, slopes: [1, 1])
    #expect(agree(result.shared, [1, -3], 1e-3))
    #expect(result.isPolicy)
    #expect(agree([result.weightSum], [-2], 1e-3))
  }

  @Test(
    "a method that answers a direction has no fixed sum",
    arguments: ["graddrop", "moco", "db_mtl"]
  )
  func fixedSumOfDirections(_ name: String) {
    #expect(
      LossStep.refusal(name, "scale: fixed_sum", addsScale: false)
        == "suite.yaml:1:8: scale: \(name) answers a direction, not weights that could be given a "
        + "fixed sum"
    )
  }

  /// What a method answers where the losses are 1.
  private func answer(_ run: LossStep, gramian: [Double]) -> StepWeights {
    var run = run
    var step = StepStatistics(taskCount: 2)
    step.losses = [1, 1]
    step.gramian = gramian
    var result = StepWeights(taskCount: 2)
    run.method.weigh(step, draws: &run.draws, into: &result)
    return result
  }

  @Test("heads are native, own or weighted")
  func heads() throws {
    var native = try LossStep("static", "weights: [0.5, 2]")
    #expect(native.weigh([1, 1]).heads == [0.5, 2])
    var own = try LossStep("static", "weights: [0.5, 2]\nheads: own", scale: "sum")
    #expect(own.weigh([1, 1]).heads == [1, 1])
    var weighted = try LossStep("pcgrad", "heads: weighted")
    #expect(weighted.weigh([1, 1]).heads == [1, 1])
    var step = StepStatistics(taskCount: 2)
    step.losses = [1, 1]
    step.gramian = [4, -2, -2, 2]
    var result = StepWeights(taskCount: 2)
    weighted.method.weigh(step, draws: &weighted.draws, into: &result)
    #expect(result.heads == [1.5, 2])
  }

  @Test("heads cannot be weighted where there are no task weights")
  func withoutTaskWeights() {
    #expect(
      LossStep.refusal("graddrop", "heads: weighted")
        == "suite.yaml:1:8: heads: graddrop has no task weights to weigh heads by"
    )
    #expect(
      LossStep.refusal("gradvac", "grouping: layer\nheads: weighted")
        == "suite.yaml:2:8: heads: gradvac has no task weights to weigh heads by"
    )
    #expect(LossStep.refusal("gradvac", "heads: weighted") == nil)
  }

  @Test("own heads of a gradient method are not scaled")
  func nativeHeadsOfGradientMethods() throws {
    // The least-norm mixture of lengths 1 and sqrt 3 is (3/4, 1/4).
    let run = try LossStep("mgda", scale: "sum")
    let result = answer(run, gramian: [1, 0, 0, 3])
    #expect(agree(result.shared, [1.5, 0.5]))
    #expect(result.heads == [1, 1])
  }

  @Test(
    "a loss that is not finite names its task and moves no state",
    arguments: [
      Double.nan, .infinity, -.infinity,
    ]
  )
  func nonFinite(_ loss: Double) throws {
    var run = try LossStep("uw")
    let result = run.weigh([1, loss])
    #expect(result.refusal == StepWeights.Refusal(task: 1, reason: .nonFinite))
    #expect(run.state("log_variance") == [0, 0])
  }

  @Test("a norm that is not finite refuses only methods that need norms")
  func nonFiniteNorms() throws {
    var gradNorm = try LossStep("gradnorm")
    let refused = gradNorm.weigh([1, 1], norms: [.nan, 1])
    #expect(refused.refusal == StepWeights.Refusal(task: 0, reason: .nonFinite))
    var uncertainty = try LossStep("uw")
    #expect(uncertainty.weigh([1, 1], norms: [.nan, 1]).refusal == nil)
  }

  @Test("a weight that is not finite refuses the step, and names its task")
  func nonFiniteWeight() throws {
    var reader = GradientStep.reader([])
    var method = try WeightingRegistry.make(
      "pcgrad",
      context: MethodContext(taskCount: 2, sharedCount: 1),
      settings: &reader
    )
    var step = StepStatistics(taskCount: 2)
    step.losses = [1, 1]
    // No Gramian of gradients: the product with a gradient of length 0 is 0.
    step.gramian = [1, -1e-30, -1e-30, 0]
    var draws = GradientStep.draws()
    var result = StepWeights(taskCount: 2)
    method.weigh(step, draws: &draws, into: &result)
    #expect(result.refusal == StepWeights.Refusal(task: 1, reason: .nonFiniteWeight))
    #expect("\(StepWeights.Refusal.Reason.nonFiniteWeight)" == "weight not finite in 32 bits")
  }

  @Test("an infinite entry of the Jacobian names its row", arguments: [0, 7, 9])
  func nonFiniteJacobian(_ column: Int) {
    var step = StepStatistics(taskCount: 3)
    step.jacobian = .allocate(capacity: 30)
    defer { step.jacobian.deallocate() }
    step.jacobian.initialize(repeating: 1e300)
    #expect(step.nonFiniteTask(needs: .jacobian) == nil)
    step.jacobian[20 + column] = -.infinity
    #expect(step.nonFiniteTask(needs: .jacobian)?.task == 2)
    #expect(step.nonFiniteTask(needs: .gramian) == nil)
  }

  @Test("what the last step left in the result is forgotten")
  func reset() throws {
    var run = try LossStep("equal")
    var result = StepWeights(taskCount: 2)
    result.update = .direction
    result.sharedFactor = 7
    result.isPolicy = true
    result.refusal = StepWeights.Refusal(task: 1, reason: .nonFinite)
    var step = StepStatistics(taskCount: 2)
    step.losses = [1, 2]
    run.method.weigh(step, draws: &run.draws, into: &result)
    #expect(result.sharedFactor == 1 && !result.isPolicy && result.refusal == nil)
    #expect(result.objective == 3)
    if case .combination = result.update {} else { Issue.record("\(result.update)") }
  }
}
