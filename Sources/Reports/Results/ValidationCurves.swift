internal import Statistics
internal import Store

/// The validation losses of a problem's runs over training, read as the suite's checkpoint rule reads
/// them.
struct ValidationCurves: Sendable {
  private struct Key: Hashable {
    let identity: String
    let task: Int
  }

  private let curves: [Key: [(step: Int, loss: Double)]]
  private let rule: CheckpointRule

  /// Nil without losses over training.
  init?(_ problem: ProblemResults) {
    var curves: [Key: [(step: Int, loss: Double)]] = [:]
    for curve in problem.curves where curve.part == "validation" {
      curves[Key(identity: curve.identity, task: curve.task)] = Array(
        zip(curve.steps, curve.losses).map { (step: $0, loss: $1) }
      )
    }
    guard !curves.isEmpty else { return nil }
    self.curves = curves
    rule = problem.trainingSettings["checkpoint"].flatMap { CheckpointRule(rawValue: $0) } ?? .best
  }

  /// The steps at which a task of a run was evaluated, ascending.
  func steps(of run: EvaluationRun, task: Int) -> [Int] {
    curves[Key(identity: run.identity, task: task)]?.map(\.step) ?? []
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
    guard own.count == tasks.count, let steps = own.first?.map(\.step) else { return nil }
    let start = own.map { $0[0].loss }
    var taken: (score: Double, index: Int)?
    for (index, step) in steps.enumerated() where step <= last {
      guard own.allSatisfy({ index < $0.count && $0[index].step == step }) else { continue }
      let score = rule.score(losses: own.map { $0[index].loss }, start: start)
      if rule == .last {
        taken = (0, index)
      } else if let score, score < taken?.score ?? .infinity {
        taken = (score, index)
      }
    }
    guard let taken else { return nil }
    let losses = zip(tasks, own).reduce(into: [:]) { $0[$1.0] = $1.1[taken.index].loss }
    return (steps[taken.index], losses)
  }

  /// The least loss of a task over a run's training; nil without a finite one.
  func least(of run: EvaluationRun, task: Int) -> Double? {
    curves[Key(identity: run.identity, task: task)]?.map(\.loss).filter(\.isFinite).min()
  }
}
