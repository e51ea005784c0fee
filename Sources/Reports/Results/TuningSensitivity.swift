package import Statistics
internal import Store

/// Validation Δm of a problem's tuning runs, each against single-task training at its chosen rate
/// and the same tuning seed.
package struct TuningSensitivity: Sendable {
  /// One learning rate of a method.
  package struct Point: Sendable, Hashable {
    /// The learning rate.
    package let rate: Double
    /// Mean Δm in percent over the tuning seeds; failed or undefined where one of them is.
    package let score: Score
    /// Lowest Δm of a seed; nan where none has one.
    package let lowest: Double
    /// Highest Δm of a seed; nan where none has one.
    package let highest: Double

    /// The number of `score`; nil without one.
    package var mean: Double? { score.value }
  }

  private let problem: ProblemResults
  /// Validation value of single-task training by column and tuning seed.
  private let bases: [[Int: Score]]
  /// Positions of the columns in Δm, by task.
  private let places: [[Int]]

  package init(_ problem: ProblemResults) {
    self.problem = problem
    places = problem.columns.deltaPlaces
    let reference = problem.reference?.record.label
    bases = problem.columns.map { column in
      let chosen = problem.choices.first {
        $0.method == reference && ($0.taskIndex ?? column.task.index) == column.task.index
      }
      var values: [Int: Score] = [:]
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

  /// Mean Δm in percent of every candidate that was tried for a method, nan where a seed has none.
  func trialMeans(of method: MethodResults) -> [Double] {
    points(of: method).map(\.score.number)
  }

  private func points(of method: MethodResults) -> [Point] {
    let own = problem.trials.filter { $0.method == method.record.label }
    let trials = Dictionary(grouping: own) { $0.candidate }
    return trials.keys.sorted().compactMap { candidate in
      guard let runs = trials[candidate], let first = runs.first else { return nil }
      let drops = runs.map { drop(of: $0) }
      let finished = drops.compactMap(\.value)
      return Point(
        rate: first.learningRate,
        score: Score.mean(drops),
        lowest: finished.min() ?? .nan,
        highest: finished.max() ?? .nan
      )
    }
  }

  /// Δm of one run in percent.
  func drop(of trial: EvaluationRun) -> Score {
    guard trial.end.status == .finished else { return .failed }
    let tasks = places.map { places in
      places.map { place in
        DeltaM.Metric(
          value: Self.value(of: problem.columns[place], in: trial),
          base: bases[place][trial.seed] ?? .missing,
          higherIsBetter: problem.columns[place].higherIsBetter
        )
      }
    }
    return tasks.isEmpty ? .missing : DeltaM(tasks).score
  }

  /// Validation Δm in percent of each of some candidates of a method at each of some tuning seeds,
  /// shape [candidateCount][seedCount].
  func criteria(of method: String, candidates: [Int], seeds: [Int]) -> [[Score]] {
    let own = problem.trials.filter { $0.method == method && candidates.contains($0.candidate) }
    let trials = Dictionary(own.map { (Place($0.candidate, $0.seed), $0) }) { first, _ in first }
    return candidates.map { candidate in
      seeds.map { seed in trials[Place(candidate, seed)].map { drop(of: $0) } ?? .missing }
    }
  }

  private struct Place: Hashable {
    let candidate: Int
    let seed: Int

    init(_ candidate: Int, _ seed: Int) {
      self.candidate = candidate
      self.seed = seed
    }
  }

  private static func value(of column: MetricColumn, in run: EvaluationRun) -> Score {
    guard run.end.status == .finished else { return .failed }
    return run.value(of: column.metric.name, task: column.task.index, part: .validation)
      .map { Score($0) } ?? .undefined(.undefinedMetric)
  }
}
