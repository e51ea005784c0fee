package import Weighting

/// Why a run cannot go on; an outcome to be stored, not an error.
package enum StepFailure: Hashable, Sendable {
  /// A task's loss became infinite or not a number.
  case diverged(task: Int)
  /// The weighting method cannot use this step.
  case refused(StepWeights.Refusal)
}
