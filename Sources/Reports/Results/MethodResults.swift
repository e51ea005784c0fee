package import Statistics
package import Store

/// What one method did on one problem, seed by seed.
package struct MethodResults: Sendable {
  /// How a seed ended.
  package enum Outcome: Sendable, Hashable {
    /// Not started, or stopped before its end.
    case notRun
    /// The method does not apply to the problem.
    case skipped(reason: String)
    /// Diverged or refused.
    case failed(reason: String)
    case finished
  }

  /// The method, with its group and its place in the tables.
  package let record: MethodRecord
  /// How each seed ended, shape [seedCount].
  package let outcomes: [Outcome]
  /// The runs of each seed, shape [seedCount][runCount]: one, or for single-task training one a task.
  package let runs: [[EvaluationRun]]
  /// Test metrics, shape [columnCount][seedCount].
  package let values: [[Score]]
  /// Δm against single-task training of the same seed; nil for single-task training itself and
  /// without it.
  package let deltaM: DeltaMOverSeeds?

  /// Natural logarithm of the geometric mean ratio to single-task training at each seed, shape
  /// [seedCount]; positive is worse.
  package var logRatios: [Score] = []
  /// Test metrics at the checkpoints of other rules, by rule, in the shape of `values`; empty where none
  /// are stored.
  package var checkpointValues: [String: [[Score]]] = [:]
  /// The finalists of tuning with what each did on the tuning and on the evaluation seeds; nil where
  /// they are not stored.
  package var tuned: TunedContender?

  /// Δm in percent at each seed, shape [seedCount].
  package var deltaMBySeed: [Score] { deltaM?.perSeed ?? outcomes.map { _ in .missing } }

  /// The label under which its runs are stored: for tuned static weights without a row of their own
  /// in the suite, that of a point of the sweep.
  package var runLabel: String { runs.joined().first?.method ?? record.label }

  /// How many seeds finished.
  package var finishedCount: Int { outcomes.count { $0 == .finished } }

  /// How many seeds failed.
  package var failedCount: Int {
    outcomes.count { if case .failed = $0 { true } else { false } }
  }

  /// Why the method does not apply, where it does not.
  package var reasonSkipped: String? {
    for case .skipped(let reason) in outcomes { return reason }
    return nil
  }

  /// Δm in percent over the seeds that have one, whether or not others failed.
  package var deltaMSummary: SeedSummary? { deltaM?.summary }

  /// Δm of the problem, in percent: the mean over the seeds that have one; failed where a run failed,
  /// undefined where it is at every seed that was run.
  package var deltaMScore: Score {
    guard let summary = deltaMSummary else { return .missing }
    if failedCount > 0 { return .failed }
    if summary.count > 0 { return Score(summary.mean) }
    return deltaMBySeed.first { $0.isUndefined } ?? .missing
  }

  /// Logarithm of the geometric mean ratio to single-task training: the mean over the seeds that have
  /// one; failed where a run failed, undefined where it is at every seed that was run.
  package var logRatioScore: Score {
    if failedCount > 0 { return .failed }
    let summary = SeedSummary(logRatios)
    if summary.count > 0 { return Score(summary.mean) }
    return logRatios.first { $0.isUndefined } ?? .missing
  }

  /// Seconds of training a step, all networks together; the median over the finished seeds.
  package var secondsPerStep: Double? {
    median { Self.secondsPerStep(of: $0) }
  }

  /// Seconds of training a step of one seed's runs together; nil without a step.
  static func secondsPerStep(of runs: [EvaluationRun]) -> Double? {
    let steps = runs.map(\.end.stepCount).max() ?? 0
    let seconds = runs.reduce(0) { $0 + $1.end.trainSeconds }
    return steps > 0 && seconds.isFinite ? seconds / Double(steps) : nil
  }

  /// The median over the finished seeds of something counted in a seed's runs.
  package func median(_ count: ([EvaluationRun]) -> Double?) -> Double? {
    let values = zip(outcomes, runs).compactMap { outcome, runs in
      outcome == .finished ? count(runs) : nil
    }
    return values.isEmpty ? nil : Score(SampleQuantile.median(values)).value
  }

  /// Values of a column over seeds; what has none is counted.
  package func summary(column: Int) -> SeedSummary { SeedSummary(values[column]) }
}
