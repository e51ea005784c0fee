internal import FoundationEssentials
package import Kernels
internal import Problems
internal import Statistics
package import Store
internal import Training

/// Takes a suite from its plan to stored runs: tuning of single-task networks, tuning of every
/// method against them, evaluation of all at what was chosen.
package struct SuiteRunner: Sendable {
  private let plan: Plan
  private let store: ResultStore
  private let runner: Runner
  private let progress: Progress

  /// - Parameters:
  ///   - suite: What to run.
  ///   - store: Where runs go, and where finished ones are found again.
  ///   - workers: Runs at a time.
  ///   - kernels: The instruction set to compute with.
  ///   - progress: Told of every run.
  ///   - timeSplit: Counts what time is spent on.
  package init(
    _ suite: Suite,
    store: ResultStore,
    workers: Int,
    kernels: KernelTable,
    progress: Progress,
    timeSplit: TimeSplit = TimeSplit()
  ) {
    plan = Plan(suite)
    self.store = store
    runner = Runner(
      suite,
      store: store,
      workers: workers,
      kernels: kernels,
      timeSplit: timeSplit
    )
    self.progress = progress
  }

  /// Runs the suite to its end.
  ///
  /// - Throws: `Interrupted` after Ctrl-C, `StoreError` when results cannot be stored; whatever was
  ///   finished by then is stored.
  package func run() async throws {
    defer { progress.end() }
    try SuiteRecords(plan).save(to: store)
    let singleJobs = plan.tuningJobs(plan.singleTasks)
    let singleResults = try await tune(singleJobs, baseJobs: [])
    let singleChoices = try choose(plan.singleTasks, singleResults) {
      singleResults.chooseSingleTask($0)
    }
    let methodResults = try await tune(plan.tuningJobs(plan.methods), baseJobs: singleJobs)
    let methodChoices = try choose(plan.methods, methodResults) { contender in
      let rates = plan.singleTasks(of: contender.problem).map {
        singleChoices[$0]?.learningRate ?? plan.suite.tuning.learningRates[0]
      }
      return methodResults.choose(contender, singleTaskRates: rates)
    }
    let tunedStatics = try saveTunedStatics(methodChoices)
    try await evaluate(singleChoices.merging(methodChoices) { first, _ in first }, tunedStatics)
  }

  /// Makes tuning runs and reads how they and those they are compared with came out.
  private func tune(_ jobs: [Job], baseJobs: [Job]) async throws -> TuningResults {
    try saveEntries(jobs)
    try await runner.run(jobs, progress: progress)
    let all = baseJobs + jobs
    return TuningResults(plan, jobs: all, try store.outcomes(all.map { $0.identity }))
  }

  /// Chooses the learning rates of some contenders and stores them.
  private func choose(
    _ contenders: [Plan.Contender],
    _ results: TuningResults,
    _ choice: (Plan.Contender) -> LearningRateChoice
  ) throws -> [Plan.Contender: LearningRateChoice] {
    var choices: [Plan.Contender: LearningRateChoice] = [:]
    var records: [TuningChoice] = []
    for contender in contenders {
      let chosen = choice(contender)
      choices[contender] = chosen
      records.append(record(chosen, of: contender, results, method: contender.method))
    }
    try store.save(choices: records)
    return choices
  }

  private func record(
    _ choice: LearningRateChoice,
    of contender: Plan.Contender,
    _ results: TuningResults?,
    method: String
  ) -> TuningChoice {
    let grid = plan.suite.tuning.learningRates
    return TuningChoice(
      suite: plan.suite.name,
      problem: plan.suite.problems[contender.problem].label,
      method: method,
      taskIndex: contender.taskIndex,
      learningRate: choice.learningRate ?? grid[0],
      score: choice.index.flatMap { choice.means[$0] },
      isAtEdge: choice.isAtEdge,
      trialCount: plan.suite.tuning.trialCount,
      failedTrialCount: results?.failedTrials(contender) ?? 0,
      grid: grid
    )
  }

  /// The sweep point with the lowest validation Δm of each problem, stored as a method of its own.
  private func saveTunedStatics(
    _ choices: [Plan.Contender: LearningRateChoice]
  ) throws -> [Plan.Contender] {
    var winners: [Plan.Contender] = []
    var records: [TuningChoice] = []
    for problem in plan.problemIndices {
      let points = plan.suite.problems[problem].methods.filter { $0.group == .sweep }
      let contenders = points.map {
        Plan.Contender(problem: problem, method: $0.label, taskIndex: nil)
      }
      let scored = contenders.compactMap { contender -> (Plan.Contender, Double)? in
        guard let choice = choices[contender], let index = choice.index,
          let score = choice.means[index]
        else { return nil }
        return (contender, score)
      }
      guard let best = scored.min(by: { $0.1 < $1.1 })?.0, let choice = choices[best] else {
        continue
      }
      winners.append(best)
      var record = record(choice, of: best, nil, method: SuiteMethod.tunedStaticLabel)
      record.trialCount *= contenders.count
      records.append(record)
    }
    try store.save(choices: records)
    return winners
  }

  private func evaluate(
    _ choices: [Plan.Contender: LearningRateChoice],
    _ tunedStatics: [Plan.Contender]
  ) async throws {
    var jobs: [Job] = []
    for contender in plan.singleTasks + plan.methods {
      let rate = choices[contender]?.learningRate ?? plan.suite.tuning.learningRates[0]
      jobs += plan.evaluationJobs(contender, learningRate: rate)
    }
    try saveEntries(jobs)
    var entries: [PlanEntry] = []
    for job in jobs {
      guard tunedStatics.contains(job.contender) else { continue }
      let label = plan.suite.problems[job.problem].label
      var entry = job.entry(suite: plan.suite.name, problemLabel: label)
      entry.method = SuiteMethod.tunedStaticLabel
      entries.append(entry)
    }
    try store.save(entries: entries)
    try await runner.run(jobs, progress: progress)
  }

  private func saveEntries(_ jobs: [Job]) throws {
    try store.save(
      entries: jobs.map { job in
        job.entry(
          suite: plan.suite.name,
          problemLabel: plan.suite.problems[job.problem].label
        )
      }
    )
  }
}
