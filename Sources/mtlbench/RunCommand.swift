internal import ArgumentParser
internal import Harness
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

  func run() async throws {
    let suite = try Suite(path: suite)
    let store = try storeOptions.open(.create)
    let plan = Plan(suite)
    Interrupt.install()
    var remaining: [Int: Int] = [:]
    for contender in plan.singleTasks + plan.methods {
      let count = suite.tuning.trialCount + suite.evaluationSeeds.count
      remaining[contender.problem, default: 0] += count
    }
    let progress = Progress(
      remaining: remaining,
      workers: compute.workerCount,
      isTerminal: Terminal.isErrorTerminal,
      isQuiet: quiet
    ) { Terminal.writeError($0) }
    let runner = SuiteRunner(
      suite,
      store: store,
      workers: compute.workerCount,
      kernels: try compute.table(),
      progress: progress
    )
    try await runner.run()
    try store.close()
    Terminal.write(
      """
      \(suite.name): \(plan.runCount) runs, \(progress.trainedCount) of them trained now in \
      \(Duration.text(progress.elapsed)); results in \(storeOptions.database)

      """
    )
    try report(suite.name)
  }

  /// Writes tables, plots and the report, then prints the verdict.
  private func report(_ suite: String) throws {
    let store = try storeOptions.open(.readOnly)
    let isWritten = try output.write(store: store, suite: suite)
    let isReported = try ReportCommand.write(store: store, suite: suite, folder: output.folder)
    let results = try SuiteResults(suite: suite, from: store)
    let table = try OverviewTable.table(of: results)
    Terminal.write(
      "\n" + TableForm.terminal.text(of: table, isStyled: Terminal.isOutputStyled)
        + "\n" + (try Verdict.text(store: store, suite: suite))
    )
    if !isWritten || !isReported { throw ExitCode(1) }
  }
}
