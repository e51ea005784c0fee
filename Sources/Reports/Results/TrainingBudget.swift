internal import Statistics
internal import Store

/// A common budget of the methods of one problem, and what each had learnt when it was spent.
///
/// A method's cost a step is the median over its finished seeds of the cost of its training divided
/// by its steps, all networks of single-task training together. The budget is that of the compared
/// method whose whole training costs least. Each run is read within the budget at the evaluation that
/// the suite's checkpoint rule takes. Nothing is interpolated, and nothing is trained again.
struct TrainingBudget: Sendable {
  /// What is the same for all.
  enum Unit: Sendable, Hashable {
    case steps
    case samples
    case seconds

    /// What the runs of one seed spent; of several networks together, steps aside.
    func spent(in runs: [EvaluationRun]) -> Double {
      switch self {
      case .steps: Double(runs.map(\.end.stepCount).max() ?? 0)
      case .samples: runs.reduce(0) { $0 + Double($1.end.samplesSeen) }
      case .seconds: runs.reduce(0) { $0 + $1.end.trainSeconds }
      }
    }

    /// The same for each step; nil without one.
    func perStep(in runs: [EvaluationRun]) -> Double? {
      let steps = Unit.steps.spent(in: runs)
      return steps > 0 ? spent(in: runs) / steps : nil
    }
  }

  /// What one method had learnt.
  struct Reading: Sendable {
    /// The last evaluation within the budget; nil without one.
    let step: Int?
    /// Validation loss of each task at the evaluation taken up to then, shape [taskCount][seedCount].
    let losses: [[Score]]
  }

  let unit: Unit
  /// The budget, in its unit.
  let amount: Double
  /// Label of the method whose whole training is the budget.
  let cheapest: String

  private let curves: ValidationCurves
  private let problem: ProblemResults

  /// Nil without a finished run or without losses over training.
  init?(_ unit: Unit, of problem: ProblemResults) {
    let whole = problem.methods.compactMap { method in
      Self.cost(unit, of: method).map { cost in (method.record.label, cost.whole) }
    }
    guard let cheapest = whole.min(by: { $0.1 < $1.1 }), cheapest.1 > 0,
      let curves = ValidationCurves(problem)
    else { return nil }
    self.unit = unit
    self.problem = problem
    self.curves = curves
    (self.cheapest, amount) = cheapest
  }

  /// What a method had learnt within the budget.
  func reading(of method: MethodResults) -> Reading {
    let taskIndices = problem.problem.ownTasks.compactMap(\.index)
    let perStep = Self.cost(unit, of: method)?.perStep
    let step = perStep.flatMap { lastStep(of: method, costing: $0) }
    let bySeed = zip(method.outcomes, method.runs).map { outcome, runs -> [Int: Double] in
      guard outcome == .finished, let step else { return [:] }
      var losses: [Int: Double] = [:]
      for run in runs {
        let tasks = run.taskIndex.map { [$0] } ?? taskIndices
        losses.merge(curves.reported(of: run, tasks: tasks, upTo: step)) { first, _ in first }
      }
      return losses
    }
    let losses = taskIndices.map { task in
      zip(method.outcomes, bySeed).map { outcome, losses -> Score in
        if case .failed = outcome { return .failed }
        return losses[task].map { Score($0) } ?? .missing
      }
    }
    return Reading(step: step, losses: losses)
  }

  /// The last step at which every finished run was evaluated and that the budget pays for.
  private func lastStep(of method: MethodResults, costing perStep: Double) -> Int? {
    let taskIndices = problem.problem.ownTasks.compactMap(\.index)
    var steps: [[Int]] = []
    for (outcome, runs) in zip(method.outcomes, method.runs) where outcome == .finished {
      for run in runs {
        let own = run.taskIndex.map { [$0] } ?? taskIndices
        steps += own.map { curves.steps(of: run, task: $0) }
      }
    }
    return common(steps).last { Double($0) * perStep <= amount * Self.slack }
  }

  /// Rounding must not take the budget's own last step from the method that set it.
  private static let slack = 1 + 1e-9

  private func common(_ steps: [[Int]]) -> [Int] {
    guard let first = steps.first else { return [] }
    return steps.dropFirst().reduce(into: Set(first)) { $0.formIntersection($1) }.sorted()
  }

  private static func cost(
    _ unit: Unit,
    of method: MethodResults
  ) -> (perStep: Double, whole: Double)? {
    let perStep = method.median { unit.perStep(in: $0) }
    let stepCount = method.median { Unit.steps.spent(in: $0) }
    guard let perStep, let stepCount else { return nil }
    return (perStep, perStep * stepCount)
  }
}
