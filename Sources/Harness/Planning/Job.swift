internal import Store
internal import Training

/// A run to be made and the part it plays in its suite.
package struct Job: Sendable {
  package enum Role: String, Sendable {
    case tuning
    case evaluation
  }

  /// Position of the problem in the suite.
  package let problem: Int
  package let method: String
  package let role: Role
  package let learningRate: Double
  /// The task of a single-task run, nil for a run over all tasks.
  package let taskIndex: Int?
  let spec: RunSpec
  package let identity: String

  /// What the run is of.
  var contender: Plan.Contender {
    Plan.Contender(problem: problem, method: method, taskIndex: taskIndex)
  }

  /// The plan entry that the store keeps of the job.
  func entry(suite: String, problemLabel: String) -> PlanEntry {
    PlanEntry(
      suite: suite,
      problem: problemLabel,
      method: method,
      role: role.rawValue,
      seed: Int(spec.seed),
      learningRate: learningRate,
      taskIndex: taskIndex,
      identity: identity
    )
  }
}
