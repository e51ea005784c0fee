package import Weighting

/// Why a run cannot go on; an outcome to be stored, not an error.
package enum StepFailure: Hashable, Sendable {
  /// A task's loss became infinite or not a number.
  case diverged(task: Int)
  /// The weighting method cannot use this step.
  case refused(StepWeights.Refusal)
}

/// What the steps of a run have cost so far, in passes over a batch and in samples read.
package struct StepCost: Hashable, Sendable {
  package var forwardPasses = 0
  /// Passes through the whole trunk; partial ones (the last shared layer alone) are not counted.
  package var backwardPasses = 0
  package var samples = 0

  package init() {}
}
