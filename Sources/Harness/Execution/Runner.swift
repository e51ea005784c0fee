package import Kernels
internal import Problems
internal import Settings
package import Store
internal import Training

/// Trains jobs on a fixed number of workers and stores each run when it ends.
package struct Runner: Sendable {
  private let store: ResultStore
  private let workers: Int
  private let kernels: KernelTable
  private let cache: ProblemCache
  private let folder: String
  private let timeSplit: TimeSplit

  /// - Parameters:
  ///   - suite: The suite whose problems the jobs are about.
  ///   - store: Where finished runs go.
  ///   - workers: Runs at a time, at least 1.
  ///   - kernels: The instruction set to compute with.
  ///   - timeSplit: Counts what time is spent on.
  package init(
    _ suite: Suite,
    store: ResultStore,
    workers: Int,
    kernels: KernelTable,
    timeSplit: TimeSplit = TimeSplit()
  ) {
    precondition(workers >= 1, "\(workers) workers cannot train")
    self.store = store
    self.workers = workers
    self.kernels = kernels
    self.timeSplit = timeSplit
    cache = ProblemCache(
      suite.problems.map { $0.problem },
      first: suite.problems.map { $0.firstData }
    )
    folder = suite.folder
  }

  /// Trains every job that the store does not hold yet.
  ///
  /// - Parameters:
  ///   - jobs: In any order; runs over the same data are taken one after the other.
  ///   - progress: Told of every run that is done.
  /// - Throws: `KernelMismatch` when one of them is stored with other bits than this instruction set
  ///   gives, `Interrupted` after Ctrl-C, `StoreError` when a run cannot be stored.
  package func run(_ jobs: [Job], progress: Progress) async throws {
    let stored = try store.instructionSets()
    for job in jobs {
      guard let set = stored[job.identity] else { continue }
      try KernelMismatch.refuse(set, beside: kernels.instructionSet)
    }
    var seen = Set(stored.keys)
    let missing = jobs.filter { seen.insert($0.identity).inserted }
    progress.skip(jobs.filter { stored[$0.identity] != nil })
    progress.begin(missing)
    let ordered = missing.sorted {
      ($0.problem, $0.spec.seed, $0.identity) < ($1.problem, $1.spec.seed, $1.identity)
    }
    try await withThrowingTaskGroup(of: (Job, RunRecord, Double)?.self) { group in
      var next = ordered.startIndex
      func start() {
        guard next < ordered.endIndex, !Interrupt.isRequested else { return }
        let job = ordered[next]
        next += 1
        group.addTask {
          let start = progress.now
          return try train(job).map { (job, $0, progress.now - start) }
        }
      }
      for _ in 0..<workers { start() }
      while let result = try await group.next() {
        // Before the run is stored, so that no worker waits for the disk.
        start()
        if let (job, record, seconds) = result {
          try timeSplit.measure(.storing) { try store.save(record) }
          progress.finish(job, record, seconds: seconds)
        }
      }
    }
    if Interrupt.isRequested { throw Interrupted() }
  }

  /// Trains one job; nil when it was interrupted, or when another one could not be stored.
  func train(_ job: Job) throws -> RunRecord? {
    let data: ProblemData
    do {
      data = try timeSplit.measure(.data) {
        try cache.data(problem: job.problem, seed: job.spec.seed)
      }
    } catch {
      return RunRecord(skipped: job.spec, reason: "\(error)", kernels.instructionSet)
    }
    let run = try timeSplit.measure(.setUp) {
      try Run(job.spec, data: data, kernels: kernels, relativeTo: folder)
    }
    let outcome = run.train { Interrupt.isRequested || Task.isCancelled }
    guard let outcome else { return nil }
    timeSplit.add(outcome.trainSeconds, to: .training)
    timeSplit.add(outcome.totalSeconds - outcome.trainSeconds, to: .measuring)
    return RunRecord(job.spec, outcome, kernels.instructionSet)
  }
}
