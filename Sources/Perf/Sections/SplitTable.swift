/// What the time of a whole suite goes to, as `mtlbench run --profile` tells it.
enum SplitTable: Section {
  static let name = "split"
  static let heading = "Time outside the steps"
  private static let outside = "all outside the steps"

  static func text(_ session: Session) throws -> String {
    guard let path = session.program, let suite = session.suite else {
      return "Not measured: no program and suite were named by `--program` and `--suite`.\n"
    }
    let folder = try TemporaryFolder()
    let (output, _) = try ProgramStart(path: path).run([
      "run", suite, "--db", folder.file("split.sqlite"), "--out", folder.file("out"), "--quiet",
      "--profile",
    ])
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
    let summary = (lines.first ?? "").split(separator: ";").first ?? ""
    let split = lines.drop { !$0.hasPrefix("time of ") }.prefix {
      $0.hasPrefix("time of ") || $0.hasPrefix("  ")
    }
    let share = split.first { $0.contains(outside) }?.split(separator: " ").last
    guard let share, let percent = Double(share) else {
      throw ProgramStart.Failure(description: "\(path) run --profile printed no split of its time")
    }
    session.record("share outside the steps", work: suite, [percent], unit: "%")
    return """
      `mtlbench run \(suite) --profile` in an empty database; setting up, evaluations, diagnostics,
      data and storing together are \(beside(percent, atMost: 5, 1)) % of the training steps.

          \(summary)
      \(split.map { "    " + $0 + "\n" }.joined())
      """
  }
}
