internal import ArgumentParser
internal import Reports
internal import Settings
internal import Store

/// `mtlbench diff FIRST SECOND`.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compares two results databases: runs, versions, and Δm of every method.",
    discussion: """
      Runs of one identity should be the same to the last bit; those that are not are named, and the \
      exit status is 1. Δm is compared over the evaluation seeds that both have, such as those of two \
      versions of this program, or of one suite under two settings.
      """
  )

  @Argument(help: "A results database.")
  var first: String

  @Argument(help: "Another one.")
  var second: String

  @Option(
    help: "The suite's name (default: the one that was run last in the first, of those in both)."
  )
  var suite: String?

  @Option(
    name: .customLong("second-suite"),
    help: "The suite's name in the second database, where it is another."
  )
  var secondSuite: String?

  @Flag(help: "Print one JSON document.")
  var json = false

  /// More runs that differ are counted.
  private static let mostNamed = 10

  func run() throws {
    if json { Terminal.reserveOutput() }
    let stores = (
      first: try StoreOptions.open(first, .readOnly),
      second: try StoreOptions.open(second, .readOnly)
    )
    let runs = try RunDifferences(stores.first, stores.second)
    let names = try suiteNames(stores.first, stores.second)
    let origins = [
      (first, try stores.first.origins(of: names.first)),
      (second, try stores.second.origins(of: names.second)),
    ]
    let results = (
      first: try SuiteResults(suite: names.first, from: stores.first),
      second: try SuiteResults(suite: names.second, from: stores.second)
    )
    Terminal.note(results.first.missing)
    Terminal.note(results.second.missing)
    let deltas = DeltaDifferences(results.first, results.second, names: (first, second))
    if json {
      Terminal.write(Self.document(runs, origins, deltas).json + "\n")
    } else {
      Terminal.write(text(runs, origins) + "\n")
      Terminal.writeStyled(
        TableForm.terminal.text(of: deltas.table, isStyled: Terminal.isOutputStyled)
      )
    }
    if !runs.different.isEmpty { throw ExitCode(1) }
  }

  /// The suite of each database that Δm is compared of.
  private func suiteNames(
    _ first: ResultStore,
    _ second: ResultStore
  ) throws -> (first: String, second: String) {
    if let suite {
      return (
        try first.suite(named: suite).name, try second.suite(named: secondSuite ?? suite).name
      )
    }
    let known = Set(try second.suites().map(\.name))
    let newest = try first.suites().filter { known.contains(secondSuite ?? $0.name) }
      .max { $0.createdAt < $1.createdAt }
    guard let newest else {
      throw ValidationError(
        "no suite is in both databases; name one of each with --suite and --second-suite"
      )
    }
    return (newest.name, secondSuite ?? newest.name)
  }

  private func text(_ runs: RunDifferences, _ origins: [(String, [RunOrigin])]) -> String {
    var lines = origins.flatMap { name, origins in
      origins.map { origin in
        "\(name): \(NumberText.counted(origin.runCount, "run")) of mtlbench \(origin.programVersion), "
          + "numerics version \(origin.numericsVersion), kernels \(origin.instructionSet)"
      }
    }
    lines.append(
      "runs in both: \(runs.sameCount) the same, \(runs.different.count) different; "
        + "\(runs.firstAloneCount) in \(first) alone, \(runs.secondAloneCount) in \(second) alone"
    )
    lines += runs.different.prefix(Self.mostNamed).map {
      "different: \($0.identity) in \($0.what.joined(separator: ", "))"
    }
    let others = runs.different.count - Self.mostNamed
    if others > 0 { lines.append("and \(others) more") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func document(
    _ runs: RunDifferences,
    _ origins: [(String, [RunOrigin])],
    _ deltas: DeltaDifferences
  ) -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/diff/1")
    document["same"] = .count(runs.sameCount)
    document["first_alone"] = .count(runs.firstAloneCount)
    document["second_alone"] = .count(runs.secondAloneCount)
    document["different"] = .list(
      runs.different.map { difference in
        var entry = CanonicalTable()
        entry["run"] = .text(difference.identity)
        entry["what"] = .list(difference.what.map { .text($0) })
        return .table(entry)
      }
    )
    document["origins"] = .list(
      origins.flatMap { name, origins in
        origins.map { origin in
          var entry = CanonicalTable()
          entry["database"] = .text(name)
          entry["program_version"] = .text(origin.programVersion)
          entry["numerics_version"] = .count(origin.numericsVersion)
          entry["instruction_set"] = .text(origin.instructionSet)
          entry["runs"] = .count(origin.runCount)
          return .table(entry)
        }
      }
    )
    document["table"] = .table(deltas.table.document)
    return document
  }
}
