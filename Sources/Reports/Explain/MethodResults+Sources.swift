internal import Statistics
internal import Store

extension MethodResults {
  /// What explanations say of `deltaMSources`.
  static let deltaMSourceWords = "delta_m by seed"

  /// One value a seed with the runs behind it; seeds without a number are left out.
  ///
  /// With `task`, single-task training is behind it with that task's run alone.
  func sources(_ values: [Score], seeds: [Int], task: Int? = nil) -> [Table.Source] {
    zip(seeds, zip(values, runs)).compactMap { seed, pair in
      guard let value = pair.0.value else { return nil }
      let runs = pair.1.filter { task == nil || $0.taskIndex == nil || $0.taskIndex == task }
      return Table.Source(label: "seed \(seed)", value: value, runs: runs.map(\.identity))
    }
  }

  /// Δm by seed; its base, single-task training of the same seed, has a row of its own.
  func deltaMSources(seeds: [Int]) -> [Table.Source] { sources(deltaMBySeed, seeds: seeds) }

  /// Something counted in the runs of each finished seed.
  func sources(seeds: [Int], counting count: ([EvaluationRun]) -> Double?) -> [Table.Source] {
    let values = zip(outcomes, runs).map { outcome, runs in
      outcome == .finished ? count(runs).map { Score($0) } ?? .missing : .missing
    }
    return sources(values, seeds: seeds)
  }

  /// The identities of all runs of the method on the problem, by seed.
  var identities: [String] { runs.joined().map(\.identity) }
}

extension ProblemResults {
  /// The trials of a choice; those of the tuned static weights are those of all points of the sweep.
  func trials(of choice: TuningChoice) -> [EvaluationRun] {
    let points = Set(sweep.map(\.record.label))
    let isSweep =
      choice.method == MethodLabel.tunedStatic
      && !trials.contains { $0.method == choice.method }
    return trials.filter { trial in
      trial.taskIndex == choice.taskIndex
        && (isSweep ? points.contains(trial.method) : trial.method == choice.method)
    }
  }

  /// The trials behind a choice of tuning, by learning rate and seed: validation Δm, or for a
  /// single-task network the task's primary metric on the validation part.
  func sources(of choice: TuningChoice, _ sensitivity: TuningSensitivity) -> [Table.Source] {
    let ordered = trials(of: choice).sorted {
      ($0.method, $0.learningRate, $0.seed) < ($1.method, $1.learningRate, $1.seed)
    }
    return ordered.map { trial in
      let rate = NumberText.significant(trial.learningRate, 3)
      let point = trial.method == choice.method ? "" : "\(trial.method), "
      return Table.Source(
        label: "\(point)rate \(rate), seed \(trial.seed)",
        value: trial.taskIndex.map { primaryValue(in: trial, task: $0) ?? .nan }
          ?? sensitivity.drop(of: trial).number,
        runs: [trial.identity]
      )
    }
  }

  private func primaryValue(in trial: EvaluationRun, task: Int) -> Double? {
    let primary = columns.first { $0.task.index == task && $0.metric.isPrimary }
    return trial.metrics.first {
      $0.task == task && $0.part == .validation && $0.metric == primary?.metric.name
    }?.value
  }
}
