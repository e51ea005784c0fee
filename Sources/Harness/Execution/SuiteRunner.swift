internal import FoundationEssentials
package import Kernels
internal import Statistics
package import Store

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
  /// - Returns: The number of runs that it asked for, counting those that several methods share once.
  /// - Throws: `Interrupted` after Ctrl-C, `StoreError` when results cannot be stored; whatever was
  ///   finished by then is stored.
  package func run() async throws -> Int {
    defer { progress.end() }
    try SuiteRecords(plan).save(to: store)
    let asked = AskedRuns(plan)
    let tuning = Tuning(plan, store: store) { jobs in
      try await train(jobs, asked, isLast: false)
    }
    try await tuning.tuneSingleTasks()
    let records = TuningRecords(plan, tuning)
    try records.saveSingleTasks(to: store)
    try await tuning.tuneMethods()
    try records.saveMethods(to: store)
    let evaluation = EvaluationJobs(plan, tuning)
    try store.save(methods: evaluation.frontRecords, of: plan.suite.name)
    let entries = evaluation.entries
    try store.save(entries: entries.front)
    try await train(entries.jobs, asked, isLast: true)
    return asked.count
  }

  /// Stores the plan entries of some jobs, and makes those of their runs that are not stored.
  private func train(_ jobs: [Job], _ asked: AskedRuns, isLast: Bool) async throws {
    try store.save(
      entries: jobs.map { job in
        job.entry(
          suite: plan.suite.name,
          problemLabel: plan.suite.problems[job.problem].label
        )
      }
    )
    progress.replan(remaining: asked.take(jobs, isLast: isLast))
    try await runner.run(jobs, progress: progress)
  }
}

/// Counts the runs that stages asked for, to tell how many are to come.
private final class AskedRuns {
  private let plan: Plan
  private var identities: Set<String> = []
  private var counts: [Int: Int] = [:]

  init(_ plan: Plan) {
    self.plan = plan
  }

  var count: Int { identities.count }

  /// Takes in the jobs of a stage.
  ///
  /// - Returns: Runs of the stage and, unless it is the last one, of all stages after it as the plan
  ///   estimates them, by problem.
  func take(_ jobs: [Job], isLast: Bool) -> [Int: Int] {
    var remaining: [Int: Int] = [:]
    for job in jobs where identities.insert(job.identity).inserted {
      counts[job.problem, default: 0] += 1
      remaining[job.problem, default: 0] += 1
    }
    for problem in plan.problemIndices where !isLast {
      remaining[problem, default: 0] += max(
        0,
        plan.runCount(of: problem) - counts[problem, default: 0]
      )
    }
    return remaining
  }
}
