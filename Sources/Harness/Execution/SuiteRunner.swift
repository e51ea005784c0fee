internal import FoundationEssentials
package import Kernels
internal import Statistics
package import Store
internal import Weighting

/// Takes a suite from its plan to stored runs: tuning of single-task networks, tuning of every
/// method against them, evaluation of all at what was chosen.
package struct SuiteRunner: Sendable {
  private let plan: Plan
  private let store: ResultStore
  private let earlier: ResultStore?
  private let runner: Runner
  private let progress: Progress

  /// - Parameters:
  ///   - suite: What to run.
  ///   - store: Where runs go, and where finished ones are found again.
  ///   - earlier: A database whose runs count as made, which shards were merged into.
  ///   - workers: Runs at a time.
  ///   - kernels: The instruction set to compute with.
  ///   - progress: Told of every run.
  ///   - timeSplit: Counts what time is spent on.
  package init(
    _ suite: Suite,
    store: ResultStore,
    after earlier: ResultStore? = nil,
    workers: Int,
    kernels: KernelTable,
    progress: Progress,
    timeSplit: TimeSplit = TimeSplit()
  ) {
    plan = Plan(suite)
    self.store = store
    self.earlier = earlier
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
  /// - Throws: `StageIncomplete` where the suite is a shard and other shards' runs are needed to go on,
  ///   `Interrupted` after Ctrl-C, `StoreError` when results cannot be stored; whatever was finished by then
  ///   is stored.
  package func run() async throws -> Int {
    defer {
      progress.end()
      ExternalPrograms.end()
    }
    let known = try KnownRuns(store, after: earlier)
    let asked = AskedRuns(plan)
    try await walk(known) { jobs, isLast in
      let own = known.own(of: jobs, plan.suite)
      progress.replan(remaining: asked.take(own, isLast: isLast || plan.suite.isDealt))
      try await runner.run(own, progress: progress)
      let missing = plan.suite.isDealt ? try known.missingCount(jobs) : 0
      guard missing == 0 else {
        throw StageIncomplete(missingCount: missing, ownCount: asked.count)
      }
    }
    return asked.count
  }

  /// How many runs the first stage lacks that lacks any; 0 where all runs of the suite are stored.
  ///
  /// Nothing is trained; what follows from the stages before it is stored.
  package func missingCount() async throws -> Int {
    let known = try KnownRuns(store, after: earlier)
    do {
      try await walk(known) { jobs, _ in
        let missing = try known.missingCount(jobs)
        guard missing == 0 else { throw StageIncomplete(missingCount: missing, ownCount: 0) }
      }
      return 0
    } catch let error as StageIncomplete {
      return error.missingCount
    }
  }

  /// Goes from stage to stage; `train` makes the runs of one, from which the next one follows.
  private func walk(
    _ known: KnownRuns,
    _ train: @escaping (_ jobs: [Job], _ isLast: Bool) async throws -> Void
  ) async throws {
    try SuiteRecords(plan).save(to: store)
    let tuning = Tuning(plan, known: known) { jobs in
      try save(entriesOf: jobs)
      try await train(jobs, false)
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
    try save(entriesOf: entries.jobs)
    try await train(entries.jobs, true)
  }

  /// Stores what part the runs of some jobs play.
  private func save(entriesOf jobs: [Job]) throws(StoreError) {
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

/// Thrown where a shard has made its runs of a stage, and the next one waits for those of other shards.
package struct StageIncomplete: Error {
  /// Runs of the stage that are in neither database.
  package let missingCount: Int
  /// Runs that the shard asked for by then.
  package let ownCount: Int
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
