import Foundation
import GRDB
import Testing

/// The numbers are those of a quick measurement in a debug build: only their shape is looked at.
@Suite("mtlbench-perf", .serialized)
struct PerfTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test(
    "the quick report has every table, every row, and numbers in all other cells",
    .tags(.slow),
    .enabled(if: ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil)
  )
  func report() throws {
    let result = try perf([
      "--quick", "--program", Command.program.path, "--suite", smokeSuite, "--db", "perf.sqlite",
    ])
    #expect(result.status == 0, "\(result.error)")
    #expect(shape(of: result.output) == expectedShape)
    let listed = try Command.run(["list", "methods"], in: folder).output.split(separator: "\n")
      .compactMap { $0.split(separator: " ").first.map { String($0) } }
    let weighed = methodRows(of: result.output, header: "is given")
    #expect(weighed == listed.filter { $0 != "external" })
    let fromGramian = methodRows(of: result.output, header: "step, µs")
    #expect(fromGramian.contains("pcgrad") && Set(fromGramian).isSubset(of: listed))
    #expect(result.output.contains("\n    time of "))
    #expect(result.error.hasPrefix("1/12 steps\n2/12 runs\n"))

    let rows = try DatabaseQueue(path: folder.file("perf.sqlite")).read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT name, COUNT(*), COUNT(DISTINCT created_at) FROM measurement
          WHERE program = 'mtlbench' GROUP BY name ORDER BY name
          """
      ).map { "\($0[0] as String) \($0[1] as Int) \($0[2] as Int)" }
    }
    #expect(
      rows == [
        "arithmetic peak 1 1", "elementwise loop 24 1", "layer 11 1", "matrix product 26 1",
        "memory of a worker 6 1", "share of the weights \(fromGramian.count) 1",
        "share outside the steps 7 1",
        "start 3 1", "step 90 1", "steps of 1 workers 2 1", "steps of 2 workers 2 1",
        "training steps 45 1", "weight computation \(3 * weighed.count) 1",
      ]
    )
  }

  @Test("one section alone, and one that is not there")
  func only() throws {
    let result = try perf(["--quick", "--only", "start-up"])
    #expect(result.status == 0)
    #expect(
      result.output.hasSuffix(
        "\n## Start-up\n\nNot measured: no program was named by `--program`.\n\n"
      )
    )
    let unknown = try perf(["--only", "stepz"])
    #expect(unknown.status == 64)
    #expect(
      unknown.error.hasPrefix(
        "Error: no section 'stepz'; there are steps, runs, weighing, products, layers, loops, "
          + "growth, gramian, workers, memory, start-up, split\n"
      )
    )
  }

  @Test("measurements of other programs are stored as they come")
  func record() throws {
    let lines = "training steps\tW1\tequal\tJAX\t1\t123.5\t1/s\n"
    let result = try perf(["record", "--db", "perf.sqlite"], input: lines)
    #expect(result.status == 0, "\(result.error)")
    let rows = try DatabaseQueue(path: folder.file("perf.sqlite")).read { database in
      try Row.fetchAll(database, sql: "SELECT program, work, pass, value FROM measurement")
        .map { "\($0[0] as String) \($0[1] as String) \($0[2] as Int) \($0[3] as Double)" }
    }
    #expect(rows == ["JAX W1 1 123.5"])

    let bad = try perf(["record", "--db", "perf.sqlite"], input: lines + "W1 equal 3\n")
    #expect(bad.status == 64)
    #expect(
      bad.error.hasPrefix(
        "Error: line 2: expected seven cells between tabs, found 'W1 equal 3'\n"
      )
    )
  }

  @Test("the comparison script measures ours alone where it is asked for no peers")
  func comparison() throws {
    let script = Command.sources.appending(path: "Tests/Peers/compare.py").path
    let arguments = [
      script, Command.perfProgram.path, "--passes", "1", "--invocations", "1", "--seconds", "0.001",
      "--db", "perf.sqlite", "--peers",
    ]
    let result = try Command(
      arguments,
      in: folder,
      program: URL(filePath: "/usr/bin/python3")
    ).finish()
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.hasSuffix("pass 1 of 1, W6-low_rank equal: about 0.0 min left\n"))
    let works = [
      "W1 | equal", "W1 | gradnorm", "W1 | pcgrad", "W1 | cagrad", "W1 | mgda", "W1 | upgrad",
      "W2 | equal", "W2 | pcgrad", "W3 | equal", "W3 | gradnorm", "W3 | pcgrad", "W3 | mgda",
      "W3 | upgrad", "W4 | equal", "W4 | pcgrad", "W5 | equal", "W5 | pcgrad", "W6-hard | equal",
      "W6-soft | equal", "W6-cross_stitch | equal", "W6-mmoe | equal", "W6-cgc | equal",
      "W6-ple | equal", "W6-dselect_k | equal", "W6-mtan | equal", "W6-ltb | equal",
      "W6-low_rank | equal",
    ]
    #expect(
      shape(of: result.output) == """
        ## Beside other programs
        work | method | ours
        \(works.map { $0 + " | #" }.joined(separator: "\n"))
        work | method
        \(works.joined(separator: "\n"))

        """
    )
    let count = try DatabaseQueue(path: folder.file("perf.sqlite")).read { database in
      try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM measurement WHERE value > 0")
    }
    #expect(count == works.count)
  }

  private func perf(_ arguments: [String], input: String? = nil) throws -> Command.Result {
    if let input { try folder.write(input, to: "input") }
    return try Command(
      arguments,
      in: folder,
      program: Command.perfProgram,
      input: input == nil ? nil : "input"
    ).finish()
  }

  /// Headings and tables alone, every cell that is a number or its absence as `#`; of tables whose
  /// rows are methods the header.
  private func shape(of text: String) -> String {
    var shape = ""
    var skips = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") { shape += line + "\n" }
      guard line.hasPrefix("|") else {
        skips = false
        continue
      }
      guard !skips, !line.hasPrefix("| -") else { continue }
      let cells = cells(of: line)
      shape += cells.map { isNumber($0) ? "#" : $0 }.joined(separator: " | ") + "\n"
      skips = cells[0] == "method"
    }
    return shape
  }

  /// First cells of the table whose second column has this header; none if another cell of a row
  /// than the second is not a number.
  private func methodRows(of text: String, header: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let rows = lines.drop { !$0.hasPrefix("| method") || cells(of: $0)[1] != header }
      .prefix { $0.hasPrefix("|") }.dropFirst(2).map { cells(of: $0) }
    guard rows.allSatisfy({ $0.dropFirst(2).allSatisfy { isNumber($0) } }) else { return [] }
    return rows.map { $0[0] }
  }

  private func cells(of line: Substring) -> [String] {
    line.split(separator: "|").map { cell in
      cell.split(separator: " ").joined(separator: " ")
    }
  }

  /// `12`, `-0.5`, `1,234 ± 5 %`, `97 (≥ 90)`, or the dash of a program that is not there.
  private func isNumber(_ text: String) -> Bool {
    text == "–"
      || text.wholeMatch(of: #/-?[0-9,]+(\.[0-9]+)?( ± [0-9]+ %)?( \([≥<≤>] [0-9.]+\))?/#) != nil
  }
}
