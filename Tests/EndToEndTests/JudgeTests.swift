import Foundation
import GRDB
import Testing

@Suite("The command on results that were made elsewhere")
struct JudgeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A cell of a table by its row and column.
  private func cells(_ csv: String, column: String) -> [String: [String]] {
    var cells: [String: [String]] = [:]
    for line in csv.split(separator: "\n") {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count > 15, fields[2] == column else { continue }
      cells[fields[0]] = Array(fields[5...12])
    }
    return cells
  }

  @Test("what was exported and judged again has the same Δm, tests and verdict")
  func roundTrip() throws {
    try StoredResults.smoke.get().write(to: "s.sqlite", in: folder)
    for format in ["csv", "jsonl"] {
      let export = try Command.run(["export", "--db", "s.sqlite", "--format", format], in: folder)
      #expect(export.status == 0, "\(export.error)")
      try folder.write(export.output, to: "r.\(format)")
      let judge = try Command.run(
        ["judge", "r.\(format)", "--db", "\(format).sqlite", "--out", format],
        in: folder
      )
      #expect(judge.status == 0, "\(judge.error)")
      #expect(judge.output.contains("Δm against single-task, compared with static (tuned)"))
      #expect(judge.output.contains("\nVerdict on suite r\n"))
      for name in ["problem", "against-static"] {
        let own = try Command.run(
          ["table", name, "--db", "s.sqlite", "--format", "csv"],
          in: folder
        )
        let other = try Command.run(
          ["table", name, "--db", "\(format).sqlite", "--format", "csv"],
          in: folder
        )
        for column in ["delta_m", "p_vs_static", "difference", "p", "p_holm", "result"] {
          #expect(cells(own.output, column: column) == cells(other.output, column: column))
        }
      }
    }
    #expect(try folder.names(in: "csv").contains("report-r.html"))
  }

  @Test("a published table of one seed says what is not known, and that there is no spread")
  func published() throws {
    try folder.write(
      """
      method,seg/mIoU,depth/abs_err,normal/mean angle
      STL,38.30,0.6754,25.01
      LS,39.29,0.5493,28.15
      PCGrad,38.06,0.5550,27.41
      CAGrad,39.79,0.5486,26.31

      """,
      to: "nyuv2.csv"
    )
    let result = try Command.run(["judge", "nyuv2.csv", "--verbose"], in: folder)
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("compared with LS"))
    // Captions are broken into lines where the table ends.
    let words = result.output.replacing("\n", with: " ")
    #expect(words.contains("how the methods were tuned and with how many trials"))
    #expect(result.output.contains("With one seed there is no spread to test against"))
    #expect(!result.output.contains("static (tuned)"))
    #expect(!result.output.contains("tuned static"))
    let page = try String(
      contentsOfFile: folder.file("results/nyuv2/report-nyuv2.html"),
      encoding: .utf8
    )
    #expect(page.contains("mtlbench judge nyuv2.csv"))
    let wrong = try Command.run(["judge", "nyuv2.csv", "--against", "PCgrad"], in: folder)
    #expect(wrong.status == 64)
    #expect(
      wrong.error
        == "error: nyuv2.csv: --against: there is no method 'PCgrad'; did you mean 'PCGrad'? "
        + "(found: STL, LS, PCGrad, CAGrad)\n"
    )
  }

  @Test("docs/judge.md is right about the published table with three tasks")
  func publishedTasks() throws {
    let file = URL(filePath: #filePath).appending(path: "../../../docs/nyuv2.csv").standardized
    var lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(
      String.init
    )
    lines[0] =
      "method,seg/mIoU,seg/pix acc,depth/abs err,depth/rel err,normal/mean angle,normal/median angle,"
      + "normal/within 11.25,normal/within 22.5,normal/within 30"
    try folder.write(lines.joined(separator: "\n") + "\n", to: "n.csv")
    let result = try Command.run(["judge", "n.csv", "--json"], in: folder)
    #expect(result.status == 0, "\(result.error)")
    #expect(
      result.error.contains(
        "tasks and metrics: seg (mIoU, pix acc); depth (abs err, rel err); "
          + "normal (mean angle, median angle, within 11.25, within 22.5, within 30)"
      )
    )
    let table = try Command.run(
      [
        "table", "problem", "--db", "results/n/n.sqlite", "--columns", "delta_m", "--format", "csv",
      ],
      in: folder
    )
    let ls = table.output.split(separator: "\n").first { $0.hasPrefix("LS,") }
    let mean = ls.flatMap {
      $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst(5).first
    }
    #expect(mean.flatMap { Double($0) }.map { ($0 * 100).rounded() } == -88, "\(table.output)")
  }

  @Test(
    "of a file's verdicts no luck of tuning is said to be known, and a rival that failed is named"
  )
  func captions() throws {
    var rows = ["method,seed,a/acc,b/acc"]
    for seed in 1...6 {
      rows.append("STL,\(seed),0.5\(seed),0.6")
      rows.append("equal,\(seed),0.5\(seed + 1),\(seed == 3 ? "NaN" : "0.61")")
      rows.append("uw,\(seed),0.5\(seed),0.6\(seed)")
    }
    try folder.write(rows.joined(separator: "\n") + "\n", to: "r.csv")
    let result = try Command.run(["judge", "r.csv", "--verbose"], in: folder)
    #expect(result.status == 0, "\(result.error)")
    let words = result.output.replacing("\n    ", with: " ").replacing("\n", with: " ")
    #expect(!words.contains("draws of the tuning seeds"))
    #expect(words.contains("a file of results does not say how methods were tuned"))
    #expect(words.contains("r: The rival, equal, failed on 1 of 6 seeds, and loses to every"))
    #expect(!words.contains("They failed"))
  }

  @Test("without a single-task row the answer begins with that, and has no page of dashes")
  func noBase() throws {
    try folder.write("method,seed,a/acc,b/acc\nequal,1,0.5,0.6\nuw,1,,0.7\n", to: "r.csv")
    let result = try Command.run(["judge", "r.csv"], in: folder)
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("There is no single-task training to compare with"))
    #expect(!result.output.contains("–"), "\(result.output)")
    #expect(result.output.contains(" plots do not apply to these results; "))
    #expect(!result.output.contains("not drawn"))
  }
}
