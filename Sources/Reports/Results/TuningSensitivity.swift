internal import Statistics
internal import Store

/// Validation Δm of a problem's tuning runs, each against single-task training at its chosen rate
/// and the same tuning seed.
package struct TuningSensitivity: Sendable {
  /// One learning rate of a method.
  package struct Point: Sendable, Hashable {
    /// The learning rate.
    package let rate: Double
    /// Mean Δm in percent over the tuning seeds; nil where one of them failed.
    package let mean: Double?
    /// Lowest Δm of a seed; nan where none finished.
    package let lowest: Double
    /// Highest Δm of a seed; nan where none finished.
    package let highest: Double
  }

  private let problem: ProblemResults
  /// Validation value of single-task training by column and tuning seed.
  private let bases: [[Int: Double]]

  package init(_ problem: ProblemResults) {
    self.problem = problem
    let reference = problem.reference?.record.label
    bases = problem.columns.map { column in
      let chosen = problem.choices.first {
        $0.method == reference && ($0.taskIndex ?? column.task.index) == column.task.index
      }
      var values: [Int: Double] = [:]
      for trial in problem.trials
      where trial.method == reference && trial.candidate == chosen?.candidate
        && (trial.taskIndex ?? column.task.index) == column.task.index
      {
        values[trial.seed] = Self.value(of: column, in: trial)
      }
      return values
    }
  }

  /// The rate that was chosen for a method.
  package func chosenRate(of method: MethodResults) -> Double? {
    problem.choices.first { $0.method == method.record.label }?.learningRate
  }

  /// Every rate that was tried for a method, ascending, at the best of the candidates that share it;
  /// empty without a Δm to show.
  package func curve(of method: MethodResults) -> [Point] {
    let byRate = Dictionary(grouping: points(of: method), by: \.rate)
    let best = byRate.keys.sorted().compactMap { rate in
      byRate[rate]?.min { ($0.mean ?? .infinity) < ($1.mean ?? .infinity) }
    }
    return best.contains { $0.mean != nil } ? best : []
  }

  /// Mean Δm in percent of every candidate that was tried for a method, nan where a seed failed.
  func trialMeans(of method: MethodResults) -> [Double] {
    points(of: method).map { $0.mean ?? .nan }
  }

  private func points(of method: MethodResults) -> [Point] {
    let own = problem.trials.filter { $0.method == method.record.label }
    let trials = Dictionary(grouping: own) { $0.candidate }
    return trials.keys.sorted().compactMap { candidate in
      guard let runs = trials[candidate], let first = runs.first else { return nil }
      let drops = runs.map { drop(of: $0) }
      let finished = drops.filter(\.isFinite)
      return Point(
        rate: first.learningRate,
        mean: finished.count == drops.count ? CompensatedSum.mean(finished) : nil,
        lowest: finished.min() ?? .nan,
        highest: finished.max() ?? .nan
      )
    }
  }

  /// Δm of one run in percent; nan where it failed or its base is missing.
  func drop(of trial: EvaluationRun) -> Double {
    guard trial.status == "finished" else { return .nan }
    var tasks: [[DeltaM.Metric]] = []
    var lastTask: Int?
    for (index, column) in problem.columns.enumerated() where column.metric.isInDeltaM {
      let metric = DeltaM.Metric(
        value: Self.value(of: column, in: trial) ?? .nan,
        base: bases[index][trial.seed] ?? .nan,
        higherIsBetter: column.higherIsBetter
      )
      if lastTask == column.task.index {
        tasks[tasks.count - 1].append(metric)
      } else {
        tasks.append([metric])
      }
      lastTask = column.task.index
    }
    return tasks.isEmpty ? .nan : DeltaM(tasks).drop
  }

  private static func value(of column: MetricColumn, in run: EvaluationRun) -> Double? {
    run.value(of: column.metric.name, task: column.task.index, part: "validation")
  }
}
