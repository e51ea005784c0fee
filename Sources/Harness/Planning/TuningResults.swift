internal import Problems
internal import Statistics
internal import Store
internal import Training

/// What tuning runs came to, as the numbers that choices are made by: validation results alone.
struct TuningResults {
  /// One run of a candidate.
  struct Trial: Hashable {
    let contender: Plan.Contender
    let candidate: Int
    let seed: UInt64
  }

  /// What one trial says of its candidate.
  enum Result: Hashable {
    case value(Double)
    /// The run failed, or what it measured is not finite: the candidate is out.
    case failed
    /// The run was not made, or its problem has no data at the seed: the seed is left out.
    case missing
  }

  private let plan: Plan
  private var identities: [Trial: String] = [:]
  private var outcomes: [String: EvaluationRun] = [:]
  /// The chosen candidate of every single-task network.
  private var bases: [Plan.Contender: Int] = [:]
  /// Median over the candidates of a single-task network of the mean of each metric in Δm.
  private var references: [Plan.Contender: [Double]] = [:]

  init(_ plan: Plan) {
    self.plan = plan
  }

  /// Takes in how some tuning runs came out; those that are not stored are left out.
  mutating func take(_ jobs: [Job], _ found: [String: EvaluationRun]) {
    for job in jobs {
      let trial = Trial(contender: job.contender, candidate: job.candidate, seed: job.spec.seed)
      identities[trial] = job.identity
    }
    outcomes.merge(found) { _, new in new }
  }

  /// Whether a trial was asked for before.
  func has(_ trial: Trial) -> Bool { identities[trial] != nil }

  /// The run of a trial; nil where it was not asked for.
  func identity(_ contender: Plan.Contender, candidate: Int, seed: UInt64) -> String? {
    identities[Trial(contender: contender, candidate: candidate, seed: seed)]
  }

  /// Says which candidate of a single-task network the methods are held against.
  mutating func setBase(_ contender: Plan.Contender, candidate: Int) {
    bases[contender] = candidate
  }

  /// Runs that were asked for, and those of them that did not finish.
  func trialCounts(_ contender: Plan.Contender) -> (all: Int, failed: Int) {
    let own = identities.filter { $0.key.contender == contender }
    return (own.count, own.count { outcomes[$0.value]?.end.status != .finished })
  }

  /// What the methods of a problem are chosen by: its utility, as far as bases are defined.
  func criterion(of problem: Int) -> TuningCriterion {
    var values: [Double] = []
    for contender in plan.singleTasks(of: problem) {
      guard bases[contender] != nil else { return .logLoss }
      for metric in deltaMetrics(contender) { values += baseValues(metric, contender) }
    }
    if values.allSatisfy({ $0.isFinite && $0 != 0 }) { return .deltaM }
    return values.contains { $0.isFinite } ? .meanBase : .logLoss
  }

  /// A metric of the chosen single-task network at the tuning seeds that it has a run at; nan where it is
  /// undefined.
  private func baseValues(_ metric: MetricKind, _ single: Plan.Contender) -> [Double] {
    guard let candidate = bases[single] else { return [] }
    return plan.suite.tuning.seeds.compactMap { outcome(single, candidate, $0) }
      .map { value(metric, of: single, in: $0) ?? .nan }
  }

  /// What one trial of a method says of a utility.
  func result(
    _ contender: Plan.Contender,
    candidate: Int,
    seed: UInt64,
    _ utility: Utility,
    _ criterion: TuningCriterion
  ) -> Result {
    guard let outcome = outcome(contender, candidate, seed) else { return .missing }
    guard outcome.end.status == .finished else { return .failed }
    let value =
      switch criterion {
      case .deltaM: gain(outcome, contender, seed, utility)
      case .meanBase: gainOnMeanBase(outcome, contender, seed, utility)
      case .logLoss: outcome.end.checkpointScore
      }
    return value.map { $0.isFinite ? .value($0) : .failed } ?? .missing
  }

  /// What one trial of a single-task network says.
  ///
  /// It is the mean over its metrics in Δm of the change against the median candidate, in percent,
  /// which is the measure of the methods with another base. Where a median is 0 there is no such change, and the logarithm of its validation loss decides.
  mutating func singleTaskResult(
    _ contender: Plan.Contender,
    candidate: Int,
    seed: UInt64,
    of candidateCount: Int
  ) -> Result {
    guard let outcome = outcome(contender, candidate, seed) else { return .missing }
    guard outcome.end.status == .finished else { return .failed }
    let metrics = deltaMetrics(contender)
    let medians = reference(contender, candidateCount: candidateCount)
    guard medians.allSatisfy({ $0.isFinite && $0 != 0 }) else {
      return outcome.end.checkpointScore.map { $0.isFinite ? .value($0) : .failed } ?? .failed
    }
    let changes = zip(metrics, medians).map { metric, median in
      DeltaM.Metric(
        value: value(metric, of: contender, in: outcome) ?? .nan,
        base: median,
        higherIsBetter: metric.direction == .higherIsBetter
      )
    }
    let drop = DeltaM([changes]).drop
    return drop.isFinite ? .value(drop) : .failed
  }

  private mutating func reference(
    _ contender: Plan.Contender,
    candidateCount: Int
  ) -> [Double] {
    if let found = references[contender] { return found }
    let seeds = plan.suite.tuning.seeds.prefix(plan.suite.tuning.rungs[0])
    let medians = deltaMetrics(contender).map { metric -> Double in
      let means = (0..<candidateCount).compactMap { candidate -> Double? in
        let found = seeds.compactMap { seed -> Double? in
          guard let outcome = outcome(contender, candidate, seed), outcome.end.status == .finished
          else { return nil }
          return value(metric, of: contender, in: outcome)
        }
        let mean = CompensatedSum.mean(found)
        return mean.isFinite ? mean : nil
      }
      return means.isEmpty ? .nan : SampleQuantile.median(means)
    }
    references[contender] = medians
    return medians
  }

  private func gain(
    _ outcome: EvaluationRun,
    _ contender: Plan.Contender,
    _ seed: UInt64,
    _ utility: Utility
  ) -> Double? {
    let problem = plan.suite.problems[contender.problem]
    var tasks: [[DeltaM.Metric]] = []
    for single in plan.singleTasks(of: contender.problem) {
      guard let candidate = bases[single], let base = self.outcome(single, candidate, seed) else {
        return nil
      }
      tasks.append(
        deltaMetrics(single).map { metric in
          DeltaM.Metric(
            value: value(metric, of: single, in: outcome) ?? .nan,
            base: value(metric, of: single, in: base) ?? .nan,
            higherIsBetter: metric.direction == .higherIsBetter
          )
        }
      )
    }
    return utility.value(taskGains: DeltaM(tasks).taskGains, primary: problem.primary)
  }

  /// The utility of the gains against single-task values averaged over the tuning seeds, of the metrics
  /// that the single-task network has at the seed; nil without any.
  private func gainOnMeanBase(
    _ outcome: EvaluationRun,
    _ contender: Plan.Contender,
    _ seed: UInt64,
    _ utility: Utility
  ) -> Double? {
    var gains: [Double] = []
    var primary: Int?
    for (task, single) in plan.singleTasks(of: contender.problem).enumerated() {
      guard let candidate = bases[single], let base = self.outcome(single, candidate, seed) else {
        return nil
      }
      let metrics = deltaMetrics(single).filter { metric in
        value(metric, of: single, in: base)?.isFinite ?? false
      }
      guard !metrics.isEmpty else { continue }
      if task == plan.suite.problems[contender.problem].primary { primary = gains.count }
      let means = metrics.map { metric in
        CompensatedSum.mean(baseValues(metric, single).filter { $0.isFinite })
      }
      // What is 0 at all seeds is counted from 1, a change from which is in percentage points, and so is all
      // else of such a task: where there are several metrics lower is better, so that it is solved, the others
      // are next to 0, and in percent of them nothing else would matter.
      let shift = means.contains(0) ? 1.0 : 0
      let changes = zip(metrics, means).map { metric, mean in
        DeltaM.Metric(
          value: (value(metric, of: single, in: outcome) ?? .nan) + shift,
          base: mean + shift,
          higherIsBetter: metric.direction == .higherIsBetter
        )
      }
      gains.append(DeltaM([changes]).gain)
    }
    guard !gains.isEmpty, utility != .primary || primary != nil else { return nil }
    return utility.value(taskGains: gains, primary: primary ?? 0)
  }

  private func deltaMetrics(_ contender: Plan.Contender) -> [MetricKind] {
    plan.suite.problems[contender.problem].tasks[contender.taskIndex ?? 0].deltaMetrics
  }

  private func outcome(
    _ contender: Plan.Contender,
    _ candidate: Int,
    _ seed: UInt64
  ) -> EvaluationRun? {
    let trial = Trial(contender: contender, candidate: candidate, seed: seed)
    guard let outcome = identities[trial].flatMap({ outcomes[$0] }) else { return nil }
    return outcome.end.status == .skipped ? nil : outcome
  }

  /// The value of a metric of the single-task network's task, in its own run or in one over all tasks.
  private func value(
    _ metric: MetricKind,
    of single: Plan.Contender,
    in outcome: EvaluationRun
  ) -> Double? {
    outcome.metrics.first {
      $0.task == single.taskIndex && $0.metric == metric.rawValue
        && $0.part == .validation
    }?.value
  }
}
