import Foundation
import GRDB
import Store
import Testing

@Suite("A process that is killed while it writes", .serialized)
struct CrashTests {
  /// Milliseconds after the first run was stored; 0 is while the database is made.
  @Test("loses only the run it was storing", arguments: [0, 1, 3, 7, 20, 53, 110])
  func killed(milliseconds: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.file()
    let undisturbed = sampleRun(0, stepCount: 40)
    let rowCount = rowCount(undisturbed)

    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, milliseconds = milliseconds as Int] in
      if milliseconds == 0 { killSelf(after: 0.002) }
      let store = try ResultStore(path: path, mode: .create)
      var number = 0
      while true {
        try store.save(sampleRun(number, stepCount: 40))
        number += 1
        try Data("\(number)".utf8).write(to: URL(filePath: path + ".count"), options: .atomic)
        if number == 1 { killSelf(after: Double(milliseconds) / 1000) }
      }
    }

    let promised = (try? String(contentsOfFile: path + ".count", encoding: .utf8)).flatMap {
      Int($0)
    }
    let store = try ResultStore(path: path, mode: .create)
    #expect(try store.integrityCheck() == [])
    let counts = try store.counts()
    #expect(counts.runs >= promised ?? 0, "a run is stored once save has returned")
    #expect(counts.runs <= (promised ?? 0) + 1)
    #expect(counts.measurements == counts.runs * rowCount)

    let total = counts.runs + 3
    for number in 0..<total { try store.save(sampleRun(number, stepCount: 40)) }
    for number in 0..<total {
      #expect(try store.run(identity(number)) == sampleRun(number, stepCount: 40))
    }
    #expect(try store.counts().runs == total)
  }

  @Test("can be killed five times and leaves the same rows as one that never was")
  func killedAgainAndAgain() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file()
    let total = 60
    for round in 1...5 {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, round = round as Int, total = total as Int] in
        let store = try ResultStore(path: path, mode: .create)
        let stored = try store.identities()
        var left = (0..<total).filter { !stored.contains(identity($0)) }
        if round % 2 == 0 { left.reverse() }
        for number in left.prefix(8) { try store.save(sampleRun(number)) }
        killSelf(after: 0.001)
        for number in left.dropFirst(8) { try store.save(sampleRun(number)) }
        try await Task.sleep(for: .seconds(60))
      }
    }
    let resumed = try ResultStore(path: path, mode: .readWrite)
    #expect(try resumed.integrityCheck() == [])
    for number in 0..<total where try !resumed.has(identity(number)) {
      try resumed.save(sampleRun(number))
    }
    try resumed.close()

    let other = folder.file("undisturbed.sqlite")
    let undisturbed = try ResultStore(path: other, mode: .create)
    for number in 0..<total { try undisturbed.save(sampleRun(number)) }
    try undisturbed.close()
    for table in ["run", "run_metric", "evaluation", "task_step", "pair_step"] {
      #expect(try rows(of: table, path) == rows(of: table, other))
    }
  }

  private func rowCount(_ run: RunRecord) -> Int {
    run.metrics.count + run.evaluations.count + run.taskSteps.count + run.pairSteps.count
  }

  /// All rows of a table as text, in the order of its first columns, which are its key.
  private func rows(of table: String, _ path: String) throws -> [String] {
    try DatabaseQueue(path: path).read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY 1, 2, 3, 4")
        .map { "\($0)" }
    }
  }
}

/// Kills this process after some seconds, whatever it is doing then.
private func killSelf(after seconds: Double) {
  Thread.detachNewThread {
    Thread.sleep(forTimeInterval: seconds)
    kill(getpid(), SIGKILL)
  }
}
