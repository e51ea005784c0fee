import Foundation
import Testing

@Suite("Reading never acts")
struct ReadingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A method that leaves a file behind, beside one of ours, on a problem of milliseconds.
  private static let suite = """
    suite: acting
    network: {trunk: [4]}
    training: {steps: 4, batch: 8, evaluations: 2}
    tuning: {learning_rates: [1e-3], seeds: 1, race: []}
    evaluation: {seeds: 2}
    sweep: {range: 1, limit: 1, heads: [own]}
    methods: [equal, {method: external, label: mine, command: [sh, rule.sh], timeout: 20}]
    problems:
      - {problem: noisy, inputs: 4, teacher_width: 3, train: 24, validation: 12, test: 12}

    """

  private static let rule = """
    echo started >> started.txt
    read greeting
    echo '{"mtlbench": 1, "ready": true}'
    while read step; do echo '{"weights": [1, 1]}'; done

    """

  private static let reference = """
    {"schema": "mtlbench.reference.scalarization/1", "cases": [{"id": "one", "method": "external",
     "hyper": {"command": ["sh", "rule.sh"]}, "losses": [1, 2], "tolerance": {"relative": 1},
     "expect": {"weights": [1, 1]}}]}
    """

  @Test("no command but run and rerun starts a method's program", .timeLimit(.minutes(2)))
  func startsNothing() throws {
    try folder.write(Self.suite, to: "s.yaml")
    try folder.write(Self.rule, to: "rule.sh")
    try folder.write(Self.reference, to: "r.json")
    try folder.write("1,2\n3,4\n", to: "j.csv")

    let check = try Command.run(["check", "s.yaml"], in: folder)
    #expect(check.status == 0, "\(check.error)")
    #expect(
      check.output.contains("not started, and counted as long as the other methods: mine\n")
    )
    #expect(!folder.exists("started.txt"))

    let environment = try folder.drawingNothing()
    let run = try Command.run(
      ["run", "s.yaml", "--db", "s.sqlite", "-q"],
      in: folder,
      environment: environment
    )
    #expect(run.output.contains("Verdict"), "\(run.error)")
    #expect(folder.exists("started.txt"))
    try FileManager.default.removeItem(atPath: folder.file("started.txt"))
    let store = ["--db", "s.sqlite"]
    let readers: [[String]] = [
      ["check", "s.yaml"], ["list"], ["describe", "external"], ["table"] + store,
      ["table", "methods"] + store, ["plot"] + store, ["report"] + store, ["show", "0"] + store,
      ["verify", "r.json", "--cases"], ["verify", "r.json", "--methods"],
      ["weigh", "external", "--jacobian", "j.csv", "--setting", "command=[sh, rule.sh]"],
      ["run", "s.yaml", "-q"] + store, ["--help"], ["--version"],
    ]
    for arguments in readers {
      let result = try Command.run(arguments, in: folder, environment: environment)
      #expect(result.signal == nil)
      #expect(!folder.exists("started.txt"), "\(arguments): \(result.output)\(result.error)")
    }
  }

  @Test("a script that is not there is named by check")
  func missingScript() throws {
    try folder.write(Self.suite, to: "s.yaml")
    let result = try Command.run(["check", "s.yaml"], in: folder)
    #expect(result.status == 65)
    #expect(
      result.error.contains("command: no file 'rule.sh' is found in the suite file's folder\n")
    )
  }
}
