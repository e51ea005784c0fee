import FoundationEssentials
import Kernels
import Store

/// How long `mtlbench` takes to list its names, and to come to the first step on a large CSV file.
enum StartUpTable: Section {
  static let name = "start-up"
  static let heading = "Start-up"
  private static let inputCount = 20

  static func text(_ session: Session) throws -> String {
    guard let path = session.program else {
      return "Not measured: no program was named by `--program`.\n"
    }
    let program = ProgramStart(path: path)
    let passes = 2 * session.effort.passCount
    let lists = try (0..<passes).map { _ in 1_000 * (try program.run(["list"]).seconds) }
    let firsts = try firstSteps(program, session)
    session.record("start", work: "list", lists, unit: "ms")
    session.record("start", work: "first step", firsts, unit: "s")
    var table = MarkdownRows(["from the start of the process to", "best", "median", "worst"])
    table.append([
      "the end of `mtlbench list`, ms", beside(lists.min() ?? 0, atMost: 50, 1),
      fixed(lists.median, 1), fixed(lists.max() ?? 0, 1),
    ])
    table.append([
      "the first stored run of one step, s", beside(firsts.min() ?? 0, atMost: 0.5, 2),
      fixed(firsts.median, 2), fixed(firsts.max() ?? 0, 2),
    ])
    return """
      Wall time. The run is over a CSV file of \(session.effort.csvRows) rows with \(inputCount)
      inputs and three targets; its one step lies between the start and the stored run, beside
      evaluations before and after it.

      \(table.text)
      """
  }

  private static func firstSteps(_ program: ProgramStart, _ session: Session) throws -> [Double] {
    let folder = try TemporaryFolder()
    try folder.write(table(rows: session.effort.csvRows), to: "data.csv")
    try folder.write(
      """
      suite: start
      training: {steps: 1, evaluations: 1}
      tuning: {learning_rates: [1e-3], seeds: 1}
      evaluation: {seeds: 1}
      problems:
        - {problem: csv, file: data.csv, targets: [price, size, sold]}

      """,
      to: "start.yaml"
    )
    return try (0..<session.effort.passCount).map { pass in
      let database = folder.file("\(pass).sqlite")
      let arguments = [
        "run", folder.file("start.yaml"), "--db", database, "--out", folder.file("out"), "--quiet",
      ]
      return try program.seconds(arguments, limit: 60) { hasRun(database) }
    }
  }

  /// Whether a database is there and holds a run.
  private static func hasRun(_ path: String) -> Bool {
    guard FileManager.default.fileExists(atPath: path + "-wal") else { return false }
    do {
      return try ResultStore(path: path, mode: .readOnly, busySeconds: 0).counts().runs > 0
    } catch {
      // Not ready yet: its tables are being made.
      return false
    }
  }

  /// A CSV text of inputs, two regressions and a binary class.
  private static func table(rows: Int) -> String {
    var stream = RandomStream(seed: 1, purpose: .data)
    var text = (0..<inputCount).map { "x\($0)" }.joined(separator: ",") + ",price,size,sold\n"
    for _ in 0..<rows {
      for _ in 0..<inputCount + 2 {
        text += "\(Float(stream.normal())),"
      }
      text += stream.uniform() < 0.5 ? "no\n" : "yes\n"
    }
    return text
  }
}
