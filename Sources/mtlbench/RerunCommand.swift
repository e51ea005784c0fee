internal import ArgumentParser
internal import Harness
internal import Store

/// `mtlbench rerun RUN`.
struct RerunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rerun",
    abstract: "Trains a stored run again from its spec and compares the bits."
  )

  @Argument(help: ArgumentHelp("The run's identity, or its first digits.", valueName: "run"))
  var identity: String

  @Option(help: "Folder that data files in the spec are relative to (default: that of the suite).")
  var folder: String?

  @OptionGroup var storeOptions: StoreOptions
  @OptionGroup var compute: ComputeOptions

  func run() throws {
    let store = try storeOptions.open(.readOnly)
    let stored = try store.run(identity)
    let again = try Rerun.train(stored, from: store, folder: folder, kernels: try compute.table())
    let differences = Rerun.differences(stored, again)
    guard !differences.isEmpty else {
      Terminal.write("\(stored.identity): same bits (parameters \(again.parameterHash))\n")
      return
    }
    for difference in differences { Terminal.write("\(stored.identity): \(difference)\n") }
    if stored.instructionSet != again.instructionSet {
      Terminal.write(
        "stored with \(stored.instructionSet), run again with \(again.instructionSet)\n"
      )
    }
    throw ExitCode(1)
  }
}
