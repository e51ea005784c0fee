internal import Kernels
internal import Networks
internal import Problems
internal import Settings
internal import Statistics
internal import Weighting

/// Evaluates, keeps the checkpoint and writes down what a run measures, beside the training loop.
struct RunRecorder {
  private let trainer: Trainer
  private let settings: TrainingSettings
  private let stepCount: Int
  private let validation: PartEvaluator
  /// The rule of the run first; where the test part is measured, every other rule after it.
  private var checkpoints: [Checkpoint]
  private let mechanism: MechanismProbe?
  private var startLosses: [Double] = []
  private var trainingSums: [Double]
  /// Steps in the sum of each task, shape [K].
  private var stepsInSums: [Int]
  private var nextEvaluation = 1
  private var nextDiagnostic = 0
  var outcome = RunOutcome()
  /// Processor seconds spent outside training steps.
  private(set) var otherSeconds = 0.0

  init(
    _ trainer: Trainer,
    _ settings: TrainingSettings,
    mechanism: MechanismProbe?,
    stepCount: Int
  ) {
    self.trainer = trainer
    self.settings = settings
    self.mechanism = mechanism
    self.stepCount = stepCount
    let network = trainer.network
    validation = PartEvaluator(
      trainer.tasks,
      part: trainer.tasks.data.validation,
      network: network,
      kernels: trainer.kernels
    )
    let neighbours = CheckpointRule.allCases.filter { $0 != settings.checkpoint }
    checkpoints = ([settings.checkpoint] + (settings.measuresTest ? neighbours : [])).map {
      Checkpoint($0, snapshotCount: network.snapshotCount)
    }
    trainingSums = Array(repeating: 0, count: trainer.tasks.count)
    stepsInSums = Array(repeating: 0, count: trainer.tasks.count)
  }

  /// Whether an evaluation is due: `evaluations` of them, spread evenly, the last after the end.
  func isDue(afterStep step: Int) -> Bool {
    step * settings.evaluationCount >= nextEvaluation * stepCount
  }

  /// Whether diagnostics are recorded at a step: the first, and the others spread evenly.
  func recordsDiagnostics(at step: Int) -> Bool {
    nextDiagnostic < settings.diagnosticCount
      && step * settings.diagnosticCount >= nextDiagnostic * stepCount
  }

  /// Compares the task gradients on a large batch before the step's update, where that is due:
  /// `mechanism` times, at the first step and the others spread evenly.
  mutating func probeMechanism(at step: Int) {
    guard let mechanism else { return }
    let count = settings.mechanismCount
    let isDue = step == 0 || step * count / stepCount > (step - 1) * count / stepCount
    guard isDue else { return }
    let start = ThreadClock.seconds
    outcome.mechanism += mechanism.compareGradients(of: trainer.network, step: step)
    otherSeconds += ThreadClock.seconds - start
  }

  /// Takes note of a step that was made.
  mutating func take(step: Int, isRecorded: Bool) {
    let taskCount = trainer.tasks.count
    for task in 0..<taskCount where trainer.statistics.isPresent[task] {
      trainingSums[task] += trainer.statistics.losses[task]
      stepsInSums[task] += 1
    }
    guard isRecorded else { return }
    let start = ThreadClock.seconds
    while nextDiagnostic * stepCount <= step * settings.diagnosticCount { nextDiagnostic += 1 }
    recordDiagnostics(step)
    otherSeconds += ThreadClock.seconds - start
  }

  private mutating func recordDiagnostics(_ step: Int) {
    let statistics = trainer.statistics
    let count = trainer.tasks.count
    let indices = trainer.tasks.indices
    let norms = (0..<count).map {
      statistics.isPresent[$0] ? statistics.gramian[$0 * count + $0].squareRoot() : .nan
    }
    for task in 0..<count {
      outcome.taskSteps.append(
        RunOutcome.TaskStep(
          step: step,
          task: indices[task],
          loss: statistics.losses[task],
          weight: trainer.weights.weight(of: task),
          gradientNorm: norms[task]
        )
      )
      for other in task + 1..<max(count, task + 1) {
        let product = norms[task] * norms[other]
        let cosine = statistics.gramian[task * count + other] / product
        outcome.pairSteps.append(
          RunOutcome.PairStep(
            step: step,
            taskA: indices[task],
            taskB: indices[other],
            cosine: product > 0 ? min(1, max(-1, cosine)) : .nan
          )
        )
      }
    }
  }

  /// Measures validation losses, keeps the best parameters and closes the training means.
  mutating func evaluate(afterStep step: Int) {
    let start = ThreadClock.seconds
    defer { otherSeconds += ThreadClock.seconds - start }
    while nextEvaluation * stepCount <= step * settings.evaluationCount { nextEvaluation += 1 }
    let losses = validation.losses()
    if step == 0 { startLosses = losses }
    trainer.statistics.validationLosses = losses
    for (task, index) in trainer.tasks.indices.enumerated() {
      outcome.evaluations.append(
        RunOutcome.Evaluation(step: step, task: index, part: .validation, loss: losses[task])
      )
      if stepsInSums[task] > 0 {
        let mean = trainingSums[task] / Double(stepsInSums[task])
        outcome.evaluations.append(
          RunOutcome.Evaluation(step: step, task: index, part: .train, loss: mean)
        )
      }
      trainingSums[task] = 0
      stepsInSums[task] = 0
    }
    if trainer.network.hasPenalty, step > 0 {
      let value = trainer.network.penalty
      outcome.penalties.append(RunOutcome.Penalty(step: step, value: value))
    }
    for index in checkpoints.indices {
      checkpoints[index].consider(step, losses, start: startLosses, trainer.network)
    }
    outcome.checkpointStep = checkpoints[0].step
  }

  /// Restores the checkpoint and measures it, unless the run failed.
  mutating func finish(failure: StepFailure?, steps: Int) {
    let start = ThreadClock.seconds
    defer { otherSeconds += ThreadClock.seconds - start }
    outcome.stepCount = steps
    outcome.cost = trainer.cost
    outcome.memoryBytes = trainer.bufferBytes
    outcome.policySteps = trainer.policySteps
    outcome.meanWeightSum = trainer.meanWeightSum
    let names = trainer.tasks
    switch failure {
    case .diverged(let task):
      outcome.status = .diverged(reason: "loss of task '\(names[task].name)' is not finite")
    case .refused(let refusal):
      let task = refusal.task.map { "task '\(names[$0].name)': " } ?? ""
      outcome.status = .refused(reason: task + refusal.reason.description)
    case nil:
      measureCheckpoints()
    }
  }

  /// Measures the parameters at the run's own checkpoint, then the test part at those of the other
  /// rules.
  private mutating func measureCheckpoints() {
    // The network as training left it, which a checkpoint displaces.
    let last = FloatBuffer(count: trainer.network.snapshotCount)
    unsafe trainer.network.save(to: last.start)
    restore(checkpoints[0], last: last)
    hashParameters()
    outcome.checkpointScore = checkpoints[0].logScore
    measure(validation, .validation)
    guard settings.measuresTest else { return }
    let test = PartEvaluator(
      trainer.tasks,
      part: trainer.tasks.data.test,
      network: trainer.network,
      kernels: trainer.kernels
    )
    measure(test, .test)
    if let mechanism { outcome.mechanism += mechanism.losses(test, step: outcome.checkpointStep) }
    for checkpoint in checkpoints.dropFirst() {
      restore(checkpoint, last: last)
      outcome.checkpointMetrics += metrics(test).map { task, name, value in
        RunOutcome.CheckpointMetric(
          rule: checkpoint.rule,
          step: checkpoint.step,
          task: task,
          name: name,
          value: value
        )
      }
    }
  }

  private func restore(_ checkpoint: Checkpoint, last: FloatBuffer) {
    let source = checkpoint.snapshot ?? last
    unsafe trainer.network.restore(from: source.start)
  }

  private mutating func hashParameters() {
    var hash = StableHash()
    for index in 0..<trainer.network.parameterCount {
      unsafe hash.combine(trainer.network.parameters.start[index])
    }
    for index in 0..<trainer.network.state.count {
      unsafe hash.combine(trainer.network.state.start[index])
    }
    outcome.parameterHash = hash.hexadecimal
  }

  private mutating func measure(_ evaluator: PartEvaluator, _ part: SplitPart) {
    outcome.metrics += metrics(evaluator).map { task, name, value in
      RunOutcome.Metric(task: task, part: part, name: name, value: value)
    }
    if outcome.metrics.contains(where: { $0.value.isInfinite }) {
      outcome.status = .diverged(reason: "a metric at the checkpoint is infinite")
    }
  }

  /// All metrics of one part, and the sum over the tasks of metrics that are made to be summed.
  private func metrics(
    _ evaluator: PartEvaluator
  ) -> [(task: Int?, name: String, value: Double)] {
    let values = evaluator.metrics()
    var found: [(task: Int?, name: String, value: Double)] = []
    var sum = 0.0
    var isSummed = true
    for (task, index) in trainer.tasks.indices.enumerated() {
      let metrics = trainer.tasks[task].metrics
      for (metric, value) in zip(metrics, values[task]) {
        found.append((task: index, name: metric.rawValue, value: value))
      }
      if let position = metrics.firstIndex(of: .relativeLoss) {
        sum += values[task][position]
      } else {
        isSummed = false
      }
    }
    if isSummed { found.append((task: nil, name: MetricKind.relativeLoss.rawValue, value: sum)) }
    return found
  }
}
