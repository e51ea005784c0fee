internal import Statistics
internal import Store

/// The validation losses of a problem's runs over training, read as the suite's checkpoint rule reads
/// them.
struct ValidationCurves: Sendable {
  /// Whose losses a curve holds.
  struct Key: Hashable {
    let identity: String
    let task: Int
  }

  private let curves: [Key: LearningCurve]
  private let rule: CheckpointRule

  /// Nil without losses over training.
  init?(_ problem: ProblemResults) {
    guard !problem.validationCurves.isEmpty else { return nil }
    curves = problem.validationCurves
    rule =
      problem.trainingSettings["checkpoint"].flatMap { CheckpointRule(rawValue: $0) } ?? .standard
  }

  /// The steps at which a task of a run was evaluated, ascending.
  func steps(of run: EvaluationRun, task: Int) -> [Int] {
    curves[Key(identity: run.identity, task: task)]?.steps ?? []
  }

  /// What decides which evaluation is reported, in words.
  var ruleText: String {
    switch rule {
    case .best: "lowest sum of log losses"
    case .relative: "lowest mean of losses relative to step 0"
    case .last: "the last step"
    }
  }

  /// The loss of each task at the evaluation that the rule takes of those up to a step, the first of
  /// equally good ones.
  func reported(of run: EvaluationRun, tasks: [Int], upTo last: Int = .max) -> [Int: Double] {
    taken(of: run, tasks: tasks, upTo: last)?.losses ?? [:]
  }

  /// The same with the evaluation's step; nil without an evaluation.
  func taken(
    of run: EvaluationRun,
    tasks: [Int],
    upTo last: Int = .max
  ) -> (step: Int, losses: [Int: Double])? {
    let own = tasks.compactMap { curves[Key(identity: run.identity, task: $0)] }
    guard own.count == tasks.count, let steps = own.first?.steps else { return nil }
    let start = own.map { $0.losses[0] }
    var taken: (score: Double, index: Int)?
    for (index, step) in steps.enumerated() where step <= last {
      guard own.allSatisfy({ index < $0.steps.count && $0.steps[index] == step }) else { continue }
      let score = rule.score(losses: own.map { $0.losses[index] }, start: start)
      if rule == .last {
        taken = (0, index)
      } else if let score, score < taken?.score ?? .infinity {
        taken = (score, index)
      }
    }
    guard let taken else { return nil }
    let losses = zip(tasks, own).reduce(into: [:]) { $0[$1.0] = $1.1.losses[taken.index] }
    return (steps[taken.index], losses)
  }

  /// The least loss of a task over a run's training; nil without a finite one.
  func least(of run: EvaluationRun, task: Int) -> Double? {
    curves[Key(identity: run.identity, task: task)]?.losses.filter(\.isFinite).min()
  }
}
