/// Everything the store keeps of one run: who and what it was, how it ended, and what it measured.
package struct RunRecord: Sendable, Hashable {
  /// 16 lower-case hexadecimal digits, a hash of `spec` and the numerics version; the run's key.
  package var identity: String
  /// Canonical JSON of everything the run depends on.
  package var spec: String
  /// Version of the arithmetic that produced the numbers; part of the identity.
  package var numericsVersion: Int
  package var end: RunEnd
  /// Hash of the final parameters' bits, to compare a rerun with.
  package var parameterHash: String
  /// Step whose parameters were evaluated, when the checkpoint rule chose it; `nil` otherwise.
  package var bestStep: Int?
  /// The checkpoint rule: `best`, `relative` or `last`.
  package var checkpoint: String
  /// Instruction set of the kernels, such as `avx2`.
  package var instructionSet: String
  /// Whether subnormal numbers were flushed to zero.
  package var flushToZero: Bool
  /// Version of the program that trained the run.
  package var programVersion: String
  /// When the run ended, ISO 8601 in UTC.
  package var createdAt: String
  /// Metrics of the evaluated parameters.
  package var metrics: [MetricValue]
  /// Losses over training.
  package var evaluations: [Evaluation]
  /// Diagnostics of each task at the stride.
  package var taskSteps: [TaskStep]
  /// Diagnostics of each pair of tasks at the stride.
  package var pairSteps: [PairStep]
  /// Test metrics at the checkpoints of the other rules.
  package var checkpointMetrics: [CheckpointMetric]
  /// In no order.
  package var mechanism: [MechanismValue]
  /// Terms of the objective that belong to no task, at the evaluations; empty without any.
  package var penalties: [PenaltyValue]

  /// A record of the given values; series that were not recorded are empty.
  package init(
    identity: String,
    spec: String,
    numericsVersion: Int,
    end: RunEnd,
    parameterHash: String,
    bestStep: Int? = nil,
    checkpoint: String,
    instructionSet: String,
    flushToZero: Bool,
    programVersion: String,
    createdAt: String,
    metrics: [MetricValue] = [],
    evaluations: [Evaluation] = [],
    taskSteps: [TaskStep] = [],
    pairSteps: [PairStep] = [],
    checkpointMetrics: [CheckpointMetric] = [],
    mechanism: [MechanismValue] = [],
    penalties: [PenaltyValue] = []
  ) {
    self.identity = identity
    self.spec = spec
    self.numericsVersion = numericsVersion
    self.end = end
    self.parameterHash = parameterHash
    self.bestStep = bestStep
    self.checkpoint = checkpoint
    self.instructionSet = instructionSet
    self.flushToZero = flushToZero
    self.programVersion = programVersion
    self.createdAt = createdAt
    self.metrics = metrics
    self.evaluations = evaluations
    self.taskSteps = taskSteps
    self.pairSteps = pairSteps
    self.checkpointMetrics = checkpointMetrics
    self.mechanism = mechanism
    self.penalties = penalties
  }
}

/// One metric of a run on one task and part of the data, in the metric's unit.
package struct MetricValue: Sendable, Hashable {
  /// Index of the task in its problem; `nil` for a metric over all tasks.
  package var task: Int?
  package var part: MeasuredPart
  package var metric: String
  /// `nil` where undefined, such as the AUC of a part that holds one class.
  package var value: Double?

  package init(task: Int?, part: MeasuredPart, metric: String, value: Double?) {
    self.task = task
    self.part = part
    self.metric = metric
    self.value = value
  }
}

/// A test metric of a run at the checkpoint of another rule than its own.
package struct CheckpointMetric: Sendable, Hashable {
  /// `best`, `relative` or `last`.
  package var rule: String
  /// Step whose parameters were measured.
  package var step: Int
  /// Index of the task in its problem; `nil` for a metric over all tasks.
  package var task: Int?
  package var metric: String
  /// `nil` where undefined.
  package var value: Double?

  package init(rule: String, step: Int, task: Int?, metric: String, value: Double?) {
    self.rule = rule
    self.step = step
    self.task = task
    self.metric = metric
    self.value = value
  }
}

/// One number on why a run's tasks help or hurt each other.
package struct MechanismValue: Sendable, Hashable {
  /// Step before whose update it was measured; the checkpoint's step for losses.
  package var step: Int
  /// `cosine`, `within_cosine`, `norm`, `test_loss` or `mean_loss`.
  package var kind: String
  /// Index of the task in its problem.
  package var taskA: Int
  /// The other task of a `cosine`, after `taskA`; nil for the other kinds, -1 in the database.
  package var taskB: Int?
  /// `nil` where undefined.
  package var value: Double?

  package init(step: Int, kind: String, taskA: Int, taskB: Int?, value: Double?) {
    self.step = step
    self.kind = kind
    self.taskA = taskA
    self.taskB = taskB
    self.value = value
  }
}

/// The loss of one task on one part of the data after a step.
package struct Evaluation: Sendable, Hashable {
  package var step: Int
  /// Index of the task in its problem.
  package var task: Int
  package var part: MeasuredPart
  /// NaN here and NULL in the database if undefined.
  package var loss: Double

  package init(step: Int, task: Int, part: MeasuredPart, loss: Double) {
    self.step = step
    self.task = task
    self.part = part
    self.loss = loss
  }
}

/// Diagnostics of one task at one training step.
package struct TaskStep: Sendable, Hashable {
  package var step: Int
  /// Index of the task in its problem.
  package var task: Int
  /// Loss on the step's batch; if undefined, NaN here and NULL in the database.
  package var loss: Double
  /// The method's weight of the task; `nil` where the method has none.
  package var weight: Double?
  /// Norm of the task gradient at the shared parameters; `nil` where it was not computed.
  package var gradientNorm: Double?

  package init(step: Int, task: Int, loss: Double, weight: Double?, gradientNorm: Double?) {
    self.step = step
    self.task = task
    self.loss = loss
    self.weight = weight
    self.gradientNorm = gradientNorm
  }
}

/// Diagnostics of one pair of tasks at one training step; `taskA` is below `taskB`.
package struct PairStep: Sendable, Hashable {
  package var step: Int
  package var taskA: Int
  package var taskB: Int
  /// Cosine of the two task gradients at the shared parameters, from -1 to 1; `nil` if either is 0.
  package var cosine: Double?

  package init(step: Int, taskA: Int, taskB: Int, cosine: Double?) {
    self.step = step
    self.taskA = taskA
    self.taskB = taskB
    self.cosine = cosine
  }
}
