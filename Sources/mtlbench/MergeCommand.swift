internal import ArgumentParser
internal import Harness
internal import Store

/// `mtlbench merge FILE … --into FILE`.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Takes the runs of several databases into one.",
    discussion: """
      For the shards of a suite: 'mtlbench run SUITE --db INTO' then finds every run stored, and \
      writes tables, plots and the verdict without training. Merging twice changes nothing.
      """
  )

  @Argument(help: "The databases.")
  var files: [String]

  @Option(help: "The database that takes the runs; made if it is missing.")
  var into: String

  func run() throws {
    _ = try Self.merge(files, into: into)
  }

  /// Merges databases, says what each brought, and which shards are missing.
  ///
  /// - Returns: Number of runs that were not there before.
  static func merge(_ files: [String], into: String) throws -> Int {
    // All of them before the first is taken.
    for file in files where file != into { try StoreOptions.open(file, .readOnly).close() }
    let target = try StoreOptions.open(into, .create)
    var shards = ShardList()
    var added = 0
    for file in files where file != into {
      let source = try StoreOptions.open(file, .readOnly)
      let outcome = try target.takeRuns(from: source)
      added += outcome.addedCount
      Terminal.tell(
        "\(file): \(outcome.addedCount) runs taken, \(outcome.sameCount) were there already\n"
      )
      try shards.add(source.suites())
    }
    try target.close()
    for sentence in shards.missing { Terminal.writeError("note: \(sentence)\n") }
    return added
  }
}

/// The shards that merged databases hold.
private struct ShardList {
  private struct Division: Hashable {
    let suite: String
    let count: Int
  }

  private var present: [Division: Set<Int>] = [:]

  mutating func add(_ suites: [SuiteRecord]) {
    for suite in suites {
      guard let shard = suite.settings[SuiteRecord.shardKey].flatMap({ Shard($0) }) else {
        continue
      }
      let division = Division(suite: suite.name, count: shard.count)
      present[division, default: []].insert(shard.index)
    }
  }

  /// One sentence for every suite and number of shards that is not whole.
  var missing: [String] {
    present.map { division, indices in
      let missing = (0..<division.count).filter { !indices.contains($0) }.map { "\($0)" }
      return missing.isEmpty
        ? ""
        : "of suite \(division.suite) in \(division.count) shards these are missing: "
          + missing.joined(separator: ", ")
    }.filter { !$0.isEmpty }.sorted()
  }
}
