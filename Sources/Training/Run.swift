package import Kernels
internal import Networks
package import Problems
package import Settings
internal import Weighting

/// One training from start to end: a pure function of its spec and its problem's data.
package struct Run: ~Copyable {
  /// Steps between two looks at the flag that asks a run to stop.
  private static let stepsBetweenChecks = 256

  private let settings: TrainingSettings
  private let trainer: Trainer
  private let stepCount: Int
  private var sampler: BatchSampler
  private var extraSamplers: ExtraSamplers
  private var recorder: RunRecorder

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - spec: What to train.
  ///   - data: The data of the spec's problem for the spec's seed.
  ///   - kernels: The instruction set to compute with.
  ///   - folder: What paths in the method's settings are relative to.
  /// - Throws: `SettingsError` when the spec does not fit the data.
  package init(
    _ spec: RunSpec,
    data: ProblemData,
    kernels: KernelTable,
    relativeTo folder: String = "."
  ) throws(SettingsError) {
    let tasks = TrainingTasks(data, indices: spec.tasks)
    var reader = SettingsReader(spec.training.table, path: "training")
    let settings = try TrainingSettings(settings: &reader)
    let optimizer = try OptimizerRegistry.make(settings: &reader)
    try reader.finish()

    let batches = BatchPlan(tasks, most: settings.batchRows)
    let epochSteps = batches.epochSteps
    let network = try Run.makeNetwork(spec, tasks, batches.batchRows, kernels)
    network.initialize(seed: spec.seed)
    var context = MethodContext(network, tasks, optimizer, epochSteps: epochSteps)
    context.folder = folder
    var method = SettingsReader(spec.method.table, path: "method")
    let name = try method.text("name")
    let mechanism = try Run.makeProbe(spec, tasks, settings, kernels)
    trainer = Trainer(
      network: network,
      tasks: tasks,
      optimizer: optimizer,
      method: try WeightingRegistry.make(name, context: context, settings: &method),
      draws: WeightingDraws(RandomStream(seed: spec.seed, purpose: .weighting)),
      kernels: kernels,
      takesDiagnostics: settings.diagnosticCount > 0
    )
    self.settings = settings
    stepCount = settings.stepCount(epochSteps: epochSteps)
    recorder = RunRecorder(
      trainer,
      settings,
      mechanism: mechanism,
      stepCount: stepCount
    )
    sampler = BatchSampler(batches, seed: spec.seed, purpose: .batches)
    extraSamplers = ExtraSamplers(batches, seed: spec.seed)
  }

  private static func makeProbe(
    _ spec: RunSpec,
    _ tasks: TrainingTasks,
    _ settings: TrainingSettings,
    _ kernels: KernelTable
  ) throws(SettingsError) -> MechanismProbe? {
    guard settings.mechanismCount > 0 else { return nil }
    let half = MechanismProbe.half(tasks)
    return MechanismProbe(
      tasks,
      network: try makeNetwork(spec, tasks, half.batchRows, kernels),
      half: half,
      seed: spec.seed,
      kernels: kernels
    )
  }

  private static func makeNetwork(
    _ spec: RunSpec,
    _ tasks: TrainingTasks,
    _ batchRows: Int,
    _ kernels: KernelTable
  ) throws(SettingsError) -> Network {
    let shape = NetworkShape(
      input: tasks.data.inputForm,
      outputCounts: (0..<tasks.count).map { tasks[$0].outputCount },
      taskIndices: tasks.indices,
      batchRows: batchRows
    )
    var reader = SettingsReader(spec.network.table, path: "network")
    return try Network.make(shape: shape, kernels: kernels, settings: &reader)
  }

  /// Trains to the end, or until `isCancelled` says so.
  ///
  /// Denormal numbers count as zero meanwhile: late in training they would slow the optimizer's
  /// arithmetic many times over.
  ///
  /// - Parameter isCancelled: Asked every few hundred steps.
  /// - Returns: The outcome; nil when cancelled.
  package consuming func train(isCancelled: () -> Bool) -> RunOutcome? {
    let denormalMode = DenormalMode.flushToZero()
    defer { denormalMode.restore() }
    let start = ThreadClock.seconds
    recorder.evaluate(afterStep: 0)
    var failure: StepFailure?
    var step = 0
    while step < stepCount {
      if step % Self.stepsBetweenChecks == 0 && isCancelled() { return nil }
      failure = self.step(step)
      if failure != nil { break }
      step += 1
      if recorder.isDue(afterStep: step) { recorder.evaluate(afterStep: step) }
    }
    recorder.finish(failure: failure, steps: step)
    recorder.outcome.totalSeconds =
      ThreadClock.seconds - start + trainer.method.rule.waitedSeconds
    recorder.outcome.trainSeconds = recorder.outcome.totalSeconds - recorder.otherSeconds
    return recorder.outcome
  }

  private mutating func step(_ step: Int) -> StepFailure? {
    let (rows, next) = unsafe sampler.advance()
    var batches = unsafe StepBatches(main: rows)
    unsafe batches.next = unsafe next
    extraSamplers.fill(&batches, for: trainer.method.rule.needs)
    trainer.statistics.step = step
    trainer.statistics.epoch = sampler.epoch
    trainer.statistics.endsEpoch = sampler.endsEpoch
    trainer.statistics.learningRate = learningRate(at: step)
    let isRecorded = recorder.recordsDiagnostics(at: step)
    recorder.probeMechanism(at: step)
    let failure = trainer.step(batches, needsDiagnostics: isRecorded)
    if failure == nil { recorder.take(step: step, isRecorded: isRecorded) }
    return failure
  }

  /// The constant rate, or half a cosine from it down to zero at the end of training.
  ///
  /// Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts",
  /// ICLR 2017, equation 5 with one period and no restart.
  func learningRate(at step: Int) -> Double {
    switch settings.schedule {
    case .constant: settings.learningRate
    case .cosine:
      settings.learningRate * 0.5
        * (1 + Portable.cos(Double.pi * Double(step) / Double(stepCount)))
    }
  }
}
