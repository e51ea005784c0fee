internal import ArgumentParser
internal import Reports
internal import Store

/// `mtlbench plot`.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draws all plots of a stored suite, and writes all its tables beside them.",
    discussion: """
      Scripts stay beside the pictures with their data inside: edit one and run 'gnuplot NAME.gp' \
      in its folder. Plots: \(PlotRegistry.all.map { $0.name }.joined(separator: ", ")).
      """
  )

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var storeOptions: StoreOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let store = try storeOptions.open(.readOnly)
    let results = try SuiteResults(suite: try selection.suiteName(in: store), from: store)
    let failed = try output.resultFolder.write(results, from: store)
    if !failed.isEmpty { throw ExitCode(1) }
  }
}
