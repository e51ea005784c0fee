import Foundation
import GRDB
import Store
import Testing

/// `Fixtures/vN.sql` is a database as version N left it, written once and never edited.
@Suite("Databases of earlier versions")
struct MigrationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("every version there was has a fixture")
  func complete() throws {
    let newest = try makeFresh()
    #expect(try Self.fixtures.count == version(newest))
  }

  @Test("keep their content and get today's tables", arguments: try fixtures)
  func migrated(fixture: URL) throws {
    let path = folder.file()
    try rawDatabase(path) { try $0.execute(sql: String(contentsOf: fixture, encoding: .utf8)) }
    let store = try ResultStore(path: path, mode: .readWrite)
    #expect(try store.integrityCheck() == [])
    #expect(try store.run(identity(0)) == Self.run(in: fixture))
    #expect(try store.suites() == [sampleSuite()])
    #expect(try store.problems(of: "bench") == sampleProblems)
    #expect(try store.methods(of: "bench") == sampleMethods)
    #expect(try store.entries(of: "bench") == [sampleEntry(0, seed: 1)])
    #expect(try store.choices(of: "bench") == [sampleChoice()])
    try store.close()

    let fresh = try makeFresh()
    #expect(try version(path) == version(fresh))
    #expect(try tables(path) == tables(fresh))
  }

  @Test(
    "are read as they are from version 6 on; older ones are to be brought up to date first",
    arguments: try fixtures
  )
  func readOnly(fixture: URL) throws {
    let path = folder.file()
    try rawDatabase(path) { try $0.execute(sql: String(contentsOf: fixture, encoding: .utf8)) }
    let before = try version(path)
    guard before ?? 0 >= 6 else {
      let message = openingMessage(path, .readOnly) ?? ""
      #expect(message.contains("version \(before ?? 0)"), "\(message)")
      return
    }
    let store = try ResultStore(path: path, mode: .readOnly)
    let run = Self.run(in: fixture)
    #expect(try store.run(identity(0)) == run)
    let stored = try store.evaluationRuns(suite: "bench")["scaled", default: []]
    #expect(stored.map(\.end.memoryBytes) == [run.end.memoryBytes])
    #expect(try store.entries(of: "bench") == [sampleEntry(0, seed: 1)])
    try store.close()
    #expect(try version(path) == before)
  }

  /// Versions before 3 do not know a run's memory.
  private static func run(in fixture: URL) -> RunRecord {
    var run = sampleRun(0, stepCount: 2)
    if ["v1.sql", "v2.sql"].contains(fixture.lastPathComponent) { run.end.memoryBytes = nil }
    return run
  }

  static var fixtures: [URL] {
    get throws {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
      return try FileManager.default
        .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .sorted { $0.path < $1.path }
    }
  }

  private func makeFresh() throws -> String {
    let path = folder.file("fresh.sqlite")
    try ResultStore(path: path, mode: .create).close()
    return path
  }

  private func version(_ path: String) throws -> Int? {
    try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
  }

  /// The statements that made the tables and indices.
  private func tables(_ path: String) throws -> [String] {
    try DatabaseQueue(path: path).read { database in
      try String.fetchAll(
        database,
        sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
      )
    }
  }
}
