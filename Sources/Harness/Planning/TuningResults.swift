internal import Problems
internal import Statistics
internal import Store

/// Chooses learning rates from tuning runs, by validation results alone.
struct TuningResults {
  private let plan: Plan
  /// How each tuning run came out, by identity.
  private let outcomes: [String: RunOutcomeSummary]

  init(_ plan: Plan, _ outcomes: [String: RunOutcomeSummary]) {
    self.plan = plan
    self.outcomes = outcomes
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
    let identity = plan.job(contender, .tuning, rate, seed).identity
    guard let outcome = outcomes[identity], outcome.status == "finished" else { return nil }
    let found = outcome.metrics.first {
      $0.task == task && $0.metric == metric && $0.part == SplitPart.validation.rawValue
    }
    return found?.value
  }

  /// Tuning runs of a contender that did not finish.
  func failedTrials(_ contender: Plan.Contender) -> Int {
    plan.tuningJobs([contender]).count { outcomes[$0.identity]?.status != "finished" }
  }
}
