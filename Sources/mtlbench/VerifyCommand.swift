internal import ArgumentParser
internal import Kernels
internal import Settings
internal import Verification

/// `mtlbench verify [FILE …]`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Replays reference cases against this build and prints the worst error per method.",
    discussion: """
      Without a file it replays those that are shipped under Tests/Fixtures/reference. Exit status 1 when \
      any case misses its tolerance.
      """
  )

  @Argument(help: "Reference files (JSON).")
  var files: [String] = []

  @Flag(help: "Also name every case that missed or was skipped.")
  var cases = false

  @Flag(help: "One table instead: the worst error of each method in each file.")
  var methods = false

  @Flag(help: "Only print how far public implementations are from the cases, as a Markdown table.")
  var peers = false

  @Flag(help: "Print one JSON document.")
  var json = false

  func run() throws {
    if peers {
      let path = files.first ?? ShippedReferences.path(named: "aggregation.json")
      Terminal.write(PeerAngles.table(try PeerAngles.rows(path: path)))
      return
    }
    let paths = try files.isEmpty ? ShippedReferences.paths() : files
    var all: [(path: String, outcomes: [ReplayOutcome])] = []
    for path in paths {
      let outcomes = try Verification.replay(path: path)
      if !methods, !json {
        Terminal.write("\(path)\n" + VerificationText.text(outcomes, namesCases: cases))
      }
      all.append((path, outcomes))
    }
    if json {
      Terminal.write(VerificationDocument.document(all).json + "\n")
    } else if methods {
      Terminal.write(MethodErrors.table(MethodErrors.rows(all)))
    }
    let missed = all.flatMap { $0.outcomes }.contains { !$0.passed && !$0.isSkipped }
    if missed { throw ExitCode(1) }
  }
}
