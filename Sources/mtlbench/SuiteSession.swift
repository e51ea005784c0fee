internal import Harness
internal import Kernels
internal import Reports
internal import Store

/// The way from a suite's text to stored runs, tables, plots and the page, which every command that
/// trains goes.
struct SuiteSession {
  /// What a session leaves.
  struct Outcome {
    let results: SuiteResults
    /// Runs that the suite asked for, and those of them that were trained now.
    let runCount: Int
    let trainedCount: Int
    /// Whether everything that applies was made, and every method has a run that did not fail.
    let isComplete: Bool
  }

  /// What training leaves.
  struct Training {
    /// Runs that were asked for, and those of them that were trained now.
    let runCount: Int
    let trainedCount: Int
    /// Runs of other shards that the next runs of this one follow from.
    let missingCount: Int
  }

  let suite: Suite
  /// The database's path.
  let database: String
  /// The path of a database whose runs count as made; nil for none.
  var earlier: String?
  let folder: ResultFolder
  let workers: Int
  let kernels: KernelTable
  let isQuiet: Bool
  /// How progress is told.
  let progressForm: ProgressForm
  /// Whether to tell what the time was spent on.
  let isProfiled: Bool

  /// Trains what is not stored yet, then writes tables, plots and the page.
  ///
  /// - Throws: `Interrupted` after Ctrl-C, and what opening and writing the database throws.
  func run() async throws -> Outcome {
    try folder.make()
    let training = try await train()
    let (results, isComplete) = try Self.report(
      suite.name,
      database: database,
      folder: folder
    )
    let fruitless = results.fruitlessMethods
    for (label, reason) in fruitless {
      Terminal.writeError("not made: every run of \(label) failed: \(reason)\n")
    }
    return Outcome(
      results: results,
      runCount: training.runCount,
      trainedCount: training.trainedCount,
      isComplete: isComplete && (fruitless.isEmpty || !results.hasFinishedRun)
    )
  }

  /// Trains what is not stored yet.
  ///
  /// - Throws: `Interrupted` after Ctrl-C, and what opening and writing the database throws.
  func train() async throws -> Training {
    Terminal.writeError(NoticeText.text(suite))
    let before = try earlier.map { try StoreOptions.open($0, .readOnly) }
    let store = try StoreOptions.open(database, .create)
    Interrupt.install()
    let progress = progress(of: Plan(suite))
    let timeSplit = TimeSplit()
    let runner = SuiteRunner(
      suite,
      store: store,
      after: before,
      workers: workers,
      kernels: kernels,
      progress: progress,
      timeSplit: timeSplit
    )
    var runCount = 0
    var missingCount = 0
    do {
      runCount = try await runner.run()
    } catch let error as StageIncomplete {
      runCount = error.ownCount
      missingCount = error.missingCount
    }
    try store.close()
    Interrupt.uninstall()
    Terminal.tell(
      """
      \(suite.name)\(suite.shard.map { " shard \($0.text)" } ?? ""): \(runCount) runs, \(progress.trainedCount) of them trained now in \
      \(DurationText.of(progress.elapsed)) with \(kernels.instructionSet.rawValue) kernels, peak memory \
      \(PeakMemory.text); results in \(database)

      """
    )
    if isProfiled {
      Terminal.tell(ProfileText.text(timeSplit, elapsed: progress.elapsed, workers: workers))
    }
    return Training(
      runCount: runCount,
      trainedCount: progress.trainedCount,
      missingCount: missingCount
    )
  }

  /// How many runs the first stage lacks that lacks any; 0 where all are stored.
  ///
  /// Nothing is trained.
  func missingCount() async throws -> Int {
    let store = try StoreOptions.open(database, .create)
    let runner = SuiteRunner(
      suite,
      store: store,
      workers: workers,
      kernels: kernels,
      progress: progress(of: Plan(suite))
    )
    let count = try await runner.missingCount()
    try store.close()
    return count
  }

  private func progress(of plan: Plan) -> Progress {
    var remaining: [Int: Int] = [:]
    for problem in plan.problemIndices { remaining[problem] = plan.runCount(of: problem) }
    return Progress(
      remaining: remaining,
      workers: workers,
      isTerminal: Terminal.isErrorTerminal,
      isQuiet: isQuiet,
      isJSON: progressForm == .json
    ) { Terminal.writeProgress($0) }
  }

  /// Writes tables, plots and the page from what is stored.
  static func report(
    _ suite: String,
    database: String,
    folder: ResultFolder
  ) throws -> (results: SuiteResults, isComplete: Bool) {
    let store = try StoreOptions.open(database, .readOnly)
    let results = try SuiteResults(suite: suite, from: store)
    let failed = try folder.write(results, from: store)
    let isReported = try ReportCommand.write(
      results,
      from: store,
      folder: folder.path,
      known: failed
    )
    return (results, failed.isEmpty && isReported)
  }
}
