internal import ArgumentParser
internal import FoundationEssentials
internal import Harness
internal import Kernels
internal import Problems
internal import Reports
internal import Settings
internal import Weighting

/// `mtlbench try FILE`.
struct TryCommand: AsyncParsableCommand {
  /// Test rows, over seeds, that answering the same for every row is measured on.
  private static let constantRows = 100_000

  static let configuration = CommandConfiguration(
    commandName: "try",
    abstract:
      "Says whether a table's targets are learnt better together or apart, and with which weights.",
    discussion: """
      The file is CSV or ARFF; kinds of columns are inferred. Without --targets it lists the \
      columns and trains nothing. With them it writes a suite that explains every choice, runs it \
      as 'mtlbench run' would, and says what it found, how sure that is, and what would settle it. \
      Seeds, trials and the length of a run are chosen to fit --minutes.
      """
  )

  @OptionGroup var table: TableOptions

  @Option(
    parsing: .upToNextOption,
    help: "Columns to predict, two or more; 'name:multiclass' gives the kind of one."
  )
  var targets: [String] = []

  @Option(
    parsing: .unconditional,
    help: "About how long it may take (default: 2).",
    transform: { try NumberOption.number($0, in: 0.01...100_000) }
  )
  var minutes = 2.0

  @Option(
    parsing: .unconditional,
    help: "Evaluation seeds (default: as many as the time allows, at most 40).",
    transform: { try NumberOption.count($0, in: 2...1000) }
  )
  var seeds: Int?

  @Option(help: "Widths of the shared layers, such as 128,64.")
  var network = "64"

  @Option(help: "Weighting methods, separated by commas, or all.")
  var methods = "uw,gradnorm,pcgrad,famo"

  @Option(help: "Progress lines as text or json.")
  var progress = ProgressForm.text

  @Flag(name: .shortAndLong, help: "No progress lines.")
  var quiet = false

  @OptionGroup var compute: ComputeOptions

  func validate() throws {
    _ = try methodNames()
    _ = try trunk()
    let columns = wantedTargets.map { $0.column }
    if let twice = columns.first(where: { name in columns.count { $0 == name } > 1 }) {
      throw ValidationError("--targets: '\(twice)' is named twice")
    }
    // A pattern may stand for several: the table tells.
    if !targets.isEmpty, columns.count < 2,
      !columns.contains(where: { ColumnPattern($0).isPattern })
    {
      throw ValidationError("\(TryError.fewTargets)")
    }
  }

  func run() async throws {
    if table.json { Terminal.reserveOutput() }
    guard !targets.isEmpty else { return try list() }
    let folder = table.resultFolder
    let request = TryRequest(
      file: table.file,
      absoluteFile: URL(filePath: table.file).standardizedFileURL.path,
      targets: wantedTargets,
      methods: try methodNames(),
      trunk: try trunk(),
      seeds: seeds,
      minutes: minutes,
      name: table.name,
      path: table.suite,
      command: runCommand
    )
    let kernels = try compute.table()
    let trial = try suite(request, kernels)
    for remark in trial.remarks { Terminal.writeError("note: \(table.name): \(remark)\n") }
    if !trial.suite.problems[0].problem.notices.isEmpty {
      Terminal.writeError(
        "note: the settings named in notes belong in the suite, \(table.suite)\n"
      )
    }
    try folder.make()
    try write(trial.suite)
    tell(trial)
    let outcome = try await SuiteSession(
      suite: trial.suite,
      database: table.database,
      folder: folder,
      workers: compute.workerCount,
      kernels: kernels,
      isQuiet: quiet,
      progressForm: progress,
      isProfiled: false
    ).run()
    try answer(outcome.results, suite: trial.suite)
    if !outcome.isComplete { throw ExitCode(1) }
  }

  /// The suite; targets that are no columns or leave nothing to compare are a mistake in the option.
  private func suite(_ request: TryRequest, _ kernels: KernelTable) throws -> TrySuite {
    do {
      return try TrySuite(request, workers: compute.workerCount, kernels: kernels)
    } catch let error as TryError {
      throw ValidationError("\(error)")
    } catch let error as CSVError {
      guard case .unknownColumn(_, let name, "--targets", let known) = error else { throw error }
      if let colon = name.lastIndex(of: ":"), known.contains(String(name[..<colon])) {
        throw ValidationError(
          "--targets: '\(name[name.index(after: colon)...])' in '\(name)' is no kind; kinds: "
            + TryRequest.Target.kinds.joined(separator: ", ")
        )
      }
      throw ValidationError("\(error)")
    }
  }

  /// Lists the columns and trains nothing.
  private func list() throws {
    let outline = try TableOutline(path: table.file)
    if table.json {
      Terminal.write(TryDocument.columns(outline).json + "\n")
    } else {
      Terminal.write(OutlineText.text(outline))
    }
  }

  /// Says what will be done, and about how long it takes.
  private func tell(_ trial: TrySuite) {
    let suite = trial.suite
    let data = suite.problems[0].tasks.map { "\($0.name) (\($0.kind.title))" }
    Terminal.tell(
      """
      \(suite.path): \(data.joined(separator: ", ")); about \(Plan(suite).runCount) runs, \
      \(suite.evaluationSeeds.count) evaluation seeds, about \(DurationText.of(trial.seconds)) of training

      """
    )
    if !trial.isWithinTime {
      Terminal.tell(
        "that is longer than --minutes \(NumberText.exact(minutes)), but less would tell nothing\n"
      )
    }
  }

  /// What answering the same for every row achieves on the test rows of the seeds, of the first ones
  /// where there are many rows.
  private func constants(_ problem: any Problem, seeds: [UInt64]) throws -> [Recommendation
    .Constant]
  {
    let first = try problem.makeData(seed: seeds[0])
    let most = max(1, Self.constantRows / max(1, first.test.rowCount))
    let others = try seeds.prefix(most).dropFirst().map { try problem.makeData(seed: $0) }
    return first.tasks.enumerated().compactMap { i, task in
      let values = ([first] + others).map { ConstantBaseline.scores(ofTask: i, $0, on: .test)[0] }
      let value = values.reduce(0, +) / Double(values.count)
      guard value.isFinite else { return nil }
      let majority = ConstantBaseline.majority(ofTask: i, first)
      return Recommendation.Constant(
        task: task.name,
        value: value,
        higherIsBetter: task.metrics[0].direction == .higherIsBetter,
        answer: majority.map { "'\($0)'" } ?? "the mean"
      )
    }
  }

  private func answer(_ results: SuiteResults, suite: Suite) throws {
    let recommendation = Recommendation(
      results.problems[0],
      results.judgements[0],
      constants: try constants(suite.problems[0].problem, seeds: suite.evaluationSeeds)
    )
    if table.json {
      let document = TryDocument.answer(
        recommendation,
        results,
        suite: suite.path,
        folder: table.resultFolder.path,
        database: table.database
      )
      Terminal.write(document.json + "\n")
      return
    }
    Terminal.write("\n" + recommendation.text)
    if let seeds = recommendation.seedsNeeded {
      Terminal.write(
        "To continue with that many seeds, at any time:\n  \(runCommand) --seeds \(min(seeds, 1000))\n"
      )
    }
  }

  /// Writes the suite; another one in its place, which may have been edited, is put aside.
  private func write(_ suite: Suite) throws {
    let path = suite.path
    let files = FileManager.default
    if files.fileExists(atPath: path),
      try Self.withoutCommands(String(contentsOfFile: path, encoding: .utf8))
        != Self.withoutCommands(suite.text)
    {
      var number = 1
      while files.fileExists(atPath: "\(path).\(number)") { number += 1 }
      try files.moveItem(atPath: path, toPath: "\(path).\(number)")
      Terminal.tell("\(path): another suite was there; it is \(path).\(number) now\n")
    }
    try suite.text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// The lines but for the commands in the head, which hold the path as it was typed.
  private static func withoutCommands(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { !$0.hasPrefix("#   mtlbench ") }
  }

  /// How the suite is run again.
  private var runCommand: String {
    let words = ["run", table.suite, "--db", table.database, "--out", table.resultFolder.path]
    return (["mtlbench"] + words).map { ShellWord.of($0) }.joined(separator: " ")
  }

  private var wantedTargets: [TryRequest.Target] {
    targets.flatMap { CommaList.words($0) }.map { TryRequest.Target($0) }
  }

  private func methodNames() throws -> [String] {
    let usable = WeightingRegistry.all
      .filter { $0.exampleSettings(taskCount: 2).isEmpty && $0.name != EqualWeighting.name }
      .map { $0.name }
    if methods == "all" { return usable }
    let names = CommaList.words(methods)
    for name in names where name != EqualWeighting.name && !usable.contains(name) {
      let near = NearestName.question(name, among: usable).map { "; \($0)" } ?? ""
      throw ValidationError("--methods: there is no weighting method '\(name)'\(near)")
    }
    var once: [String] = []
    for name in names where name != EqualWeighting.name && !once.contains(name) {
      once.append(name)
    }
    return once
  }

  private func trunk() throws -> [Int] {
    do {
      let widths = try CommaList.parts(network).map { try NumberOption.count($0, in: 1...8192) }
      guard (1...16).contains(widths.count) else { throw ValidationError("too many") }
      return widths
    } catch is ValidationError {
      throw ValidationError(
        "--network: expected 1 to 16 widths from 1 to 8192, separated by commas, found '\(network)'"
      )
    }
  }
}
