/// Which run plays which part in a suite.
///
/// Entries are stored when they are planned, so one without a stored run is a run still to be made.
package struct PlanEntry: Sendable, Hashable {
  package var suite: String
  /// Label of the problem.
  package var problem: String
  /// Label of the method.
  package var method: String
  package var role: PlanRole
  /// Which of the method's candidates it is a run of: its `position`.
  package var candidate: Int
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
    role: PlanRole,
    candidate: Int,
    seed: Int,
    learningRate: Double,
    taskIndex: Int?,
    identity: String
  ) {
    self.suite = suite
    self.problem = problem
    self.method = method
    self.role = role
    self.candidate = candidate
    self.seed = seed
    self.learningRate = learningRate
    self.taskIndex = taskIndex
    self.identity = identity
  }
}

/// How many of the entries of one problem, role and seed have their run.
package struct PlanState: Sendable, Hashable {
  /// Label of the problem.
  package var problem: String
  package var role: PlanRole
  package var seed: Int
  package var plannedCount: Int
  package var storedCount: Int

  package init(
    problem: String,
    role: PlanRole,
    seed: Int,
    plannedCount: Int,
    storedCount: Int
  ) {
    self.problem = problem
    self.role = role
    self.seed = seed
    self.plannedCount = plannedCount
    self.storedCount = storedCount
  }
}

/// One setting of a method that tuning tries: a learning rate, and what else was searched.
package struct CandidateRecord: Sendable, Hashable {
  package var suite: String
  /// Label of the problem.
  package var problem: String
  /// Label of the method.
  package var method: String
  /// The task of a single-task network; `nil` for a method over all tasks.
  package var taskIndex: Int?
  /// Place among the method's candidates, from 0.
  package var position: Int
  package var learningRate: Double
  /// What was searched beside the learning rate, as a JSON object; `{}` for nothing.
  package var settings: String
  /// Fixed weights as training uses them, shape [taskCount]; `nil` for other methods.
  package var weights: [Double]?
  /// The same in units of the single-task losses: weight times single-task loss; `nil` without.
  package var units: [Double]?

  package init(
    suite: String,
    problem: String,
    method: String,
    taskIndex: Int?,
    position: Int,
    learningRate: Double,
    settings: String = "{}",
    weights: [Double]? = nil,
    units: [Double]? = nil
  ) {
    self.suite = suite
    self.problem = problem
    self.method = method
    self.taskIndex = taskIndex
    self.position = position
    self.learningRate = learningRate
    self.settings = settings
    self.weights = weights
    self.units = units
  }
}

/// How a candidate did in the race of its method for one utility.
package struct CandidateScore: Sendable, Hashable {
  package var suite: String
  /// Label of the problem.
  package var problem: String
  /// Label of the method.
  package var method: String
  /// The task of a single-task network; `nil` for a method over all tasks.
  package var taskIndex: Int?
  /// What the race minimises, such as `mean`.
  package var utility: String
  /// The candidate's `position`.
  package var candidate: Int
  /// Tuning seeds it was tried on.
  package var seedCount: Int
  /// Mean of the criterion over them; `nil` where a run failed.
  package var score: Double?
  /// Whether it ran on all tuning seeds.
  package var isFinalist: Bool
  /// Share of bootstrap draws of the tuning seeds that choose it; `nil` where it is no finalist.
  package var choiceShare: Double?

  package init(
    suite: String,
    problem: String,
    method: String,
    taskIndex: Int?,
    utility: String,
    candidate: Int,
    seedCount: Int,
    score: Double?,
    isFinalist: Bool,
    choiceShare: Double?
  ) {
    self.suite = suite
    self.problem = problem
    self.method = method
    self.taskIndex = taskIndex
    self.utility = utility
    self.candidate = candidate
    self.seedCount = seedCount
    self.score = score
    self.isFinalist = isFinalist
    self.choiceShare = choiceShare
  }
}

/// What tuning chose for a method on a problem, and how.
package struct TuningChoice: Sendable, Hashable {
  /// The utility that all tables show unless they say otherwise: the mean change over the tasks.
  package static let mainUtility = "mean"

  package var suite: String
  /// Label of the problem.
  package var problem: String
  /// Label of the method.
  package var method: String
  /// The task of a single-task network; `nil` for a method over all tasks.
  package var taskIndex: Int?
  /// What the choice minimises, such as `mean`.
  package var utility: String
  /// The chosen candidate's `position`.
  package var candidate: Int
  /// The learning rate that was chosen.
  package var learningRate: Double
  /// What was chosen beside it, as a JSON object; `{}` for nothing.
  package var settings: String
  /// The fixed weights that were chosen, as training uses them; `nil` for other methods.
  package var weights: [Double]?
  /// The same in units of the single-task losses; `nil` without.
  package var units: [Double]?
  /// What the score is.
  package var criterion: TuningCriterion
  /// The criterion's value; `nil` where undefined.
  package var score: Double?
  /// Share of bootstrap draws of the tuning seeds that choose the same candidate; `nil` if unknown.
  package var choiceShare: Double?
  /// What lies at a border of the range that was tried, where a better one may lie outside:
  /// `learning_rate`, `weights` or a searched setting.
  package var edges: [String]
  /// Runs that were spent on the choice.
  package var trialCount: Int
  /// How many of them did not finish.
  package var failedTrialCount: Int
  /// The learning rates tried, ascending.
  package var grid: [Double]

  /// Whether the choice lies at any border.
  package var isAtEdge: Bool { !edges.isEmpty }

  package init(
    suite: String,
    problem: String,
    method: String,
    taskIndex: Int?,
    utility: String = TuningChoice.mainUtility,
    candidate: Int,
    learningRate: Double,
    settings: String = "{}",
    weights: [Double]? = nil,
    units: [Double]? = nil,
    criterion: TuningCriterion = .deltaM,
    score: Double?,
    choiceShare: Double? = nil,
    edges: [String],
    trialCount: Int,
    failedTrialCount: Int,
    grid: [Double]
  ) {
    self.suite = suite
    self.problem = problem
    self.method = method
    self.taskIndex = taskIndex
    self.utility = utility
    self.candidate = candidate
    self.learningRate = learningRate
    self.settings = settings
    self.weights = weights
    self.units = units
    self.criterion = criterion
    self.score = score
    self.choiceShare = choiceShare
    self.edges = edges
    self.trialCount = trialCount
    self.failedTrialCount = failedTrialCount
    self.grid = grid
  }
}

/// The loss of a task's single-task network, the unit that fixed weights are laid out in.
package struct SingleTaskLoss: Sendable, Hashable {
  package var suite: String
  /// Label of the problem.
  package var problem: String
  package var task: Int
  /// Mean validation loss at the checkpoint over the tuning seeds, at the chosen learning rate.
  package var loss: Double

  package init(suite: String, problem: String, task: Int, loss: Double) {
    self.suite = suite
    self.problem = problem
    self.task = task
    self.loss = loss
  }
}
