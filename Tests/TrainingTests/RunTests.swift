import Kernels
import Problems
import Settings
import Statistics
import Testing
import Weighting

@testable import Training

@Suite("Runs")
struct RunTests {
  @Test("a run is a function of its spec", arguments: WeightingRegistry.ownNames)
  func repeatable(_ method: String) throws {
    let run = SampleRun(method: methodTable(method))
    let first = try run.run()
    #expect(first.status == .finished)
    #expect(first.stepCount == 40)
    #expect(first.losses(.validation).allSatisfy { $0.isFinite })
    #expect(try run.run().untimed == first.untimed)
  }

  @Test(
    "instruction sets with a fused multiply-add give the same bits",
    arguments: WeightingRegistry.ownNames
  )
  func sameBits(_ method: String) throws {
    let run = SampleRun(method: methodTable(method))
    let outcomes = try fusedSets.map { try run.run(kernels: KernelTable($0)).untimed }
    #expect(Set(outcomes).count == 1)
  }

  @Test("a run tells the mean over its steps of the sum of the weights")
  func meanWeightSum() throws {
    #expect(try SampleRun().run().meanWeightSum == 3)
    #expect(
      try SampleRun(method: "{name: equal, scale: native, reduction: mean}").run().meanWeightSum
        .map { abs($0 - 1) < 1e-12 } == true
    )
    for method in ["graddrop", "moco", "db_mtl", "gradvac, grouping: layer"] {
      #expect(try SampleRun(method: "{name: \(method)}").run().meanWeightSum == nil)
    }
    // uw starts at a sum of 3/2 and raises it while losses fall; a fixed sum does not.
    let free = try #require(try SampleRun(method: "name: uw").run().meanWeightSum)
    #expect(free > 1.5 && free < 3)
    let fixed = try #require(
      try SampleRun(method: "{name: uw, scale: fixed_sum}").run().meanWeightSum
    )
    #expect(abs(fixed - 3) < 1e-12)
  }

  @Test("recorded weights of a tracked direction are those of its mixture")
  func directionWeights() throws {
    // MoCo's weights sum to 1 times K.
    let outcome = try SampleRun(method: "name: moco", training: ["diagnostics": "1"]).run()
    #expect(abs(outcome.taskSteps.reduce(0) { $0 + $1.weight } - 3) < 1e-9)
  }

  @Test("diagnostics change nothing of the training", arguments: WeightingRegistry.ownNames)
  func diagnostics(_ method: String) throws {
    var run = SampleRun(method: methodTable(method))
    let without = try run.run()
    run.training["diagnostics"] = "7"
    let with = try run.run()
    #expect(with.parameterHash == without.parameterHash)
    #expect(with.evaluations == without.evaluations)
    #expect(with.metrics == without.metrics)
    #expect(with.cost == without.cost)
    #expect(without.taskSteps.isEmpty && without.pairSteps.isEmpty)
    #expect(with.taskSteps.map { $0.step } == [0, 6, 12, 18, 23, 29, 35].flatMap { [$0, $0, $0] })
    #expect(with.taskSteps.allSatisfy { $0.gradientNorm > 0 })
    #expect(with.pairSteps.count == 21)
    #expect(with.pairSteps.allSatisfy { abs($0.cosine) <= 1 })
  }

  @Test("a run that may not read the test part trains alike and has no metric of it")
  func withoutTest() throws {
    let whole = try SampleRun().run()
    let blind = try SampleRun(training: ["test": "false"]).run()
    #expect(blind.parameterHash == whole.parameterHash)
    #expect(blind.metrics == whole.metrics.filter { $0.part == .validation })
    #expect(whole.metrics.contains { $0.part == .test })
  }

  @Test("seeds, methods and settings change the parameters")
  func distinct() throws {
    let runs = [
      SampleRun(), SampleRun(seed: 2), SampleRun(method: "name: pcgrad"),
      SampleRun(training: ["learning_rate": "0.02"]), SampleRun(tasks: [0, 1]),
      SampleRun(network: "{trunk: [8, 7], activation: tanh}"),
    ]
    #expect(Set(try runs.map { try $0.run().parameterHash }).count == runs.count)
  }

  @Test("all methods see the same batches: fixed weights of one are equal weights to the bit")
  func sameBatches() throws {
    let fixed = try SampleRun(method: "{name: static, weights: [1, 1, 1]}").run()
    #expect(fixed.parameterHash == (try SampleRun().run()).parameterHash)
  }

  @Test("a task trained alone starts where it starts beside others", arguments: [0, 1, 2])
  func singleTask(_ task: Int) throws {
    let together = try SampleRun().run().evaluations.filter { $0.step == 0 && $0.task == task }
    let alone = try SampleRun(tasks: [task]).run().evaluations.filter { $0.step == 0 }
    #expect(alone == together)
  }

  @Test("training lowers every task's loss")
  func learning() throws {
    let outcome = try SampleRun(training: ["steps": "300"]).run()
    let losses = outcome.losses(.validation)
    for task in 0..<3 { #expect(losses[losses.count - 3 + task] < 0.6 * losses[task]) }
  }

  /// A run over all tasks that overfits, so that the rules choose different evaluations.
  private func overfitted(_ rule: CheckpointRule, tasks: [Int] = [0, 1, 2]) throws -> RunOutcome {
    let training = [
      "checkpoint": rule.rawValue, "evaluations": "20", "steps": "400", "batch": "8",
    ]
    let data = sampleData(rowCount: 24, noise: 1)
    return try SampleRun(training: training, tasks: tasks).run(on: data)
  }

  /// Validation losses of each evaluation, by step, in the tasks' order.
  private func losses(_ outcome: RunOutcome) -> [(step: Int, losses: [Double])] {
    let all = outcome.evaluations.filter { $0.part == .validation }
    return Set(all.map { $0.step }).sorted().map { step in
      (step, all.filter { $0.step == step }.map { $0.loss })
    }
  }

  @Test(
    "reports the evaluation that its checkpoint rule prefers",
    arguments: CheckpointRule.allCases
  )
  func checkpoint(_ rule: CheckpointRule) throws {
    let outcome = try overfitted(rule)
    let all = losses(outcome)
    let sums = all.map { $0.losses.map { Portable.log($0) }.reduce(0, +) }
    let ratios = all.map { zip($0.losses, all[0].losses).map { $0 / $1 }.reduce(0, +) }
    let expected =
      switch rule {
      case .best: sums.indices.min { sums[$0] < sums[$1] }
      case .relative: ratios.indices.min { ratios[$0] < ratios[$1] }
      case .last: all.indices.last
      }
    let position = try #require(expected)
    #expect(outcome.checkpointStep == all[position].step)
    #expect(abs(outcome.checkpointScore - sums[position] / 3) < 1e-12)
    // Overfitting 24 rows of noise raises the losses again, or this would test nothing.
    #expect(rule == .last || (outcome.checkpointStep > 0 && outcome.checkpointStep < 400))
  }

  @Test("the best checkpoint of one task is that task's lowest loss, whose parameters it measures")
  func bestCheckpoint() throws {
    let best = try overfitted(.best, tasks: [0])
    let lowest = try #require(
      best.evaluations.filter { $0.part == .validation }.min { $0.loss < $1.loss }
    )
    #expect(best.checkpointStep == lowest.step)
    let metric = try #require(best.metrics.first { $0.part == .validation && $0.name == "loss" })
    // The metric is summed in double, the loss in float over at most a few hundred terms.
    #expect(abs(metric.value - lowest.loss) < 1e-5 * lowest.loss)
    let last = try overfitted(.last, tasks: [0])
    #expect(last.checkpointStep == 400)
    #expect(last.evaluations == best.evaluations)
    #expect(last.parameterHash != best.parameterHash)
  }

  @Test("tells the test metrics at the checkpoint of every other rule")
  func neighbours() throws {
    let outcomes = try CheckpointRule.allCases.map { try overfitted($0) }
    for (rule, outcome) in zip(CheckpointRule.allCases, outcomes) {
      #expect(!outcome.checkpointMetrics.contains { $0.rule == rule })
      for (other, told) in zip(CheckpointRule.allCases, outcomes) where other != rule {
        let own = outcome.checkpointMetrics.filter { $0.rule == other }
        #expect(own.map { $0.value } == told.metrics.filter { $0.part == .test }.map { $0.value })
        #expect(own.allSatisfy { $0.step == told.checkpointStep })
      }
    }
    let tuning = try SampleRun(training: ["test": "false", "steps": "10"]).run()
    #expect(tuning.checkpointMetrics.isEmpty)
  }

  @Test("a loss that grows without bounds is an outcome")
  func divergence() throws {
    let training = ["optimizer": "sgd", "learning_rate": "100", "steps": "200"]
    let outcome = try SampleRun(training: training, tasks: [0]).run()
    #expect(outcome.status == .diverged(reason: "loss of task 'number' is not finite"))
    #expect(outcome.stepCount < 200)
    #expect(outcome.metrics.isEmpty)
  }

  @Test("the cosine schedule falls from the rate to nearly zero by half a period")
  func cosine() throws {
    let training = ["schedule": "cosine", "learning_rate": "0.5", "steps": "1000"]
    let run = try Run(SampleRun(training: training).spec(), data: sampleData(), kernels: .best)
    let rates = [0, 250, 500, 999].map { run.learningRate(at: $0) }
    // 0.25 (1 + cos(pi t / 1000)) by hand; the last is 0.25 (pi / 1000)^2 / 2.
    let expected = [0.5, 0.25 * (1 + 0.5.squareRoot()), 0.25, 1.2337e-6]
    for (rate, value) in zip(rates, expected) { #expect(abs(rate - value) < 1e-9) }
    let constant = try Run(SampleRun().spec(), data: sampleData(), kernels: .best)
    #expect(constant.learningRate(at: 39) == 0.01)
  }

  @Test("a cancelled run has no outcome")
  func cancelled() throws {
    let run = try Run(SampleRun().spec(), data: sampleData(), kernels: .best)
    #expect(run.train(isCancelled: { true }) == nil)
  }
}
