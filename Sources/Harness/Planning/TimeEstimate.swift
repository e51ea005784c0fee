package import Kernels
internal import Problems
internal import Settings
internal import Store
internal import Training
internal import Weighting

/// How long a suite will take, from a short training of every method on every problem.
package struct TimeEstimate: Sendable {
  /// Steps that one method is tried for; enough for a mean, and short beside any suite.
  private static let probeSteps = 100
  /// Validation rows that a trial measures; what more would take is in proportion.
  private static let probeRows = 20_000
  /// Passes over a part that the end of every run makes beside its evaluations: one of step 0, one
  /// for the validation metrics and one for the test metrics.
  private static let passesAtEnds = 3

  /// Processor seconds of one run on each problem, averaged over its methods.
  package let secondsPerRun: [Double]
  /// Processor seconds of the whole plan.
  package let totalSeconds: Double
  /// Labels of methods that are programs of the user's: they are not started for an estimate, and
  /// their runs are counted as long as the others.
  package let unmeasuredMethods: [String]

  /// Trains every method of every problem for a few steps at the grid's first learning rate.
  ///
  /// - Throws: What making the data or reading the settings throws.
  package init(_ plan: Plan, kernels: KernelTable) throws {
    secondsPerRun = try plan.problemIndices.map { problem in
      try Self.meanSeconds(plan, problem, kernels)
    }
    var unmeasured: [String] = []
    for method in plan.suite.problems.flatMap({ $0.methods }) where method.isUserProgram {
      if !unmeasured.contains(method.label) { unmeasured.append(method.label) }
    }
    unmeasuredMethods = unmeasured
    totalSeconds = plan.problemIndices.map { [secondsPerRun] problem in
      secondsPerRun[problem] * Double(plan.runCount(of: problem))
    }.reduce(0, +)
  }

  /// The mean over single-task networks and the methods that have settings of their own.
  private static func meanSeconds(
    _ plan: Plan,
    _ problem: Int,
    _ kernels: KernelTable
  ) throws -> Double {
    let seed = plan.suite.evaluationSeeds[0]
    let source = plan.suite.problems[problem]
    let whole = try source.firstData.get(of: source.problem)
    let data = ProblemData(
      tasks: whole.tasks,
      train: whole.train,
      validation: whole.validation.first(probeRows),
      test: whole.test,
      inputForm: whole.inputForm
    )
    let rowsEach = Double(whole.validation.rowCount) / Double(data.validation.rowCount)
    let methods = zip(plan.methods(of: problem), plan.suite.problems[problem].methods)
    let contenders =
      plan.singleTasks(of: problem)
      + methods.filter { $0.1.rival == nil && !$0.1.isUserProgram }.map { $0.0 }
    var total = 0.0
    for contender in contenders {
      let job = plan.job(contender, .tuning, plan.candidates(of: contender)[0], at: 0, seed)
      total += try seconds(of: job, data, rowsEach, kernels, plan.suite.folder)
    }
    return total / Double(contenders.count)
  }

  /// What a job would take, from a shortened one.
  private static func seconds(
    of job: Job,
    _ data: ProblemData,
    _ rowsEach: Double,
    _ kernels: KernelTable,
    _ folder: String
  ) throws -> Double {
    var reader = SettingsReader(job.spec.training.table)
    let settings = try TrainingSettings(settings: &reader)
    let batches = BatchPlan(TrainingTasks(data, indices: job.spec.tasks), most: settings.batchRows)
    let stepCount = settings.stepCount(epochSteps: batches.epochSteps)
    var training = job.spec.training
    training["epochs"] = nil
    training["steps"] = .count(min(stepCount, probeSteps))
    training["evaluations"] = .count(1)
    let spec = RunSpec(
      problem: job.spec.problem,
      network: job.spec.network,
      training: training,
      method: job.spec.method,
      tasks: job.spec.tasks,
      seed: job.spec.seed
    )
    let start = Progress.monotonicSeconds
    let run = try Run(spec, data: data, kernels: kernels, relativeTo: folder)
    let setUp = Progress.monotonicSeconds - start
    guard let outcome = run.train(isCancelled: { false }), outcome.stepCount > 0 else {
      return setUp
    }
    let passes = Double(settings.evaluationCount + passesAtEnds) / Double(1 + passesAtEnds)
    return setUp + outcome.trainSeconds * Double(stepCount) / Double(outcome.stepCount)
      + (outcome.totalSeconds - outcome.trainSeconds) * passes * rowsEach
  }
}

extension SuiteMethod {
  /// Whether training it starts a program of the user's.
  fileprivate var isUserProgram: Bool { !WeightingRegistry.ownNames.contains(name) }
}
