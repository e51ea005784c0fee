/// How a run ended and what it measured; what a tuner needs of it.
package struct RunOutcomeSummary: Sendable, Hashable {
  /// `finished`, `diverged`, `refused` or `skipped`.
  package var status: String
  /// Mean over the tasks of the logarithm of the validation loss at the checkpoint; `nil` if none.
  package var checkpointScore: Double?
  package var metrics: [MetricValue]

  package init(status: String, checkpointScore: Double? = nil, metrics: [MetricValue]) {
    self.status = status
    self.checkpointScore = checkpointScore
    self.metrics = metrics
  }
}

/// A stored run in its part in a suite: evaluation of a method, or a trial of its tuning.
package struct EvaluationRun: Sendable, Hashable {
  /// Label of the method.
  package var method: String
  package var seed: Int
  /// The task of a single-task run; `nil` for a run over all tasks.
  package var taskIndex: Int?
  /// Which of the method's candidates it is a run of.
  package var candidate: Int
  package var learningRate: Double
  package var identity: String
  /// `finished`, `diverged`, `refused` or `skipped`.
  package var status: String
  package var reason: String
  package var failedStep: Int?
  package var stepCount: Int
  package var trainSeconds: Double
  package var totalSeconds: Double
  package var forwardPasses: Int
  package var backwardPasses: Int
  package var samplesSeen: Int
  /// Bytes of the buffers that training used; `nil` where an earlier version did not count them.
  package var memoryBytes: Int?
  package var policySteps: Int
  package var machine: String
  /// Mean over the steps of the sum of the shared weights; `nil` for updates that have none.
  package var meanWeightSum: Double?
  /// By part, task and metric name.
  package var metrics: [MetricValue]
  /// By rule, task and metric name; empty but for evaluation runs.
  package var checkpointMetrics: [CheckpointMetric]

  package init(
    method: String,
    seed: Int,
    taskIndex: Int?,
    candidate: Int = 0,
    learningRate: Double,
    identity: String,
    status: String,
    reason: String = "",
    failedStep: Int? = nil,
    stepCount: Int,
    trainSeconds: Double,
    totalSeconds: Double,
    forwardPasses: Int,
    backwardPasses: Int,
    samplesSeen: Int,
    memoryBytes: Int? = nil,
    policySteps: Int = 0,
    machine: String = "",
    meanWeightSum: Double? = nil,
    metrics: [MetricValue],
    checkpointMetrics: [CheckpointMetric] = []
  ) {
    self.method = method
    self.seed = seed
    self.taskIndex = taskIndex
    self.candidate = candidate
    self.learningRate = learningRate
    self.identity = identity
    self.status = status
    self.reason = reason
    self.failedStep = failedStep
    self.stepCount = stepCount
    self.trainSeconds = trainSeconds
    self.totalSeconds = totalSeconds
    self.forwardPasses = forwardPasses
    self.backwardPasses = backwardPasses
    self.samplesSeen = samplesSeen
    self.memoryBytes = memoryBytes
    self.policySteps = policySteps
    self.machine = machine
    self.meanWeightSum = meanWeightSum
    self.metrics = metrics
    self.checkpointMetrics = checkpointMetrics
  }
}

/// The loss of one task and part over the training of one evaluation run.
package struct LearningCurve: Sendable, Hashable {
  /// Label of the method.
  package var method: String
  package var seed: Int
  package var identity: String
  /// Index of the task in its problem.
  package var task: Int
  /// `train` or `validation`.
  package var part: String
  /// Ascending.
  package var steps: [Int]
  /// One for each step; NaN where undefined.
  package var losses: [Double]

  package init(
    method: String,
    seed: Int,
    identity: String,
    task: Int,
    part: String,
    steps: [Int],
    losses: [Double]
  ) {
    self.method = method
    self.seed = seed
    self.identity = identity
    self.task = task
    self.part = part
    self.steps = steps
    self.losses = losses
  }
}

/// One number on a problem's mechanism, with the evaluation run that measured it.
package struct MechanismRow: Sendable, Hashable {
  /// Label of the method: `equal`, or `single-task` for a network of `value.taskA` alone.
  package var method: String
  package var seed: Int
  package var value: MechanismValue

  package init(method: String, seed: Int, value: MechanismValue) {
    self.method = method
    self.seed = seed
    self.value = value
  }
}

/// The diagnostics of the evaluation runs of a problem.
package struct Diagnostics: Sendable, Hashable {
  package var tasks: [TaskSeries]
  package var pairs: [PairSeries]

  package init(tasks: [TaskSeries], pairs: [PairSeries]) {
    self.tasks = tasks
    self.pairs = pairs
  }
}

/// Loss, weight and gradient norm of one task over the training of one run.
package struct TaskSeries: Sendable, Hashable {
  /// Label of the method.
  package var method: String
  package var seed: Int
  package var identity: String
  /// Index of the task in its problem.
  package var task: Int
  /// Ascending; the other series have one value for each.
  package var steps: [Int]
  /// NaN where undefined.
  package var losses: [Double]
  package var weights: [Double?]
  package var gradientNorms: [Double?]

  package init(
    method: String,
    seed: Int,
    identity: String,
    task: Int,
    steps: [Int],
    losses: [Double],
    weights: [Double?],
    gradientNorms: [Double?]
  ) {
    self.method = method
    self.seed = seed
    self.identity = identity
    self.task = task
    self.steps = steps
    self.losses = losses
    self.weights = weights
    self.gradientNorms = gradientNorms
  }
}

/// The gradient cosine of one pair of tasks over the training of one run.
package struct PairSeries: Sendable, Hashable {
  /// Label of the method.
  package var method: String
  package var seed: Int
  package var identity: String
  package var taskA: Int
  package var taskB: Int
  /// Ascending; one cosine for each.
  package var steps: [Int]
  package var cosines: [Double?]

  package init(
    method: String,
    seed: Int,
    identity: String,
    taskA: Int,
    taskB: Int,
    steps: [Int],
    cosines: [Double?]
  ) {
    self.method = method
    self.seed = seed
    self.identity = identity
    self.taskA = taskA
    self.taskB = taskB
    self.steps = steps
    self.cosines = cosines
  }
}

/// How much a store holds.
package struct StoreCounts: Sendable, Hashable {
  package var suites: Int
  package var finished: Int
  package var diverged: Int
  package var refused: Int
  package var skipped: Int
  /// Rows of the four tables of measurements.
  package var measurements: Int

  /// All stored runs, however they ended.
  package var runs: Int { finished + diverged + refused + skipped }

  package init(
    suites: Int,
    finished: Int,
    diverged: Int,
    refused: Int,
    skipped: Int,
    measurements: Int
  ) {
    self.suites = suites
    self.finished = finished
    self.diverged = diverged
    self.refused = refused
    self.skipped = skipped
    self.measurements = measurements
  }
}
