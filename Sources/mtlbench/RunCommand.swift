internal import ArgumentParser
internal import Harness
internal import Reports
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

  @Option(
    help: ArgumentHelp(
      "Only train one of several parts, for 'mtlbench merge'; 2/9 is the third of nine.",
      valueName: "i/n"
    ),
    transform: { text in
      guard let shard = Shard(text) else {
        throw ValidationError("expected i/n with i from 0 to n - 1, such as 2/9")
      }
      return shard
    }
  )
  var shard: Shard?

  @Option(
    help: "With --shard: a database whose runs count as made, which all shards were merged into."
  )
  var after: String?

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

  func validate() throws {
    if after != nil, shard == nil { throw ValidationError("--after: belongs to --shard") }
  }

  func run() async throws {
    if json { Terminal.reserveOutput() }
    let whole = try suiteOptions.read()
    let session = SuiteSession(
      suite: shard.map { whole.part($0) } ?? whole,
      database: storeOptions.database,
      earlier: after,
      folder: output.resultFolder,
      workers: compute.workerCount,
      kernels: try compute.table(),
      isQuiet: quiet,
      progressForm: progress,
      isProfiled: profile
    )
    guard shard == nil else { return try await train(session) }
    let outcome = try await session.run()
    if json {
      Terminal.write(RunDocument.document(outcome, session).json + "\n")
    } else {
      VerdictText.tell(outcome.results, isVerbose: verbose)
    }
    if !outcome.isComplete { throw ExitCode(1) }
  }

  /// Trains a shard, which has no verdict of its own.
  private func train(_ session: SuiteSession) async throws {
    let training = try await session.train()
    if json {
      return Terminal.write(RunDocument.document(training, session).json + "\n")
    }
    guard training.missingCount > 0 else { return }
    Terminal.tell(
      """
      what comes next follows from \(NumberText.counted(training.missingCount, "run")) of other shards: \
      merge all shards, then run them again with --after and the merged database

      """
    )
  }
}
