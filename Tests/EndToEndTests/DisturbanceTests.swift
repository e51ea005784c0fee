import Foundation
import GRDB
import Testing

@Suite("The command, disturbed", .serialized)
struct DisturbanceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(longSuite, to: "long.yaml")
  }

  private func arguments(_ database: String, workers: Int = 2) -> [String] {
    [
      "run", "long.yaml", "--db", database, "--out", "out", "--quiet", "--workers", "\(workers)",
    ]
  }

  /// Waits until the database holds some runs.
  private func waitForRuns(_ count: Int, in database: String, of command: Command) throws {
    while command.isRunning {
      usleep(2000)
      guard folder.exists(database) else { continue }
      // The tables may not be there yet.
      if let stored = try? runCount(of: folder.file(database)), stored >= count { return }
    }
  }

  @Test("killed again and again, it ends with the rows of an undisturbed run")
  func killed() throws {
    let undisturbed = try Command.run(arguments("a.sqlite", workers: 1), in: folder)
    #expect(undisturbed.status == 0, "\(undisturbed.error)")
    let expected = try rows(of: folder.file("a.sqlite"))
    #expect(expected["run"]?.count == longRunCount)

    var lastCount = 0
    // Before there are tables, then in tuning, and in the evaluation.
    for count in [0, 1, 5, 11, 20, 31, 38] {
      let command = try Command(arguments("b.sqlite"), in: folder)
      if count == 0 { usleep(20_000) } else { try waitForRuns(count, in: "b.sqlite", of: command) }
      command.send(SIGKILL)
      let result = try command.finish()
      #expect(result.signal == SIGKILL)
      guard folder.exists("b.sqlite"), count > 0 else { continue }
      #expect(try integrity(of: folder.file("b.sqlite")) == "ok")
      let stored = try runCount(of: folder.file("b.sqlite"))
      #expect(stored >= max(count, lastCount), "what was stored stays")
      lastCount = stored
    }
    let resumed = try Command.run(arguments("b.sqlite"), in: folder)
    #expect(resumed.status == 0, "\(resumed.error)")
    #expect(
      resumed.output.hasPrefix(
        "long: \(longRunCount) runs, \(longRunCount - lastCount) of them trained"
      )
    )
    let actual = try rows(of: folder.file("b.sqlite"))
    #expect(Set(actual.keys) == Set(expected.keys))
    for table in expected.keys.sorted() { #expect(actual[table] == expected[table], "\(table)") }
  }

  @Test("a second process on the same database is told who holds it")
  func held() throws {
    let first = try Command(arguments("c.sqlite"), in: folder)
    try waitForRuns(1, in: "c.sqlite", of: first)
    let second = try Command.run(arguments("c.sqlite"), in: folder)
    #expect(second.status == 1)
    #expect(second.error.hasPrefix("error: c.sqlite: process \(first.identifier) on "))
    #expect(
      second.error.hasSuffix(
        " is writing to it; wait until that ends, or use another file; reading is possible "
          + "meanwhile\n"
      )
    )
    let reader = try Command.run(["table", "overview", "--db", "c.sqlite"], in: folder)
    #expect(reader.status != 64)
    #expect(try first.finish().status == 0)
    #expect(try runCount(of: folder.file("c.sqlite")) == longRunCount)
  }

  @Test("interrupted, it keeps finished runs, leaves with 130 and goes on later")
  func interrupted() throws {
    let command = try Command(arguments("d.sqlite"), in: folder)
    try waitForRuns(4, in: "d.sqlite", of: command)
    command.send(SIGINT)
    let result = try command.finish()
    #expect(result.status == 130)
    #expect(result.signal == nil)
    #expect(
      result.error
        == "interrupted; finished runs are stored and the same command goes on from there\n"
    )
    let stored = try runCount(of: folder.file("d.sqlite"))
    #expect((4..<longRunCount).contains(stored))
    // What is there is shown, and what is missing is said.
    for words in [["table"], ["plot", "--out", "out"], ["report", "--out", "out"]] {
      let shown = try Command.run(words + ["--db", "d.sqlite"], in: folder)
      #expect(shown.status == 0, "\(words): \(shown.error)")
      #expect(shown.error.hasPrefix("note: the suite is not finished: "))
    }
    let resumed = try Command.run(arguments("d.sqlite"), in: folder)
    #expect(resumed.status == 0)
    #expect(
      resumed.output.hasPrefix(
        "long: \(longRunCount) runs, \(longRunCount - stored) of them trained"
      )
    )
    let whole = try Command.run(["table", "--db", "d.sqlite"], in: folder)
    #expect(!whole.error.contains("not finished"))
    try shownInPart()
  }

  /// Takes the last evaluation runs away, as if they had not been made yet, and lets all trials at the
  /// lowest learning rate diverge, those of the first panel of a plot too.
  private func shownInPart() throws {
    let lastCount = 5
    try DatabaseQueue(path: folder.file("d.sqlite")).write { database in
      try database.execute(
        sql: """
          DELETE FROM run WHERE identity IN (
            SELECT DISTINCT identity FROM plan_entry
            WHERE role = 'evaluation' ORDER BY identity DESC LIMIT ?
          )
          """,
        arguments: [lastCount]
      )
      try database.execute(
        sql: """
          UPDATE run SET status = 'diverged' WHERE identity IN (
            SELECT identity FROM plan_entry
            WHERE role = 'tuning' AND learning_rate = (SELECT min(learning_rate) FROM plan_entry)
          )
          """
      )
    }
    let plotted = try Command.run(["plot", "--db", "d.sqlite", "--out", "part"], in: folder)
    #expect(plotted.status == 0, "\(plotted.error)")
    #expect(plotted.error.contains("are stored; what is shown is of these"))
    #expect(try folder.names(in: "part/plots/long").contains("noisy-learning-curves.svg"))
    #expect(try folder.names(in: "part/tables/long").contains("noisy.txt"))
  }
}
