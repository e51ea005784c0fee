import GRDB
import Store
import Testing

@Suite("Taking in the runs of another database")
struct MergingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func store(_ name: String, _ runs: [RunRecord]) throws -> ResultStore {
    let store = try ResultStore(path: folder.file(name), mode: .create)
    for run in runs { try store.save(run) }
    return store
  }

  /// Closes a store and opens it for reading, changed by some statements.
  private func reopened(_ store: ResultStore, _ sql: String = "") throws -> ResultStore {
    try store.close()
    try DatabaseQueue(path: store.path).write { try $0.execute(sql: sql) }
    return try ResultStore(path: store.path, mode: .readOnly)
  }

  @Test("takes what is missing with all it measured, and accepts what is the same")
  func merge() throws {
    let target = try store("a.sqlite", [sampleRun(1), sampleRun(2)])
    var second = sampleRun(2)
    second.end.totalSeconds = 9
    second.end.machine = "node4, 2 cores"
    second.createdAt = "2027-01-02T03:04:05Z"
    second.instructionSet = "avx512"
    let source = try reopened(try store("b.sqlite", [second, sampleRun(3)]))
    let outcome = try target.takeRuns(from: source)
    #expect([outcome.addedCount, outcome.sameCount] == [1, 1])
    #expect(try target.run(identity(3)) == sampleRun(3))
    #expect(try target.run(identity(2)) == sampleRun(2))
    let again = try target.takeRuns(from: source)
    #expect([again.addedCount, again.sameCount] == [0, 2])
    #expect(try target.integrityCheck() == [])
  }

  @Test(
    "refuses another making of a run with other numbers, and takes nothing then",
    arguments: [
      ("run", "UPDATE run SET parameter_hash = 'ff'"),
      ("run", "UPDATE run SET spec = '{}'"),
      ("run", "UPDATE run SET best_step = NULL"),
      ("run_metric", "UPDATE run_metric SET value = value + 1e-9 WHERE part = 'validation'"),
      ("run_metric", "UPDATE run_metric SET value = 1 WHERE metric = 'auc'"),
      ("evaluation", "DELETE FROM evaluation WHERE step = 2"),
      ("pair_step", "INSERT INTO pair_step SELECT identity, 0, 2, step, 1 FROM pair_step"),
      ("task_step", "UPDATE task_step SET task = 7 WHERE task = 1"),
    ]
  )
  func differs(table: String, sql: String) throws {
    let target = try store("a.sqlite", [sampleRun(1)])
    let source = try reopened(try store("b.sqlite", [sampleRun(1)]), sql)
    try addRun(to: source)
    let error = storeError { () throws(StoreError) in _ = try target.takeRuns(from: source) }
    #expect(
      error
        == .differs(identity: identity(1), table: table, paths: [target.path, source.path])
    )
    #expect(try target.counts().runs == 1)
  }

  private func addRun(to source: ResultStore) throws {
    let writer = try ResultStore(path: source.path, mode: .readWrite)
    try writer.save(sampleRun(5))
    try writer.close()
  }

  @Test("refuses tables of another version")
  func version() throws {
    let target = try store("a.sqlite", [])
    let source = try reopened(try store("b.sqlite", [sampleRun(1)]))
    try DatabaseQueue(path: source.path).write { try $0.execute(sql: "PRAGMA user_version = 5") }
    let error = storeError { () throws(StoreError) in _ = try target.takeRuns(from: source) }
    guard case .older(_, found: 5, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
