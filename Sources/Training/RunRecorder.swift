internal import Kernels
internal import Networks
internal import Problems
internal import Settings
internal import Weighting

/// Evaluates, keeps the checkpoint and writes down what a run measures, beside the training loop.
struct RunRecorder {
  private let trainer: Trainer
  private let settings: TrainingSettings
  private let stepCount: Int
  private let validation: PartEvaluator
  private let best: FloatBuffer?
  private var bestLoss = Double.infinity
  private var startLosses: [Double] = []
  private var trainingSums: [Double]
  private var stepsInSums = 0
  private var nextEvaluation = 1
  private var nextDiagnostic = 0
  var outcome = RunOutcome()
  /// Processor seconds spent outside training steps.
  private(set) var otherSeconds = 0.0

  init(_ trainer: Trainer, _ settings: TrainingSettings, stepCount: Int) {
    self.trainer = trainer
    self.settings = settings
    self.stepCount = stepCount
    let network = trainer.network
    validation = PartEvaluator(
      trainer.tasks,
      part: trainer.tasks.data.validation,
      network: network,
      kernels: trainer.kernels
    )
    best = settings.checkpoint == .best ? FloatBuffer(count: network.parameterCount) : nil
    trainingSums = Array(repeating: 0, count: trainer.tasks.count)
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

  /// Takes note of a step that was made.
  mutating func take(step: Int, isRecorded: Bool) {
    let taskCount = trainer.tasks.count
    for task in 0..<taskCount { trainingSums[task] += trainer.statistics.losses[task] }
    stepsInSums += 1
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
    let norms = (0..<count).map { statistics.gramian[$0 * count + $0].squareRoot() }
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
    for (task, index) in trainer.tasks.indices.enumerated() {
      outcome.evaluations.append(
        RunOutcome.Evaluation(step: step, task: index, part: .validation, loss: losses[task])
      )
      if stepsInSums > 0 {
        let mean = trainingSums[task] / Double(stepsInSums)
        outcome.evaluations.append(
          RunOutcome.Evaluation(step: step, task: index, part: .train, loss: mean)
        )
      }
      trainingSums[task] = 0
    }
    stepsInSums = 0
    keepBest(step, losses)
  }

  private mutating func keepBest(_ step: Int, _ losses: [Double]) {
    guard let best else {
      outcome.checkpointStep = step
      return
    }
    var relative = 0.0
    for (loss, start) in zip(losses, startLosses) { relative += start > 0 ? loss / start : loss }
    guard relative < bestLoss else { return }
    bestLoss = relative
    outcome.checkpointStep = step
    let network = trainer.network
    unsafe best.start.update(from: network.parameters.start, count: network.parameterCount)
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
      if let best {
        let network = trainer.network
        unsafe network.parameters.start.update(from: best.start, count: network.parameterCount)
      }
      hashParameters()
      measure(validation, .validation)
      if settings.measuresTest {
        let test = PartEvaluator(
          trainer.tasks,
          part: trainer.tasks.data.test,
          network: trainer.network,
          kernels: trainer.kernels
        )
        measure(test, .test)
      }
    }
  }

  private mutating func hashParameters() {
    var hash = StableHash()
    for index in 0..<trainer.network.parameterCount {
      unsafe hash.combine(trainer.network.parameters.start[index])
    }
    outcome.parameterHash = hash.hexadecimal
  }

  /// All metrics of one part, and the sum over the tasks of metrics that are made to be summed.
  private mutating func measure(_ evaluator: PartEvaluator, _ part: SplitPart) {
    let values = evaluator.metrics()
    var sum = 0.0
    var isSummed = true
    for (task, index) in trainer.tasks.indices.enumerated() {
      let metrics = trainer.tasks[task].metrics
      for (metric, value) in zip(metrics, values[task]) {
        outcome.metrics.append(
          RunOutcome.Metric(task: index, part: part, name: metric.rawValue, value: value)
        )
      }
      if let position = metrics.firstIndex(of: .relativeLoss) {
        sum += values[task][position]
      } else {
        isSummed = false
      }
    }
    if isSummed {
      outcome.metrics.append(
        RunOutcome.Metric(
          task: -1,
          part: part,
          name: MetricKind.relativeLoss.rawValue,
          value: sum
        )
      )
    }
    if outcome.metrics.contains(where: { $0.value.isInfinite }) {
      outcome.status = .diverged(reason: "a metric at the checkpoint is infinite")
    }
  }
}
