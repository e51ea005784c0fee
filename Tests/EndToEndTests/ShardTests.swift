import Foundation
import GRDB
import Testing

@Suite("The command on several machines", .serialized)
struct ShardTests {
  private let folder: TemporaryFolder

  private static let suite = """
    suite: two
    network: {trunk: [8]}
    training: {steps: 30, batch: 16, evaluations: 2}
    tuning: {learning_rates: [1e-3, 1e-2], seeds: 2, race: []}
    evaluation: {seeds: 2}
    sweep: {range: 3, limit: 3, heads: [weighted]}
    methods: [uw]
    problems:
      - {problem: noisy, label: first, train: 64, validation: 32, test: 32}
      - {problem: related, label: second, train: 64, validation: 32, test: 32}
      - {problem: mixed, label: third, train: 64, validation: 32, test: 32}

    """

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.suite, to: "two.yaml")
  }

  @discardableResult
  private func run(_ words: [String], status: Int32 = 0) throws -> Command.Result {
    let result = try Command.run(words, in: folder)
    #expect(result.status == status, "\(words): \(result.error)")
    return result
  }

  private func expectRowsOfWholeRun(
    _ file: String,
    of suite: String = "two.yaml",
    out: String
  ) throws {
    try run(["run", suite, "-q", "--db", "whole.sqlite", "--out", out])
    let expected = try rows(of: folder.file("whole.sqlite"))
    let actual = try rows(of: folder.file(file))
    #expect(expected.count > 10)
    for table in expected.keys.sorted() { #expect(actual[table] == expected[table], "\(table)") }
  }

  @Test("shards of whole problems, merged, have the rows of a run on one machine")
  func problems() throws {
    for shard in 0..<2 {
      let result = try run([
        "run", "two.yaml", "-q", "--shard", "\(shard)/2", "--db", "s\(shard).sqlite",
      ])
      #expect(result.output.hasPrefix("two shard \(shard)/2: "))
      #expect(!result.output.contains("other shards"))
    }
    #expect(!folder.exists("results"))
    let first = try run(["merge", "s1.sqlite", "--into", "all.sqlite"])
    #expect(first.error == "note: of suite two in 2 shards these are missing: 0\n")
    let both = try run(["merge", "s1.sqlite", "s0.sqlite", "--into", "all.sqlite"])
    #expect(both.output.contains("s1.sqlite: 0 runs taken, "))
    #expect(both.error == "")
    let last = try run(["run", "two.yaml", "-q", "--db", "all.sqlite", "--out", "whole"])
    #expect(last.output.contains(" runs, 0 of them trained now in "))
    try expectRowsOfWholeRun("all.sqlite", out: "whole")
  }

  @Test("more shards than problems share every stage, with a merge before the next")
  func stages() throws {
    try run(["merge", "--into", "all.sqlite", "s0.sqlite"], status: 1)
    var rounds = 0
    var missing = 1
    while missing > 0 {
      for shard in 0..<4 {
        let isFirst = rounds == 0
        let words = ["run", "two.yaml", "-q", "--json", "--shard", "\(shard)/4"]
        let result = try run(
          words + ["--db", "s\(shard).sqlite"] + (isFirst ? [] : ["--after", "all.sqlite"])
        )
        let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        let count = try #require((document as? [String: Any])?["missing"] as? Int)
        if shard == 3 { missing = count }
        let members = (document as? [String: Any])?.keys.sorted()
        #expect(
          members == ["database", "missing", "runs", "schema", "shard", "suite", "trained"]
        )
      }
      try run(
        ["merge", "--into", "all.sqlite"] + (0..<4).map { "s\($0).sqlite" }
      )
      rounds += 1
    }
    // Single-task networks, methods, evaluation: the last shard to come makes the last runs.
    #expect(rounds >= 3)
    let shares = try (0..<4).map { try runCount(of: folder.file("s\($0).sqlite")) }
    #expect(shares.reduce(0, +) == (try runCount(of: folder.file("all.sqlite"))))
    #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= rounds)
    try run(["run", "two.yaml", "-q", "--db", "all.sqlite", "--out", "whole"])
    try expectRowsOfWholeRun("all.sqlite", out: "whole")
  }

  @Test("a run that two databases have with other numbers is an error")
  func differs() throws {
    for file in ["a.sqlite", "b.sqlite"] {
      try run(["run", "two.yaml", "-q", "--shard", "0/3", "--db", file])
    }
    try run(["merge", "a.sqlite", "b.sqlite", "--into", "all.sqlite"])
    try DatabaseQueue(path: folder.file("b.sqlite")).write { database in
      try database.execute(sql: "UPDATE run_metric SET value = value + 1 WHERE part = 'validation'")
    }
    let result = try run(["merge", "b.sqlite", "--into", "all.sqlite"], status: 1)
    #expect(
      result.error.contains(
        ": all.sqlite and b.sqlite hold other numbers of it, in table run_metric; "
      )
    )
  }

  @Test("a shard that is none is refused, and so is --after without one")
  func refused() throws {
    let none = try run(["run", "two.yaml", "--shard", "3/3"], status: 64)
    #expect(none.error.contains("expected i/n with i from 0 to n - 1, such as 2/9"))
    let after = try run(["run", "two.yaml", "--after", "a.sqlite"], status: 64)
    #expect(after.error.hasPrefix("Error: --after: belongs to --shard\n"))
  }

  /// Stands in for Slurm: tasks one after the other, the first one killed and started again.
  private static let sbatch = """
    #!/bin/bash
    echo "$@" >> calls
    script="${@: -1}"
    if [[ "$script" == */array.sh ]]; then
      last=$(sed -n 's/^#SBATCH --array=0-//p' "$script")
      export SLURM_CPUS_PER_TASK=1
      SLURM_ARRAY_TASK_ID=0 timeout -s KILL 0.3 bash "$script" > /dev/null 2>&1
      for task in $(seq 0 "$last"); do
        SLURM_ARRAY_TASK_ID=$task bash "$script" > /dev/null 2>> errors
      done
      echo 71
    else
      bash "$script" >> merged 2>> errors
      echo 72
    fi

    """

  @Test(
    "submit hands rounds of an array and a merge to sbatch until the report",
    arguments: [2, 5]
  )
  func submit(shards: Int) throws {
    try folder.write(Self.sbatch, to: "sbatch")
    chmod(folder.file("sbatch"), 0o755)
    let path = folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    let result = try Command.run(
      [
        "submit", "two.yaml", "--out", "study", "--shards", "\(shards)", "--sbatch-options",
        "--time=5 --cpus-per-task=1",
      ],
      in: folder,
      environment: ["PATH": path]
    )
    #expect(result.status == 0, "\(result.error)")
    #expect(
      result.output.hasSuffix(
        " to be made next\narray job 71, then job 72 merges and goes on, in \(folder.path)/study\n"
      )
    )
    let calls = try String(contentsOfFile: folder.file("calls"), encoding: .utf8)
    #expect(
      calls.hasPrefix(
        """
        --parsable --time=5 --cpus-per-task=1 \(folder.path)/study/shards/array.sh
        --parsable --time=5 --cpus-per-task=1 --dependency=afterany:71 \
        \(folder.path)/study/shards/merge.sh

        """
      )
    )
    // Problems need no merge between their stages.
    let callCount = calls.split(separator: "\n").count
    #expect(shards == 2 ? callCount == 2 : callCount >= 6)
    #expect(folder.exists("study/report-two.html"))
    try expectRowsOfWholeRun(
      "study/mtlbench.sqlite",
      of: folder.file("two.yaml"),
      out: "study"
    )
  }

  @Test("a job that sbatch refuses ends with what to type")
  func jobRefused() throws {
    try folder.write("#!/bin/sh\necho 'sbatch: error: no partition' >&2\nexit 1\n", to: "sbatch")
    chmod(folder.file("sbatch"), 0o755)
    let path = folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    let result = try Command.run(
      ["submit", "two.yaml", "--out", "study"],
      in: folder,
      environment: ["PATH": path]
    )
    #expect(result.status == 1)
    #expect(
      result.error.hasSuffix(
        "sbatch took no job; type this where Slurm is: sh \(folder.path)/study/shards/submit.sh\n"
      )
    )
  }

  @Test("a database that is missing is named before any is merged")
  func missingDatabase() throws {
    let result = try Command.run(["merge", "none.sqlite", "--into", "all.sqlite"], in: folder)
    #expect(result.status == 1)
    #expect(!folder.exists("all.sqlite"))
  }

  @Test("a round that stores nothing ends the study, with where to look")
  func noRuns() throws {
    let result = try run(["submit", "two.yaml", "--out", "study", "--after-round"], status: 1)
    #expect(
      result.error == """
        error: no task of the last round stored a run; \(folder.path)/study/shards/task-*.log say why; \
        submit again when that is mended

        """
    )
  }

  @Test("scripts alone are written where that is asked for")
  func scripts() throws {
    let result = try run(["submit", "two.yaml", "--out", "a study", "--scripts-only"])
    #expect(result.output.hasPrefix("two: "))
    let merge = try String(contentsOfFile: folder.file("a study/shards/merge.sh"), encoding: .utf8)
    #expect(merge.contains(" --out '\(folder.path)/a study' --sbatch-options --cpus-per-task=2"))
  }
}
