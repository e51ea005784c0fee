/// Which run plays which part in a suite.
///
/// Entries are stored when they are planned, so one without a stored run is a run still to be made.
package struct PlanEntry: Sendable, Hashable {
  package var suite: String
  /// Label of the problem.
  package var problem: String
  /// Label of the method.
  package var method: String
  /// `tuning` or `evaluation`.
  package var role: String
  package var seed: Int
  package var learningRate: Double
  /// The task of a single-task run; `nil` for a run over all tasks.
  package var taskIndex: Int?
  /// The run; several entries may share one.
  package var identity: String

  package init(
    suite: String,
    problem: String,
    method: String,
    role: String,
    seed: Int,
    learningRate: Double,
    taskIndex: Int?,
    identity: String
  ) {
    self.suite = suite
    self.problem = problem
    self.method = method
    self.role = role
    self.seed = seed
    self.learningRate = learningRate
    self.taskIndex = taskIndex
    self.identity = identity
  }
}

/// What tuning chose for a method on a problem, and how.
package struct TuningChoice: Sendable, Hashable {
  package var suite: String
  /// Label of the problem.
  package var problem: String
  /// Label of the method.
  package var method: String
  /// The task of a single-task network; `nil` for a method over all tasks.
  package var taskIndex: Int?
  /// The learning rate that was chosen.
  package var learningRate: Double
  /// The criterion's value at it; `nil` where undefined.
  package var score: Double?
  /// Whether it is the smallest or largest of the grid, where a better one may lie outside.
  package var isAtEdge: Bool
  /// Runs that were spent on the choice.
  package var trialCount: Int
  /// How many of them did not finish.
  package var failedTrialCount: Int
  /// The learning rates tried, ascending.
  package var grid: [Double]

  package init(
    suite: String,
    problem: String,
    method: String,
    taskIndex: Int?,
    learningRate: Double,
    score: Double?,
    isAtEdge: Bool,
    trialCount: Int,
    failedTrialCount: Int,
    grid: [Double]
  ) {
    self.suite = suite
    self.problem = problem
    self.method = method
    self.taskIndex = taskIndex
    self.learningRate = learningRate
    self.score = score
    self.isAtEdge = isAtEdge
    self.trialCount = trialCount
    self.failedTrialCount = failedTrialCount
    self.grid = grid
  }
}
