import Foundation
import GRDB
import Testing

@Suite("Settings of the command line, and the comparison of databases")
struct ComparingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let suite = """
    suite: small
    network: {trunk: [4]}
    training: {steps: 6, batch: 8, evaluations: 1}
    tuning: {learning_rates: [1e-2], seeds: 1, race: []}
    evaluation: {seeds: 3}
    sweep: {range: 3, limit: 3, heads: [weighted], front: false}
    methods: [equal, uw]
    problems:
      - {problem: noisy, inputs: 4, teacher_width: 3, train: 24, validation: 12, test: 12}

    """

  private func run(_ suite: String, _ database: String, _ options: [String] = []) throws {
    try folder.write(suite, to: "small.yaml")
    let result = try Command.run(
      ["run", "small.yaml", "--db", database, "--out", "out", "-q"] + options,
      in: folder
    )
    #expect(result.status == 0, "\(result.error)")
  }

  @Test("what is set is what runs, and the page has the command that runs it again")
  func overrides() throws {
    let options = ["--seeds", "2", "--set", "training.steps=4", "--set", "problems[0].train=16"]
    try run(Self.suite, "set.sqlite", options)
    let page = try String(contentsOfFile: folder.file("out/report-small.html"), encoding: .utf8)
    #expect(page.contains("mtlbench run small.yaml --set evaluation.seeds=2 --set "))
    #expect(page.contains(" --set training.steps=4 --db set.sqlite"))
    let check = try Command.run(["check", "small.yaml"] + options, in: folder)
    #expect(
      check.output.contains("1 trial for every method on 1 seed, evaluation on 2 other seeds\n")
    )
    let edited =
      Self.suite.replacing("steps: 6", with: "steps: 4").replacing("train: 24", with: "train: 16")
      .replacing("seeds: 3", with: "seeds: 2")
    try run(edited, "edited.sqlite")
    let diff = try Command.run(["diff", "set.sqlite", "edited.sqlite"], in: folder)
    #expect(diff.status == 0, "\(diff.error)")
    #expect(
      diff.output.contains(
        "\nruns in both: 19 the same, 0 different; 0 in set.sqlite alone, 0 in edited.sqlite alone\n"
      ),
      "\(diff.output)"
    )
    #expect(diff.output.contains("\nΔm of suite small in set.sqlite and edited.sqlite\n"))
    #expect(diff.output.contains("the same"))
    let none = try Command.run(["check", "small.yaml", "--set", "steps"], in: folder)
    #expect(none.status == 64)
    #expect(
      none.error.hasPrefix(
        "Error: The value 'steps' is invalid for '--set <key=value>': expected key=value, such as "
          + "training.steps=500\n"
      )
    )
  }

  @Test("diff names runs of one identity that came to something else, and what only one has")
  func different() throws {
    try run(Self.suite, "a.sqlite")
    try run(Self.suite, "b.sqlite", ["--seeds", "2", "--set", "methods=[equal, rlw]"])
    let queue = try DatabaseQueue(path: folder.file("b.sqlite"))
    let identity = try queue.write { database in
      try database.execute(
        sql: """
          UPDATE run SET parameter_hash = 'other' WHERE identity =
            (SELECT identity FROM plan_entry WHERE method = 'equal' AND role = 'evaluation' AND seed = 1)
          """
      )
      return try String.fetchOne(
        database,
        sql: "SELECT identity FROM run WHERE parameter_hash = 'other'"
      )
    }
    try queue.close()
    let result = try Command.run(["diff", "a.sqlite", "b.sqlite"], in: folder)
    #expect(result.status == 1)
    #expect(
      result.output.contains("\ndifferent: \(try #require(identity)) in parameters\n"),
      "\(result.output)"
    )
    #expect(result.output.contains("Methods in a.sqlite alone: uw."))
    #expect(result.output.contains("Methods in b.sqlite alone: rlw."))
    let json = try Command.run(["diff", "a.sqlite", "b.sqlite", "--json"], in: folder)
    #expect(json.status == 1)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    )
    #expect(document["schema"] as? String == "mtlbench/diff/1")
    #expect((document["different"] as? [[String: Any]])?.count == 1)
    let page = try String(
      contentsOf: Command.sources.appending(path: "docs/json.md"),
      encoding: .utf8
    )
    let row = try #require(page.split(separator: "\n").first { $0.contains("mtlbench/diff/1") })
    for key in document.keys where key != "schema" { #expect(row.contains("`\(key)`"), "\(key)") }
  }

  @Test("a run of which a method never finished leaves with 1 and says which and why")
  func fruitless() throws {
    try folder.write("exit 3\n", to: "rule.sh")
    try folder.write(
      Self.suite.replacing("uw", with: "{method: external, label: mine, command: [sh, rule.sh]}"),
      to: "small.yaml"
    )
    let result = try Command.run(
      ["run", "small.yaml", "--db", "f.sqlite", "--out", "out", "-q"],
      in: folder
    )
    #expect(result.status == 1)
    let line = result.error.split(separator: "\n").first { $0.hasPrefix("not made: ") }
    #expect(
      line?.hasPrefix("not made: every run of mine failed: ") ?? false,
      "\(result.error)"
    )
    #expect(result.output.contains("\nVerdict on suite small\n"))
  }

  @Test("a run of which nothing finished is told so and leaves with 0: no method is at fault")
  func nothingFinished() throws {
    let rows = (0..<60).map { "\($0 % 7),\($0 % 5),\($0 % 3)e30,\($0 % 4)e30" }
    try folder.write("x,z,a,b\n" + rows.joined(separator: "\n") + "\n", to: "huge.csv")
    try folder.write(
      """
      suite: huge
      training: {epochs: 3, batch: 16}
      tuning: {learning_rates: [1e-2], seeds: 1, race: []}
      evaluation: {seeds: 2}
      sweep: {front: false}
      methods: [uw]
      problems:
        - {problem: csv, file: huge.csv, targets: [a, b], standardize_targets: false}

      """,
      to: "huge.yaml"
    )
    let result = try Command.run(
      ["run", "huge.yaml", "--db", "h.sqlite", "--out", "huge", "-q"],
      in: folder
    )
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.contains("not made: every run of uw failed: "), "\(result.error)")
  }
}
