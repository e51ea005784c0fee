import Foundation
import Testing

@Suite("What the command prints for programs")
struct JSONDocumentTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// The document that a command prints, alone on standard output.
  private func document(_ words: [String], status: Int32 = 0) throws -> [String: Any] {
    let result = try Command.run(words, in: folder)
    #expect(result.status == status, "\(words): \(result.error)")
    #expect(result.output.split(separator: "\n").count == 1)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    )
  }

  /// Expects that the page on schemas names each member of a document.
  private func expectDocumented(_ document: [String: Any]) throws {
    let page = try String(
      contentsOf: Command.sources.appending(path: "docs/json.md"),
      encoding: .utf8
    )
    let schema = try #require(document["schema"] as? String)
    let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| `\(schema)`") })
    let isJudged = ["mtlbench/run/1", "mtlbench/judge/1", "mtlbench/try/1"].contains(schema)
    let shared =
      isJudged
      ? page.split(separator: "\n").filter {
        $0.contains("| `mtlbench/judge/1`") || $0.hasPrefix("- Places")
      } : []
    for key in document.keys where key != "schema" {
      #expect(
        row.contains("`\(key)`") || shared.contains { $0.contains("`\(key)`") },
        "\(schema) has \(key), and docs/json.md does not"
      )
    }
  }

  @Test("every document of a command that trains nothing is documented")
  func reading() throws {
    try folder.write("3,4\n0,1\n", to: "j.csv")
    let list = try document(["list", "--json"])
    try expectDocumented(list)
    #expect(
      (list["methods"] as? [[String: Any]])?.contains { $0["name"] as? String == "pcgrad" } ?? false
    )
    try expectDocumented(try document(["list", "optimizers", "--json"]))
    for name in ["pcgrad", "csv", "hard", "adam"] {
      let description = try document(["describe", name, "--json"])
      try expectDocumented(description)
      #expect(description["name"] as? String == name)
    }
    try expectDocumented(try document(["weigh", "equal", "--jacobian", "j.csv", "--json"]))
    let fixture = Command.sources.appending(path: "Tests/Fixtures/verify/empty-expect.json").path
    let verify = try document(["verify", fixture, "--json"], status: 1)
    try expectDocumented(verify)
    #expect(((verify["files"] as? [[String: Any]])?.first?["failures"] as? [Any])?.isEmpty == false)
    try expectDocumented(try document(["check", smokeSuite, "--json"]))
  }

  @Test("the whole document of a list")
  func whole() throws {
    let result = try Command.run(["list", "optimizers", "--json"], in: folder)
    #expect(
      result.output == """
        {"optimizers":[{"idea":"Steps scaled by the moments of the gradient; weight decay joins the \
        gradient.","name":"adam"},{"idea":"Adam with weight decay beside the gradient.","name":"adamw"},\
        {"idea":"Plain steps along the gradient, with momentum if asked.","name":"sgd"}],\
        "schema":"mtlbench/list/1"}

        """
    )
  }

  @Test("run and table print their documents, and progress as JSON lines")
  func training() throws {
    let result = try Command.run(
      ["run", smokeSuite, "--db", "s.sqlite", "--out", "out", "--json", "--progress", "json"],
      in: folder
    )
    #expect(result.status == 0, "\(result.error)")
    let run = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    )
    try expectDocumented(run)
    #expect(run["runs"] as? Int == smokeRunCount)
    let problem = try #require((run["problems"] as? [[String: Any]])?.first)
    let methods = try #require(problem["methods"] as? [[String: Any]])
    #expect(methods.map { $0["label"] as? String }.contains("static (tuned)"))
    let progress = result.error.split(separator: "\n").filter { $0.hasPrefix("{") }
    let last = try #require(progress.last)
    #expect(last.hasPrefix("{\"done\":63,\"elapsed\":"))
    #expect(last.hasSuffix(",\"failed\":0,\"left\":0,\"total\":63}"))

    let tables = try document(["table", "--db", "s.sqlite", "--json"])
    try expectDocumented(tables)
    let one = try document(["table", "problem", "--db", "s.sqlite", "--json"])
    let rows = (one["tables"] as? [[String: Any]])?.first?["rows"] as? [[String: Any]]
    let cells = rows?.first { $0["label"] as? String == "equal" }?["cells"] as? [String: Any]
    #expect((cells?["delta_m"] as? [String: Any])?["count"] as? Int == 3)
    let mixed = try Command.run(
      ["table", "problem", "--db", "s.sqlite", "--json", "--explain", "equal", "delta_m"],
      in: folder
    )
    #expect(mixed.status == 64)
  }
}
