import Foundation
import GRDB
import Testing

@Suite("The command on the smoke suite")
struct SmokeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func runSmoke() throws -> Command.Result {
    try Command.run(["run", smokeSuite, "--db", "s.sqlite", "--out", "out"], in: folder)
  }

  @Test(
    "trains, stores, writes tables and plots, and tells a verdict; a second time trains nothing"
  )
  func twice() throws {
    let first = try runSmoke()
    #expect(first.status == 0, "\(first.error)")
    #expect(try runCount(of: folder.file("s.sqlite")) == smokeRunCount)
    #expect(first.output.hasPrefix("smoke: 63 runs, 63 of them trained now in "))
    #expect(first.output.contains("\nVerdict on suite smoke\n"))
    #expect(first.error.contains("63/63 runs (100 %)"))
    let tables = try folder.names(in: "out/tables/smoke")
    for form in ["txt", "md", "tex", "csv"] { #expect(tables.contains("mixed.\(form)")) }
    let plots = try folder.names(in: "out/plots/smoke")
    for name in ["learning-curves", "task-weights", "gradient-cosine", "static-front"] {
      for form in ["gp", "svg", "png"] { #expect(plots.contains("mixed-\(name).\(form)")) }
    }
    let before = try rows(of: folder.file("s.sqlite"))

    let second = try runSmoke()
    #expect(second.status == 0)
    #expect(second.output.hasPrefix("smoke: 63 runs, 0 of them trained now in "))
    #expect(second.error == "")
    #expect(try rows(of: folder.file("s.sqlite")) == before)

    try rerunAndShow()
    try askDocumented()
  }

  /// The queries of results/README.md, asked of this suite; nothing failed, and no speed was measured.
  private func askDocumented() throws {
    let page = try String(
      contentsOf: Command.sources.appending(path: "results/README.md"),
      encoding: .utf8
    )
    let queries = page.matches(of: #/```sql\n([\s\S]*?)```/#).map { String($0.output.1) }
    #expect(queries.count > 10)
    let database = try DatabaseQueue(path: folder.file("s.sqlite"))
    for query in queries
    where !query.contains("FROM measurement") && !query.contains("r.status <> 'finished'") {
      let own = query.replacing("'bench'", with: "'smoke'")
        .replacing("'mixed-adam'", with: "'mixed'")
      let rows = try database.read { try Row.fetchAll($0, sql: own) }
      #expect(!rows.isEmpty, "\(own)")
    }
  }

  /// What is asked of a run by its identity.
  private func rerunAndShow() throws {
    let identities = try DatabaseQueue(path: folder.file("s.sqlite")).read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT identity FROM plan_entry WHERE role = 'evaluation' AND seed = 1
          AND method IN ('single-task', 'gradnorm', 'pcgrad') ORDER BY method
          """
      )
    }
    for identity in identities {
      let again = try Command.run(["rerun", identity, "--db", "s.sqlite"], in: folder)
      #expect(again.status == 0)
      #expect(again.output.hasPrefix("\(identity): same bits (parameters "))
    }
    let first = try #require(identities.first)
    let show = try Command.run(["show", String(first.prefix(8)), "--db", "s.sqlite"], in: folder)
    #expect(show.status == 0)
    #expect(show.output.hasPrefix("run "))
    #expect(
      show.output.contains("suite smoke, problem mixed, gradnorm, evaluation at learning rate ")
    )
    #expect(show.output.contains("\ntest a error_rate "))
    let none = try Command.run(["show", "zz", "--db", "s.sqlite"], in: folder)
    #expect(none.status == 64)
    #expect(none.error.hasPrefix("error: no run 'zz'; the nearest are "))
    for wrong in [
      ["rerun", "zz"], ["table", "--suite", "zz"], ["table", "problem", "--columns", "zz"],
      ["table", "problem", "--explain", "zz", "delta_m"],
    ] {
      #expect(try Command.run(wrong + ["--db", "s.sqlite"], in: folder).status == 64, "\(wrong)")
    }
    for value in ["training.step=5", "training.steps=abc"] {
      #expect(
        try Command.run(["run", smokeSuite, "--set", value], in: folder).status == 64,
        "\(value)"
      )
    }
    let table = try Command.run(
      ["table", "mixed", "--db", "s.sqlite", "--format", "latex"],
      in: folder
    )
    #expect(table.status == 64)
    let latex = try Command.run(["table", "--db", "s.sqlite", "--format", "latex"], in: folder)
    #expect(latex.status == 0)
    #expect(latex.output.contains("\\toprule"))
  }

  @Test("without gnuplot the tables still come out and it says what to install")
  func withoutGnuplot() throws {
    let result = try Command.run(
      ["run", smokeSuite, "--db", "s.sqlite", "--out", "out"],
      in: folder,
      environment: ["PATH": folder.path]
    )
    #expect(result.status == 0, "\(result.error)")
    #expect(try folder.names(in: "out/tables/smoke").contains("mixed.txt"))
    #expect(try folder.names(in: "out/plots/smoke").contains("mixed-cost.gp"))
    #expect(folder.exists("out/report-smoke.html"))
    let sentences = result.output.split(separator: "\n").filter {
      $0.contains("not drawn: gnuplot")
    }
    #expect(sentences.count == 1, "one reason is told once")
    #expect(sentences.first?.contains("apt-get install gnuplot-nox") == true)
    #expect(result.output.contains("\nVerdict on suite smoke\n"))
  }
}
