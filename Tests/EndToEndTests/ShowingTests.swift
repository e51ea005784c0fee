import Foundation
import Testing

@Suite("Tables, plots and the page of what was asked for", .serialized)
struct ShowingTests {
  private let folder: TemporaryFolder

  private static let results = Result {
    try StoredResults(
      """
      suite: two
      network: {trunk: [8]}
      training: {steps: 8, evaluations: 2}
      tuning: {learning_rates: [1e-2], seeds: 1}
      evaluation: {seeds: 3}
      methods: [equal, uw]
      problems:
        - {problem: noisy, label: one}
        - {problem: noisy, label: other}

      """
    )
  }

  init() throws {
    folder = try TemporaryFolder()
    try Self.results.get().write(to: "s.sqlite", in: folder)
  }

  @Test("a table of chosen rows, columns and words, and never a line that is broken")
  func tables() throws {
    let one = try Command.run(
      [
        "table", "problem", "--problem", "one", "--db", "s.sqlite", "--methods", "uw", "--columns",
        "delta_m", "--caption", "none",
      ],
      in: folder
    )
    #expect(one.status == 0, "\(one.error)")
    let lines = one.output.split(separator: "\n")
    #expect(lines.count == 5 && lines[4].hasPrefix("uw "), "\(one.output)")
    let all = try Command.run(
      ["table", "--db", "s.sqlite"],
      in: folder,
      environment: ["COLUMNS": "80"]
    )
    #expect(all.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(all.output.contains("Training and tuning of suite two"))
    let wide = try Command.run(["table", "verdict", "--db", "s.sqlite", "--wide"], in: folder)
    let narrow = try Command.run(
      ["table", "verdict", "--db", "s.sqlite"],
      in: folder,
      environment: ["COLUMNS": "60"]
    )
    let widths = [wide, narrow].map { $0.output.split(separator: "\n").map(\.count).max() ?? 0 }
    #expect(widths[0] > 60 && widths[1] <= 60)
    let only = try Command.run(["table", "--db", "s.sqlite", "--problem", "other"], in: folder)
    #expect(only.output.contains("problem other of suite") && !only.output.contains("problem one "))
    let wrong = try Command.run(["table", "--db", "s.sqlite", "--methods", "uv"], in: folder)
    #expect(wrong.status == 64 && wrong.error.contains("no method 'uv' (did you mean 'uw'?)"))
  }

  @Test("a plot for a column of a page, in every form, and of one problem alone")
  func plots() throws {
    let result = try Command.run(
      [
        "plot", "delta-m", "learning-curves", "--width", "8cm", "--problem", "one", "--db",
        "s.sqlite", "--out", "p",
      ],
      in: folder
    )
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("wrote p/plots/two/one-delta-m-8cm.pdf: Δm against"))
    let names = try folder.names(in: "p/plots/two").filter { !$0.hasSuffix(".log") }
    #expect(
      names
        == ["delta-m", "learning-curves"].flatMap { plot in
          ["gp", "pdf", "png", "svg"].map { "one-\(plot)-8cm.\($0)" }
        }
    )
    for (words, message) in [
      (["plot", "deltam"], "no plot is called 'deltam' (did you mean 'delta-m'?)"),
      (["plot", "delta-m", "--format", "png"], "Unknown option '--format'"),
      (["plot", "--width", "8"], "--width: expected 5 to 60 cm, such as 8cm"),
      (["plot", "--problem", "x"], "the suite has no problem 'x'; it has: one, other"),
    ] {
      let wrong = try Command.run(words + ["--db", "s.sqlite"], in: folder)
      #expect(wrong.status == 64 && wrong.error.contains(message), "\(wrong.error)")
    }
  }

  @Test("the page of one problem")
  func page() throws {
    let result = try Command.run(
      ["report", "--problem", "other", "--db", "s.sqlite", "--out", "p"],
      in: folder
    )
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.hasSuffix("wrote p/report-two-other.html\n"), "\(result.output)")
    #expect(try folder.names(in: "p/plots/two").allSatisfy { $0.hasPrefix("other-") })
  }
}
