internal import ArgumentParser
internal import Reports
internal import Settings
internal import Store

/// Which stored suite, and which of its problems.
struct SelectionOptions: ParsableArguments {
  @Option(help: "The suite's name (default: the one that was run last).")
  var suite: String?

  @Option(help: "Only the problem with this label.")
  var problem: String?

  /// The suite asked for, or the newest one.
  func suiteName(in store: ResultStore) throws -> String {
    if let suite { return try store.suite(named: suite).name }
    guard let newest = try store.suites().max(by: { $0.createdAt < $1.createdAt }) else {
      throw ValidationError("the database holds no suite; start one with 'mtlbench run SUITE'")
    }
    return newest.name
  }

  /// The problem asked for, or all.
  func problems(of results: SuiteResults) throws -> [ProblemResults] {
    guard let problem else { return results.problems }
    let labels = results.problems.map { $0.problem.label }
    guard labels.contains(problem) else {
      let known = labels.joined(separator: ", ")
      throw ValidationError("the suite has no problem '\(problem)'; it has: \(known)")
    }
    return results.problems.filter { $0.problem.label == problem }
  }
}

/// Which methods of a suite.
struct MethodOptions: ParsableArguments {
  @Option(
    name: .customLong("methods"),
    help: "Only these methods, with commas between; numbers stay those of the whole suite."
  )
  var list: String?

  /// Labels of the methods asked for; nil for all.
  func labels(in results: SuiteResults) throws -> [String]? {
    guard let list else { return nil }
    let known = results.methods.filter { $0.group != .sweep }.map(\.label)
    let wanted = CommaList.words(list)
    guard !wanted.isEmpty else { throw ValidationError("--methods: names no method") }
    for label in wanted where !known.contains(label) {
      let meant = NearestName.question(label, among: known).map { " (\($0))" } ?? ""
      throw ValidationError(
        "--methods: the suite has no method '\(label)'\(meant); it has: "
          + known.joined(separator: ", ")
      )
    }
    return wanted
  }
}
