internal import ArgumentParser
internal import Harness
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
    let trained = progress.trainedCount
    Terminal.write(
      """
      \(suite.name): \(plan.runCount) runs, \(trained) trained now in \
      \(Duration.text(progress.elapsed)), the others found in \(storeOptions.database)

      """
    )
    try store.close()
  }
}
