internal import ArgumentParser
internal import Reports
internal import Store

/// `mtlbench export`.
struct ExportCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv
    case jsonl
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Prints the test metrics of a stored suite as a tidy table.",
    discussion: """
      A row for each method, problem, seed, task and metric, for pandas, R or a spreadsheet; \
      'mtlbench judge' reads it back.
      """
  )

  @Option(help: "Form of the table.")
  var format = Format.csv

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var storeOptions: StoreOptions

  func run() throws {
    let store = try storeOptions.open(.readOnly)
    let results = try SuiteResults(suite: try selection.suiteName(in: store), from: store)
    Terminal.note(results.missing)
    let tidy = TidyResults(try selection.problems(of: results))
    Terminal.write(format == .csv ? tidy.csv : tidy.jsonLines)
  }
}
