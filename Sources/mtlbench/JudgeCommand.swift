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

  @Argument(help: "The file of results.")
  var file: String

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

  @Option(name: .customLong("db"), help: "The database (default: results/NAME/NAME.sqlite).")
  var database: String?

  @Option(name: .customLong("out"), help: "Folder for tables and plots (default: results/NAME).")
  var folder: String?

  @Flag(help: "Also print the sentences on every method, with their grounds.")
  var verbose = false

  @Flag(help: "Answer as one JSON document; everything else goes to standard error.")
  var json = false

  func run() throws {
    if json { Terminal.reserveOutput() }
    let name = TablePath.name(of: file)
    let options = ImportOptions(
      name: name,
      singleTask: singleTask,
      rival: against,
      higher: CommaList.words(higher),
      lower: CommaList.words(lower)
    )
    let imported = try ImportedResults(path: file, options)
    for notice in imported.notices { Terminal.writeError("note: \(file): \(notice)\n") }
    let place = TablePath(of: file, folder: folder)
    let database = database ?? place.database
    let folder = ResultFolder(path: place.folder, hasPDF: false)
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
      name,
      database: database,
      folder: folder
    )
    if json {
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
