internal import ArgumentParser
internal import Settings

/// `mtlbench run SUITE`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Trains everything a suite asks for and prints the verdict.",
    discussion: """
      Runs that the database holds already are not trained again: after an interruption the same \
      command goes on where it stopped.
      """
  )

  @OptionGroup var suiteOptions: SuiteOptions
  @OptionGroup var storeOptions: StoreOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "Progress lines as text or json.")
  var progress = ProgressForm.text

  @Flag(name: .shortAndLong, help: "No progress lines.")
  var quiet = false

  @Flag(help: "Also print the sentences on every method, with their grounds.")
  var verbose = false

  @Flag(help: "Answer as one JSON document; everything else goes to standard error.")
  var json = false

  @Flag(help: "Also print what the time was spent on.")
  var profile = false

  func run() async throws {
    if json { Terminal.reserveOutput() }
    let session = SuiteSession(
      suite: try suiteOptions.read(),
      database: storeOptions.database,
      folder: output.resultFolder,
      workers: compute.workerCount,
      kernels: try compute.table(),
      isQuiet: quiet,
      progressForm: progress,
      isProfiled: profile
    )
    let outcome = try await session.run()
    if json {
      Terminal.write(RunDocument.document(outcome, session).json + "\n")
    } else {
      VerdictText.tell(outcome.results, isVerbose: verbose)
    }
    if !outcome.isComplete { throw ExitCode(1) }
  }
}
