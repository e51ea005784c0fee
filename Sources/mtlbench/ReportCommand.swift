internal import ArgumentParser
internal import Reports
internal import Store

/// `mtlbench report`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes all that a stored suite says into one HTML page.",
    discussion: """
      The page needs no other file and no network: verdict, tables that sort and filter, plots, \
      tuning, failures, and where every number comes from. The plots are drawn below the folder \
      too, unless they are there already. The page is 'report-SUITE.html', of one problem \
      'report-SUITE-PROBLEM.html'.
      """
  )

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var storeOptions: StoreOptions

  @Option(name: .customLong("out"), help: "Folder for the page and its plots.")
  var folder = "results"

  func run() throws {
    let store = try storeOptions.open(.readOnly)
    let results = try SuiteResults(suite: try selection.suiteName(in: store), from: store)
    let problem = try selection.problem.flatMap { _ in try selection.problems(of: results).first }
    let isComplete = try Self.write(
      results,
      from: store,
      folder: folder,
      problem: problem?.problem.label,
      isAlone: true
    )
    if !isComplete { throw ExitCode(1) }
  }

  /// Writes the page and says where it is and what could not be made.
  ///
  /// - Parameters:
  ///   - results: The suite's results.
  ///   - store: Where they were read from.
  ///   - folder: Where the page goes.
  ///   - problem: Label of the one problem that it is of; nil for all.
  ///   - known: Sentences on what could not be made that were told before.
  ///   - isAlone: Whether nothing was said of the suite before.
  /// - Returns: Whether everything that applies was made.
  /// - Throws: `StoreError` when the suite cannot be read.
  static func write(
    _ results: SuiteResults,
    from store: ResultStore,
    folder: String,
    problem: String? = nil,
    known: [String] = [],
    isAlone: Bool = false
  ) throws -> Bool {
    let outcome = try ReportWriter.write(results, from: store, folder: folder, problem: problem)
    if isAlone {
      Terminal.note(outcome.missing)
      ResultFolder.tellUndrawn(outcome)
    }
    let page = ReportWriter.fileName(ofSuite: results.suite.name, problem: problem)
    if outcome.written.contains(page) { Terminal.tell("wrote \(folder)/\(page)\n") }
    let news = outcome.failed.filter { !known.contains($0) }
    for sentence in news { Terminal.writeError("not made: \(sentence)\n") }
    return outcome.failed.isEmpty
  }
}
