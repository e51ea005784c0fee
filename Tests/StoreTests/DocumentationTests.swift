import Foundation
import GRDB
import Store
import Testing

@Suite("results/README.md")
struct DocumentationTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file()
    let store = try ResultStore(path: path, mode: .create)
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: sampleMethods)
    for number in 0..<6 { try store.save(sampleRun(number)) }
    var failed = sampleRun(6)
    failed.end.status = .diverged
    failed.end.reason = "the loss of task 0 is not finite"
    failed.end.failedStep = 3
    try store.save(failed)
    try store.save(
      entries: [
        sampleEntry(0, method: "STL", seed: 1, taskIndex: 0),
        sampleEntry(1, method: "STL", seed: 2, taskIndex: 0),
        sampleEntry(2, seed: 1),
        sampleEntry(3, seed: 2),
        sampleEntry(4, role: .tuning, seed: 101, learningRate: 0.0003),
        sampleEntry(5, method: "static 0.2", seed: 1),
        sampleEntry(6, seed: 3),
        sampleEntry(7, seed: 4),
      ])
    try store.save(choices: [sampleChoice(), sampleChoice(method: "static 0.2")])
    try store.save(
      measurements: (1...3).map { sampleMeasurement(pass: $0, value: 40_000 + Double($0)) }
    )
    try store.close()
  }

  @Test("every example query runs and answers with at least one row", arguments: try queries)
  func example(query: String) throws {
    // The labels of the default bench, which the queries name, for those of the sample.
    let query = query.replacing("'mixed-adam'", with: "'scaled'")
      .replacing("'gradnorm'", with: "'GradNorm'").replacing(
        "'static (tuned)'",
        with: "'static 0.2'"
      )
    let rows = try DatabaseQueue(path: path).read { try Row.fetchAll($0, sql: query) }
    #expect(rows.count > 0)
  }

  @Test("every table and column is described, and no other")
  func columns() throws {
    let described = try Self.text.matches(of: #/\n### `(\w+)`([\s\S]*?)(?=\n##|$)/#).map { match in
      let columns = match.output.2.matches(of: #/\n\| `(\w+)` \|/#).map { String($0.output.1) }
      return "\(match.output.1): \(columns.joined(separator: " "))"
    }
    let actual = try DatabaseQueue(path: path).read { database in
      let sql =
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name <> 'grdb_migrations'"
      return try String.fetchAll(database, sql: sql).map { table in
        let columns = try database.columns(in: table).map { $0.name }
        return "\(table): \(columns.joined(separator: " "))"
      }
    }
    #expect(described.sorted() == actual.sorted())
  }

  static var queries: [String] {
    get throws { try text.matches(of: #/```sql\n([\s\S]*?)```/#).map { String($0.output.1) } }
  }

  private static var text: String {
    get throws {
      let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
      return try String(
        contentsOf: root.appending(path: "results/README.md"),
        encoding: .utf8
      )
    }
  }
}
