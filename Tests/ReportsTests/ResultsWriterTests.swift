import Foundation
import Reports
import Store
import Testing

@Suite("Writing all results of a suite", .serialized)
struct ResultsWriterTests {
  @Test("makes every table in every form and every plot that applies", .enabled(if: hasGnuplot))
  func all() throws {
    try withStore(.few) { store, folder in
      let outcome = try ResultsWriter.write(store: store, suite: "bench", folder: folder)
      #expect(outcome.failed == [])
      #expect(outcome.missing == nil)
      #expect(
        outcome.undrawn
          == ["air_quality-static-front: not drawn: it needs two tasks, and there are 3"]
      )
      for problem in ["mixed", "conflict", "air_quality"] {
        for form in ["txt", "md", "tex", "csv"] {
          for table in ["", "-tuning", "-cost"] {
            #expect(outcome.written.contains("tables/bench/\(problem)\(table).\(form)"))
          }
        }
      }
      for plot in PlotRegistry.all where plot.name != NetworkMap.name {
        let prefix = plot.scope == .problem ? "mixed-" : ""
        for ending in ["gp", "svg", "png"] {
          #expect(outcome.written.contains("plots/bench/\(prefix)\(plot.name).\(ending)"))
        }
      }
      for path in outcome.written {
        #expect(try !Data(contentsOf: URL(filePath: "\(folder)/\(path)")).isEmpty)
      }
    }
  }

  @Test(
    "gnuplot accepts every script without a word, with 33 methods too",
    .enabled(if: hasGnuplot)
  )
  func quiet() throws {
    var fixture = StoreFixture.many
    fixture.problems = Array(fixture.problems.prefix(2))
    fixture.seeds = 3
    fixture.evaluationCount = 5
    try withStore(fixture) { store, folder in
      let outcome = try ResultsWriter.write(
        store: store,
        suite: "bench",
        folder: folder,
        forms: [],
        formats: [.svg]
      )
      #expect(outcome.failed == [])
      let plots = folder + "/plots/bench"
      let files = try FileManager.default.contentsOfDirectory(atPath: plots)
      #expect(files.filter { $0.hasSuffix(".log") } == [], "gnuplot has nothing to say")
    }
  }

  @Test(
    "shows every method by its whole name, whatever characters are in it",
    .enabled(if: hasGnuplot)
  )
  func names() throws {
    var fixture = StoreFixture.few
    fixture.problems = Array(fixture.problems.prefix(1))
    fixture.methods.append(
      StoreFixture.Method(
        label: "it's a_b^{2} & <c>@\"d\" ~100%",
        name: "x",
        group: .gradient,
        offset: 1,
        cost: 2,
        drift: 0.1
      )
    )
    try withStore(fixture) { store, folder in
      let outcome = try ResultsWriter.write(
        store: store,
        suite: "bench",
        folder: folder,
        forms: [],
        formats: [.svg]
      )
      #expect(outcome.failed == [])
      for plot in ["mixed-static-front", "mixed-cost", "delta-m", "heat-map"] {
        let path = "\(folder)/plots/bench/\(plot).svg"
        let picture = try String(contentsOfFile: path, encoding: .utf8)
        let name = "it's a_b^{2} &amp; &lt;c>@'d' ~100%"
        #expect(picture.contains(name), "\(plot)")
      }
    }
  }

  @Test("still makes the tables and scripts when gnuplot is missing")
  func noGnuplot() throws {
    try withStore(.small) { store, folder in
      let outcome = try ResultsWriter.write(
        store: store,
        suite: "bench",
        folder: folder,
        forms: [.terminal],
        formats: [.svg],
        drawing: PlotDrawing(gnuplot: "no-such-gnuplot")
      )
      #expect(outcome.written.contains("tables/bench/mixed.txt"))
      #expect(outcome.written.contains("plots/bench/mixed-cost.gp"))
      #expect(!outcome.written.contains { $0.hasSuffix(".svg") })
      #expect(outcome.failed == [])
      #expect(outcome.undrawn.contains { $0.contains("gnuplot is not installed") })
    }
  }

  @Test("says which folder cannot be written, and throws nothing away")
  func noFolder() throws {
    try withStore(.small) { store, folder in
      try "".write(toFile: folder + "/file", atomically: true, encoding: .utf8)
      let outcome = try ResultsWriter.write(store: store, suite: "bench", folder: folder + "/file")
      #expect(outcome.written == [])
      #expect(
        outcome.failed == [
          "\(folder)/file/tables/bench: cannot be written: Not a directory; choose an output folder "
            + "that can be written to",
          "\(folder)/file/plots/bench: cannot be written: Not a directory; choose an output folder "
            + "that can be written to",
        ]
      )
    }
  }

  @Test("refuses a suite that is not stored")
  func noSuite() throws {
    try withStore(.small) { store, folder in
      #expect(throws: StoreError.unknownSuite(name: "nosuch", known: ["bench"])) {
        try ResultsWriter.write(store: store, suite: "nosuch", folder: folder)
      }
    }
  }

  @Test("of a suite whose runs are all still to be made gives no table and no error")
  func empty() throws {
    var fixture = StoreFixture.few
    fixture.seeds = 0
    fixture.problems = Array(fixture.problems.prefix(1))
    try withStore(fixture) { store, folder in
      let outcome = try ResultsWriter.write(store: store, suite: "bench", folder: folder)
      #expect(outcome.failed == [])
      #expect(
        outcome.skipped.contains("mixed: problem: no table: no evaluation run is stored yet")
      )
    }
  }
}
