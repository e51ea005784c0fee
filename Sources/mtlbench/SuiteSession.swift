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
    /// Whether everything that applies was made.
    let isComplete: Bool
  }

  let suite: Suite
  /// The database's path.
  let database: String
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
    Terminal.writeError(NoticeText.text(suite))
    try folder.make()
    let store = try StoreOptions.open(database, .create)
    Interrupt.install()
    let progress = progress(of: Plan(suite))
    let timeSplit = TimeSplit()
    let runner = SuiteRunner(
      suite,
      store: store,
      workers: workers,
      kernels: kernels,
      progress: progress,
      timeSplit: timeSplit
    )
    let runCount = try await runner.run()
    try store.close()
    Interrupt.uninstall()
    Terminal.tell(
      """
      \(suite.name): \(runCount) runs, \(progress.trainedCount) of them trained now in \
      \(DurationText.of(progress.elapsed)) with \(kernels.instructionSet.rawValue) kernels, peak memory \
      \(PeakMemory.text); results in \(database)

      """
    )
    if isProfiled {
      Terminal.tell(ProfileText.text(timeSplit, elapsed: progress.elapsed, workers: workers))
    }
    let (results, isComplete) = try Self.report(
      suite.name,
      database: database,
      folder: folder
    )
    return Outcome(
      results: results,
      runCount: runCount,
      trainedCount: progress.trainedCount,
      isComplete: isComplete
    )
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
