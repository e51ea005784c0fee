internal import ArgumentParser
internal import Harness
internal import Kernels
internal import Reports
internal import Store

/// `mtlbench run SUITE`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Trains everything a suite asks for and tells the verdict.",
    discussion: """
      Runs that the database holds already are not trained again: after an interruption the same \
      command goes on where it stopped.
      """
  )

  @Argument(help: "The suite file.")
  var suite: String

  @OptionGroup var storeOptions: StoreOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var output: OutputOptions

  @Flag(name: .shortAndLong, help: "No progress lines.")
  var quiet = false

  @Flag(help: "Also print the sentences on every method, with their grounds.")
  var verbose = false

  @Flag(help: "Also print what the time was spent on.")
  var profile = false

  func run() async throws {
    let suite = try Suite(path: suite)
    Terminal.writeError(NoticeText.text(suite))
    try output.makeFolder()
    let store = try storeOptions.open(.create)
    let plan = Plan(suite)
    Interrupt.install()
    let progress = progress(of: plan)
    let timeSplit = TimeSplit()
    let kernels = try compute.table()
    let runner = SuiteRunner(
      suite,
      store: store,
      workers: compute.workerCount,
      kernels: kernels,
      progress: progress,
      timeSplit: timeSplit
    )
    let runCount = try await runner.run()
    try store.close()
    Interrupt.uninstall()
    Terminal.write(
      """
      \(suite.name): \(runCount) runs, \(progress.trainedCount) of them trained now in \
      \(Duration.text(progress.elapsed)) with \(kernels.instructionSet.rawValue) kernels, peak memory \
      \(PeakMemory.text); results in \(storeOptions.database)

      """
    )
    if profile {
      Terminal.write(
        ProfileText.text(timeSplit, elapsed: progress.elapsed, workers: compute.workerCount)
      )
    }
    try report(suite.name)
  }

  private func progress(of plan: Plan) -> Progress {
    var remaining: [Int: Int] = [:]
    for problem in plan.problemIndices { remaining[problem] = plan.runCount(of: problem) }
    return Progress(
      remaining: remaining,
      workers: compute.workerCount,
      isTerminal: Terminal.isErrorTerminal,
      isQuiet: quiet
    ) { Terminal.writeProgress($0) }
  }

  /// Writes tables, plots and the report, then prints the overview and the verdict.
  private func report(_ suite: String) throws {
    let store = try storeOptions.open(.readOnly)
    let results = try SuiteResults(suite: suite, from: store)
    let failed = try output.write(results, from: store)
    let isReported = try ReportCommand.write(
      results,
      from: store,
      folder: output.folder,
      known: failed
    )
    let isStyled = Terminal.isOutputStyled
    do throws(TableError) {
      let table = try OverviewTable.table(of: results)
      Terminal.writeStyled("\n" + TableForm.terminal.text(of: table, isStyled: isStyled) + "\n")
    } catch {
      Terminal.writeError("\(error)\n")
    }
    Terminal.writeStyled(
      Verdict.text(of: results, isVerbose: verbose, isStyled: isStyled)
    )
    if !failed.isEmpty || !isReported { throw ExitCode(1) }
  }
}
