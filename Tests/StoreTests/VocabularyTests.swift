import GRDB
import Store
import Testing

@Suite("Words of the database")
struct VocabularyTests {
  private let folder: TemporaryFolder
  private let store: ResultStore

  init() throws {
    folder = try TemporaryFolder()
    store = try ResultStore(path: folder.file(), mode: .create)
  }

  @Test("are all stored and come back")
  func roundTrip() throws {
    for (number, status) in RunStatus.allCases.enumerated() {
      var run = sampleRun(number)
      run.end.status = status
      try store.save(run)
      #expect(try store.run(run.identity) == run)
    }
    let methods = MethodGroup.allCases.enumerated().map { order, group in
      MethodRecord(
        label: "\(order)",
        method: "equal",
        group: group,
        order: order,
        settings: "{}"
      )
    }
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: methods)
    #expect(try store.methods(of: "bench") == methods)
    let entries = PlanRole.allCases.enumerated().map { number, role in
      sampleEntry(number, method: "2", role: role, seed: 1)
    }
    try store.save(entries: entries)
    #expect(Set(try store.entries(of: "bench")) == Set(entries))
  }

  @Test("that mtlbench does not write are damage, with those it does")
  func unknown() throws {
    try store.save(sampleRun())
    try store.close()
    try rawDatabase(folder.file()) { database in
      try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
      try database.execute(sql: "UPDATE run SET status = 'done'")
    }
    let reader = try ResultStore(path: folder.file(), mode: .readOnly)
    #expect(
      storeError { () throws(StoreError) in _ = try reader.run(identity(0)) }?.description
        == "\(folder.file()): the database is damaged: column 'status' holds \"done\", expected one "
        + "of finished, diverged, refused, skipped; restore it from a copy"
    )
  }

  @Test("compare the groups that are neither a base nor a point of the front, in their order")
  func compared() {
    #expect(MethodGroup.compared == [.fixed, .control, .loss, .gradient])
  }
}
