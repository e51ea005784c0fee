import Foundation
import GRDB
import Testing

@Suite("The command beside other programs")
struct DoorTests {
  private let folder: TemporaryFolder

  private static let python = URL(filePath: "/usr/bin/env")

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("a suite's name stands for its file in the folder of suites")
  func names() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("suites"),
      withIntermediateDirectories: true
    )
    try folder.write(longSuite, to: "suites/long.yaml")
    let check = try Command.run(["check", "long", "--json"], in: folder)
    #expect(check.status == 0, "\(check.error)")
    let other = try Command.run(["check", "short"], in: folder)
    #expect(other.status == 65)
    #expect(other.error.hasPrefix("error: short: "))
  }

  @Test("what is installed knows the suites by name, and has a man page and completions")
  func installed() throws {
    let stage = try Command(
      [
        "python3", Command.sources.appending(path: "python/stage.py").path, Command.program.path,
        folder.file("there"),
      ],
      in: folder,
      program: Self.python
    ).finish()
    #expect(stage.status == 0, "\(stage.error)")
    let program = URL(filePath: folder.file("there/bin/mtlbench"))
    let check = try Command(["check", "smoke", "--json"], in: folder, program: program).finish()
    #expect(check.status == 0, "\(check.error)")
    let page = try String(
      contentsOfFile: folder.file("there/share/man/man1/mtlbench.1"),
      encoding: .utf8
    )
    #expect(page.hasPrefix(".TH MTLBENCH 1"))
    for command in ["try", "run", "merge", "submit", "weigh"] {
      #expect(page.contains(".SS \"mtlbench \(command)"), "\(command)")
    }
    #expect(!page.contains("after\\-round"))
    for path in [
      "bash-completion/completions/mtlbench", "zsh/site-functions/_mtlbench",
      "fish/vendor_completions.d/mtlbench.fish", "mtlbench/suites/data/digitbox.csv",
    ] {
      #expect(folder.exists("there/share/\(path)"), "\(path)")
    }
  }

  @Test("weigh --serve answers each line by one, and needs no method")
  func serve() throws {
    try folder.write(
      """
      {"mtlbench": 1, "method": "mgda", "tasks": 2}
      {"gramian": [[1, 0], [0, 3]]}
      what?

      """,
      to: "lines"
    )
    let result = try Command(["weigh", "--serve"], in: folder, input: "lines").finish()
    #expect(result.status == 0, "\(result.error)")
    #expect(
      result.output == """
        {"mtlbench":1,"ready":true}
        {"weights":[0.75,0.25]}
        {"error":"line:1:1: expected keys and values, found 'what?'"}

        """
    )
    let method = try Command.run(["weigh", "--serve", "uw"], in: folder)
    #expect(method.status == 64)
    let none = try Command.run(["weigh"], in: folder)
    #expect(none.status == 64)
    #expect(none.error.hasPrefix("Error: expected a method, or --serve\n"))
  }

  /// A suite with equal weights, and a rule in Python that answers the same weights from a Jacobian.
  private static let ruleSuite = """
    suite: rules
    network: {trunk: [8]}
    training: {steps: 20, batch: 16, evaluations: 2}
    tuning: {learning_rates: [1e-2], seeds: 2, race: []}
    evaluation: {seeds: 2}
    sweep: {range: 3, limit: 3, heads: [weighted]}
    methods:
      - equal
      - method: external
        label: ours
        command: [python3, rule.py]
        needs: jacobian
        validation_losses: true
        persistent: true
    problems: [{problem: mixed, train: 64, validation: 32, test: 32}]

    """

  @Test("a rule in Python has the numbers of the native one, from one process a worker")
  func pythonRule() throws {
    try folder.write(Self.ruleSuite, to: "rules.yaml")
    try folder.write(
      """
      import sys
      sys.path.insert(0, \(String(reflecting: Command.sources.appending(path: "python").path)))
      import mtlbench

      open("starts", "a").write("started\\n")

      @mtlbench.rule
      def equal(step):
          assert len(step.jacobian[0]) == step.run.shared and None not in step.validation_losses
          return [1] * step.run.tasks

      mtlbench.serve(equal)

      """,
      to: "rule.py"
    )
    let result = try Command.run(
      ["run", "rules.yaml", "-q", "--workers", "2", "--db", "r.sqlite", "--out", "out"],
      in: folder
    )
    #expect(result.status == 0, "\(result.error)")
    let starts = try String(contentsOfFile: folder.file("starts"), encoding: .utf8)
    #expect((1...2).contains(starts.split(separator: "\n").count))
    let values = try DatabaseQueue(path: folder.file("r.sqlite")).read { database in
      try ["equal", "ours"].map { method in
        try Double.fetchAll(
          database,
          sql: "SELECT value FROM evaluation_result WHERE method = ? ORDER BY seed, task, metric",
          arguments: [method]
        )
      }
    }
    #expect(values[0].count > 4)
    #expect(values[0].count == values[1].count)
    // One backward pass of the sum, and the sum of two: the same but for rounding.
    for (native, ours) in zip(values[0], values[1]) {
      #expect(abs(native - ours) <= 1e-3 * max(1, abs(native)))
    }
  }

  @Test("an imported run cannot be made again, and says so")
  func importedRun() throws {
    try folder.write(
      "method,problem,seed,task,metric,value\nours,a,1,t,rmse,1\nsingle-task,a,1,t,rmse,2\n",
      to: "r.csv"
    )
    let judge = try Command.run(["judge", "r.csv", "--db", "j.sqlite", "--out", "out"], in: folder)
    #expect(judge.status == 0, "\(judge.error)")
    let identity = try DatabaseQueue(path: folder.file("j.sqlite")).read {
      try String.fetchOne($0, sql: "SELECT identity FROM run")
    }
    let rerun = try Command.run(["rerun", try #require(identity), "--db", "j.sqlite"], in: folder)
    #expect(rerun.status == 1)
    #expect(
      rerun.error == """
        error: run \(identity ?? ""): was made elsewhere and taken in by 'mtlbench judge', so that it cannot be \
        made again here

        """
    )
  }
}
