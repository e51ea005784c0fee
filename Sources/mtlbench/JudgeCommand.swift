internal import ArgumentParser
internal import Harness
internal import Reports
internal import Settings
internal import Store

/// `mtlbench judge FILE`.
struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Judges results of other programs: tables, plots, tests, verdict and page.",
    discussion: """
      FILE is CSV, or JSON with one object per line (.jsonl). It is either tidy, with columns method, \
      metric, value and perhaps problem, seed, task, direction, or wide, with a column method and one for \
      each metric, such as seg/mIoU. An empty cell is a missing value, NaN a failed run. docs/judge.md \
      has every column.
      """
  )

  @OptionGroup var table: TableOptions

  @Option(
    help:
      "The method that Δm is relative to (default: known by its name, such as single-task or STL)."
  )
  var singleTask: String?

  @Option(
    help:
      "The method that the others are compared with (default: static (tuned), or equal weights)."
  )
  var against: String?

  @Option(help: "Metrics of which higher is better, separated by commas.")
  var higher = ""

  @Option(help: "Metrics of which lower is better, separated by commas.")
  var lower = ""

  @Option(
    name: .customLong("db"),
    help: "The database, if elsewhere (default: results/NAME/NAME.sqlite)."
  )
  var database: String?

  @Flag(help: "Also print the sentences on every method, with their grounds.")
  var verbose = false

  func run() throws {
    if table.json { Terminal.reserveOutput() }
    let options = ImportOptions(
      name: table.name,
      singleTask: singleTask,
      rival: against,
      higher: CommaList.words(higher),
      lower: CommaList.words(lower)
    )
    let imported = try ImportedResults(path: table.file, options)
    Terminal.writeError("note: \(table.file): tasks and metrics: \(imported.tasksText)\n")
    for notice in imported.notices { Terminal.writeError("note: \(table.file): \(notice)\n") }
    let database = database ?? table.database
    var folder = table.resultFolder
    folder.isBrief = true
    try folder.make()
    let store = try StoreOptions.open(database, .create)
    try imported.save(to: store)
    try store.close()
    Terminal.tell(
      "\(imported.name): \(imported.methods.count) methods; Δm against "
        + "\(imported.singleTask ?? "nothing: no single-task row, --single-task names one"), compared with "
        + "\(imported.rival ?? "nothing: --against names a method"); results in \(database)\n"
    )
    let (results, isComplete) = try SuiteSession.report(
      table.name,
      database: database,
      folder: folder
    )
    if table.json {
      let document = RunDocument.document(
        results,
        schema: "mtlbench/judge/1",
        database: database,
        folder: folder.path
      )
      Terminal.write(document.json + "\n")
    } else {
      VerdictText.tell(results, isVerbose: verbose)
    }
    if !isComplete { throw ExitCode(1) }
  }
}
