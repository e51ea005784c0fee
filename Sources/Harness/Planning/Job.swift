package import Store
internal import Training

/// A run to be made and the part it plays in its suite.
package struct Job: Sendable {
  /// What the run is of.
  package let contender: Plan.Contender
  package let role: PlanRole
  /// Place of the candidate among those of its contender.
  package let candidate: Int
  package let learningRate: Double
  let spec: RunSpec
  package let identity: String

  /// Position of the problem in the suite.
  package var problem: Int { contender.problem }

  /// The plan entry that the store keeps of the job.
  func entry(suite: String, problemLabel: String) -> PlanEntry {
    PlanEntry(
      suite: suite,
      problem: problemLabel,
      method: contender.method,
      role: role,
      candidate: candidate,
      seed: Int(spec.seed),
      learningRate: learningRate,
      taskIndex: contender.taskIndex,
      identity: identity
    )
  }
}
