internal import Problems
internal import Statistics
internal import Store
internal import Training

/// Chooses learning rates from tuning runs, by validation results alone.
struct TuningResults {
  private struct Trial: Hashable {
    let contender: Plan.Contender
    let learningRate: Double
    let seed: UInt64
  }

  private let plan: Plan
  /// How each tuning run came out; runs that are not stored are left out.
  private let outcomes: [Trial: RunOutcomeSummary]

  /// - Parameters:
  ///   - plan: What the jobs are of.
  ///   - jobs: Tuning jobs, those of the single-task networks among them.
  ///   - outcomes: How runs came out, by identity.
  init(_ plan: Plan, jobs: [Job], _ outcomes: [String: RunOutcomeSummary]) {
    self.plan = plan
    var byTrial: [Trial: RunOutcomeSummary] = [:]
    for job in jobs {
      let trial = Trial(
        contender: job.contender,
        learningRate: job.learningRate,
        seed: job.spec.seed
      )
      byTrial[trial] = outcomes[job.identity]
    }
    self.outcomes = byTrial
  }

  /// The choice for the single-task network of one task: the rate with the best mean of the task's
  /// primary metric on the validation part.
  func chooseSingleTask(_ contender: Plan.Contender) -> LearningRateChoice {
    let task = contender.taskIndex ?? 0
    let metric = plan.suite.problems[contender.problem].tasks[task].metrics[0]
    let sign = metric.direction == .lowerIsBetter ? 1.0 : -1.0
    return choose { rate, seed in
      value(contender, task, metric.rawValue, rate, seed).map { sign * $0 }
    }
  }

  /// The choice for a method: the rate with the lowest mean validation Δm against the single-task
  /// networks at their chosen rates and the same seeds.
  func choose(_ contender: Plan.Contender, singleTaskRates: [Double]) -> LearningRateChoice {
    choose { rate, seed in
      deltaM(contender, singleTaskRates: singleTaskRates, rate, seed)
    }
  }

  private func choose(
    _ criterion: (_ rate: Double, _ seed: UInt64) -> Double?
  ) -> LearningRateChoice {
    let rates = plan.suite.tuning.learningRates
    let values = rates.map { rate in
      plan.suite.tuning.seeds.map { criterion(rate, $0) ?? .nan as Double? }
    }
    return LearningRateChoice(rates: rates, drops: values)
  }

  private func deltaM(
    _ contender: Plan.Contender,
    singleTaskRates: [Double],
    _ rate: Double,
    _ seed: UInt64
  ) -> Double? {
    let problem = plan.suite.problems[contender.problem]
    var tasks: [[DeltaM.Metric]] = []
    for (index, task) in problem.tasks.enumerated() {
      let single = Plan.Contender(
        problem: contender.problem,
        method: SuiteMethod.singleTaskLabel,
        taskIndex: index
      )
      var metrics: [DeltaM.Metric] = []
      for metric in task.deltaMetrics {
        let name = metric.rawValue
        guard let found = value(contender, index, name, rate, seed),
          let base = value(single, index, name, singleTaskRates[index], seed)
        else { return nil }
        metrics.append(
          DeltaM.Metric(
            value: found,
            base: base,
            higherIsBetter: metric.direction == .higherIsBetter
          )
        )
      }
      tasks.append(metrics)
    }
    return DeltaM(tasks).drop
  }

  private func value(
    _ contender: Plan.Contender,
    _ task: Int,
    _ metric: String,
    _ rate: Double,
    _ seed: UInt64
  ) -> Double? {
    let trial = Trial(contender: contender, learningRate: rate, seed: seed)
    guard let outcome = outcomes[trial], outcome.status == "finished" else { return nil }
    let found = outcome.metrics.first {
      $0.task == task && $0.metric == metric && $0.part == SplitPart.validation.rawValue
    }
    return found?.value
  }

  /// Tuning runs of a contender that did not finish.
  func failedTrials(_ contender: Plan.Contender) -> Int {
    plan.suite.tuning.seeds.reduce(0) { count, seed in
      count
        + plan.suite.tuning.learningRates.count { rate in
          let trial = Trial(contender: contender, learningRate: rate, seed: seed)
          return outcomes[trial]?.status != "finished"
        }
    }
  }
}
