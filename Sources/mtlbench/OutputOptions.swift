internal import ArgumentParser
internal import Reports
internal import Store

/// Where tables and plots go.
struct OutputOptions: ParsableArguments {
  @Option(name: .customLong("out"), help: "Folder for tables and plots.")
  var folder = "results"

  @Flag(help: "Also draw every plot as PDF.")
  var pdf = false

  /// Writes all tables and plots and says what was written and what could not be.
  ///
  /// - Returns: Whether everything that applies was made.
  func write(store: ResultStore, suite: String) throws -> Bool {
    let outcome = try ResultsWriter.write(
      store: store,
      suite: suite,
      folder: folder,
      formats: pdf ? [.svg, .png, .pdf] : [.svg, .png]
    )
    let tables = outcome.written.count { $0.hasPrefix("tables/") }
    let plots = outcome.written.count { $0.hasSuffix(".svg") }
    Terminal.write("wrote \(tables) table files and \(plots) plots below \(folder)\n")
    for sentence in outcome.failed { Terminal.writeError("not made: \(sentence)\n") }
    return outcome.failed.isEmpty
  }
}
