import GRDB
import Testing

@Suite("The command on tasks from files of their own")
struct OwnRowsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (site, name) in ["north", "south", "east"].enumerated() {
      let cut = [",", ";", "\t"][site]
      let rows = (0..<30 + 10 * site).map { row in
        ["\(row * 7 % 11)", "\(row * 5 % 13)", "\(row * row % 17 + site)"].joined(separator: cut)
      }
      let lines = [["a", "b", "score"].joined(separator: cut)] + rows
      try folder.write(lines.joined(separator: "\n") + "\n", to: "\(name).csv")
    }
    try folder.write(
      """
      suite: schools
      network: {trunk: [8]}
      training: {steps: 30, batch: 8, evaluations: 3, diagnostics: 4, mechanism: 2}
      methods: [uw, pcgrad]
      tuning: {learning_rates: [1e-3, 1e-2], seeds: 2, race: []}
      evaluation: {seeds: 3}
      sweep: {range: 3, limit: 3, heads: [weighted]}
      problems:
        - problem: csv
          label: schools
          targets:
            - {file: north.csv, column: score}
            - {file: south.csv, column: score}
            - {file: east.csv, column: score}

      """,
      to: "schools.yaml"
    )
  }

  @Test("check says what rows each task has; run, table, plot, report and show work on them")
  func wholeWay() throws {
    let check = try Command.run(["check", "schools.yaml"], in: folder)
    #expect(check.status == 0, "\(check.error)")
    #expect(
      check.output.contains("problem schools: 120 rows: 72 train, 24 validation, 24 test, drawn ")
    )
    for rows in ["18 train, 6 validation, 6 test", "24 train, 8 validation, 8 test"] {
      #expect(check.output.contains(rows), "\(check.output)")
    }
    let run = try Command.run(["run", "schools.yaml", "--db", "s.sqlite", "-q"], in: folder)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("Verdict on suite schools"))
    for command in ["table", "plot", "report"] {
      let result = try Command.run([command, "--db", "s.sqlite"], in: folder)
      #expect(result.status == 0, "\(command): \(result.error)")
    }
    let table = try Command.run(["table", "problem", "--db", "s.sqlite"], in: folder)
    for name in ["north", "south", "east", "pcgrad", "single-task"] {
      #expect(table.output.contains(name), "\(table.output)")
    }
    let again = try Command.run(["run", "schools.yaml", "--db", "s.sqlite", "-q"], in: folder)
    #expect(again.output.contains(" runs, 0 of them trained now in "))
    let found = try DatabaseQueue(path: folder.file("s.sqlite")).read { database in
      try String.fetchOne(database, sql: "SELECT identity FROM run ORDER BY identity")
    }
    let identity = try #require(found)
    for command in ["show", "rerun"] {
      let result = try Command.run([command, identity, "--db", "s.sqlite"], in: folder)
      #expect(result.status == 0, "\(command): \(result.output)\(result.error)")
    }
  }
}
