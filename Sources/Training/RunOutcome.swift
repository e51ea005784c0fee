package import Problems
package import Statistics

/// How a run ended and everything it measured.
package struct RunOutcome: Hashable, Sendable {
  package enum Status: Hashable, Sendable {
    case finished
    /// A loss became infinite or not a number.
    case diverged(reason: String)
    /// The weighting method cannot use what a step offered.
    case refused(reason: String)
    /// The run does not apply to its problem.
    case skipped(reason: String)
  }

  /// One metric at the reported checkpoint; `task` is the problem's index, nil for all tasks.
  package struct Metric: Hashable, Sendable {
    package let task: Int?
    package let part: SplitPart
    package let name: String
    package let value: Double
  }

  /// One test metric at the checkpoint of another rule than the run's own.
  package struct CheckpointMetric: Hashable, Sendable {
    package let rule: CheckpointRule
    /// Step after which that rule's parameters stood.
    package let step: Int
    /// The problem's index, nil for all tasks.
    package let task: Int?
    package let name: String
    package let value: Double
  }

  /// A task's loss at an evaluation: on the validation part, or the mean over the training batches
  /// since the evaluation before that had a label of the task.
  package struct Evaluation: Hashable, Sendable {
    package let step: Int
    package let task: Int
    package let part: SplitPart
    package let loss: Double
  }

  /// What the diagnostics recorded of one task at one step, before its parameter update; loss and norm
  /// are `nan` where the batch had no label of the task, and its weight is 0.
  package struct TaskStep: Hashable, Sendable {
    package let step: Int
    package let task: Int
    package let loss: Double
    /// Weight on the common scale; `nan` where the rule has none.
    package let weight: Double
    /// Norm of the task gradient at the shared parameters; `nan` when it was not computed.
    package let gradientNorm: Double
  }

  /// Cosine of two task gradients at the shared parameters; `nan` for a zero gradient.
  package struct PairStep: Hashable, Sendable {
    package let step: Int
    package let taskA: Int
    package let taskB: Int
    package let cosine: Double
  }

  /// One number on why tasks help or hurt each other, as `MechanismProbe` measures it.
  package struct Mechanism: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
      /// Cosine of two tasks' gradients at the shared parameters on a large batch.
      case cosine
      /// Cosine of one task's gradients on the two halves of the large batch.
      case withinCosine = "within_cosine"
      /// Norm of one task's gradient on the large batch.
      case norm
      /// Test loss of one task at the checkpoint.
      case testLoss = "test_loss"
      /// Test loss of predicting one task's training mean or class shares.
      case meanLoss = "mean_loss"
    }

    /// Step before whose update it was measured; the checkpoint's step for the two losses.
    package let step: Int
    package let kind: Kind
    package let taskA: Int
    /// The other task of a `cosine`, after `taskA`; nil for the other kinds.
    package let taskB: Int?
    /// `nan` where undefined: a gradient of zero, a half or a part without a label.
    package let value: Double
  }

  /// The terms of the objective that belong to no task, on the batch of the last step before an
  /// evaluation, with the parameters behind it.
  package struct Penalty: Hashable, Sendable {
    package let step: Int
    package let value: Double
  }

  package var status: Status = .finished
  /// Steps made; the failed step's index when the run failed.
  package var stepCount = 0
  /// Step after which the reported parameters stood.
  package var checkpointStep = 0
  /// Mean over the tasks of the logarithm of the validation loss there; nan where none has one.
  package var checkpointScore = Double.nan
  package var metrics: [Metric] = []
  /// Empty where the test part is not measured.
  package var checkpointMetrics: [CheckpointMetric] = []
  package var evaluations: [Evaluation] = []
  package var taskSteps: [TaskStep] = []
  package var pairSteps: [PairStep] = []
  package var mechanism: [Mechanism] = []
  /// Empty for a network without such terms.
  package var penalties: [Penalty] = []
  package var cost = StepCost()
  /// Bytes of the buffers that training used, as `Trainer.bufferBytes` counts them.
  package var memoryBytes = 0
  /// Steps at which the method's input lay outside its domain.
  package var policySteps = 0
  /// Mean over the steps of the sum of the tasks' weights in the shared update.
  ///
  /// K for equal weights: how far the method changed the learning rate. Nil where it answers a direction or weights by
  /// parameter group, and where no step was made.
  package var meanWeightSum: Double?
  /// FNV-1a hash of the reported parameters' bits, 16 hexadecimal digits.
  package var parameterHash = ""
  /// Processor seconds of the training steps alone, with the time that a program of the user's was
  /// waited for.
  package var trainSeconds = 0.0
  /// The same of the whole run without making the problem's data.
  package var totalSeconds = 0.0

  package init() {}
}
