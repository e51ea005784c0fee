internal import ArgumentParser
internal import FoundationEssentials
internal import Glibc
internal import Harness
internal import Kernels
internal import Reports

/// `mtlbench submit SUITE`.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Runs a suite in shards under Slurm: writes the scripts and hands them to sbatch.",
    discussion: """
      Every task of the array trains its shard into a database of its own, and goes on where it stopped \
      if it is killed or requeued. A job behind the array merges the databases and submits the next \
      round, for what follows from them, until all runs are stored; then it writes tables, plots and the \
      page. Typed again, the command goes on from what is stored.
      """
  )

  @Argument(
    help: "The suite file, or the name of a suite that came with the program, such as bench."
  )
  var suite: String

  @Option(
    parsing: .unconditional,
    help: "Tasks of the array (default: one for each problem).",
    transform: { try NumberOption.count($0, in: 1...1000) }
  )
  var shards: Int?

  @Option(
    name: .customLong("out"),
    help: "Folder for scripts, databases and results, seen by all machines."
  )
  var folder = "results"

  @Option(
    name: .customLong("sbatch-options"),
    parsing: .unconditional,
    help: "Options of sbatch, such as '--time=1:00:00 --cpus-per-task=8'."
  )
  var options = "--cpus-per-task=2"

  @Flag(help: "Only write the scripts.")
  var scriptsOnly = false

  @Flag(help: .hidden)
  var afterRound = false

  func run() async throws {
    let path = try SuiteFile.path(suite)
    let whole = try Suite(path: path)
    let scripts = SlurmScripts(
      name: whole.name,
      suite: Self.absolute(path),
      program: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
      shardCount: shards ?? whole.problems.count,
      folder: Self.absolute(folder),
      options: options
    )
    try ResultFolder(path: scripts.shardFolder, hasPDF: false).make()
    let added = try MergeCommand.merge(try databases(scripts), into: scripts.database)
    let session = SuiteSession(
      suite: whole,
      database: scripts.database,
      folder: ResultFolder(path: scripts.folder, hasPDF: false),
      workers: 1,
      kernels: .best,
      isQuiet: true,
      progressForm: .text,
      isProfiled: false
    )
    let missing = try await session.missingCount()
    guard missing > 0 else {
      let outcome = try await session.run()
      VerdictText.tell(outcome.results, isVerbose: false)
      if !outcome.isComplete { throw ExitCode(1) }
      return
    }
    guard !afterRound || added > 0 else { throw RoundError.noRuns(logs: scripts.shardFolder) }
    try write(scripts)
    Terminal.write("\(whole.name): \(NumberText.counted(missing, "run")) to be made next\n")
    if scriptsOnly {
      Terminal.write("wrote \(scripts.submitPath), which hands array.sh and merge.sh to sbatch\n")
      return
    }
    try Self.replaceProcess(["sh", scripts.submitPath])
  }

  /// The databases that shards left, by number.
  private func databases(_ scripts: SlurmScripts) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scripts.shardFolder)
      .filter { $0.hasSuffix(".sqlite") }.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
      .map { scripts.shardFolder + "/" + $0 }
  }

  private func write(_ scripts: SlurmScripts) throws {
    for (path, text) in [
      (scripts.arrayPath, scripts.array), (scripts.mergePath, scripts.merge),
      (scripts.submitPath, scripts.submit),
    ] {
      do {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
      } catch {
        throw OutputError.notWritable(scripts.shardFolder)
      }
    }
  }

  private static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path
  }

  /// Becomes another program.
  private static func replaceProcess(_ words: [String]) throws {
    var pointers = words.map { strdup($0) } + [nil]
    execvp(words[0], &pointers)
    throw OutputError.notStarted(program: words[0], reason: String(cString: strerror(errno)))
  }
}

/// Why a study under Slurm does not go on.
private enum RoundError: Error, CustomStringConvertible {
  /// A whole round of tasks stored nothing.
  case noRuns(logs: String)

  var description: String {
    switch self {
    case .noRuns(let logs):
      "no task of the last round stored a run; \(logs)/task-*.log say why; submit again when that is "
        + "mended"
    }
  }
}
