import Foundation
import Store
import Testing

@testable import Reports

@Suite("The report of a suite", .serialized, .enabled(if: hasGnuplot))
struct PageTests {
  @Test("says everything in one file that needs no other and no network")
  func whole() throws {
    try withReport(.few) { page, folder, outcome in
      #expect(outcome.failed == [])
      #expect(outcome.written.last == "report-bench.html")
      let names = page.matches(of: /(?:src|href)=["']([^"'#][^"']*)/).map { String($0.1) }
      #expect(names == [])
      #expect(page.contains("of the 4 methods beats"))
      for id in ["verdict", "overall", "problem-3", "cost", "tuning", "failures", "provenance"] {
        #expect(page.contains("<h2 id=\"\(id)\">"), "\(id)")
      }
      #expect(page.matches(of: /<figure>/).count == outcome.written.count { $0.hasSuffix(".svg") })
      #expect(page.contains("<pre>name: bench\n</pre>"))
      #expect(page.contains("mtlbench 0.1.0, numerics version 1, kernels avx2"))
      #expect(page.contains("--problem air_quality --db"))
    }
  }

  @Test("gives every part an id of its own, and every link a part to lead to")
  func ids() throws {
    try withReport(.small) { page, _, _ in
      let ids = page.matches(of: /\sid=["']([^"']+)/).map { String($0.1) }
      #expect(ids.count == Set(ids).count)
      let links = page.matches(of: /href=["']#([^"']+)/).map { String($0.1) }
      #expect(links.count >= 7)
      #expect(Set(links).subtracting(ids) == [])
      let fills = page.matches(of: /url\(#([^)]+)/).map { String($0.1) }
      #expect(Set(fills).subtracting(ids) == [])
    }
  }

  @Test("has a caption and heads with a scope for every table, and a name for every picture")
  func accessible() throws {
    try withReport(.small) { page, _, _ in
      let tables = page.split(separator: "<table").dropFirst()
      for table in tables {
        #expect(table.contains("<caption id="))
        #expect(table.contains("<th scope=col>"))
        #expect(table.contains("<th scope=row>"))
      }
      let scrolling = page.matches(of: /<div class="(?:scroll|card)"([^>]*)>/).map { $0.1 }
      #expect(scrolling.count > tables.count)
      for attributes in scrolling {
        #expect(attributes.contains("tabindex=\"0\" role=\"region\" aria-label"))
      }
      let pictures = page.matches(of: /<svg role="img" aria-label="[^"]+"/).count
      // The shapes of points are the one picture without a name.
      #expect(pictures + 1 == page.matches(of: /<svg/).count)
      let names = page.matches(of: /<title>([^<]*)<\/title>/).map { String($0.1) }
      #expect(names.count > 100)
      #expect(names.filter { $0.contains("$") || $0.contains(" using ") } == [])
    }
  }

  @Test("holds labels that look like HTML or like words of a shell")
  func escapes() throws {
    var fixture = StoreFixture.small
    fixture.problems[0].label = "<b>it's \"x\" & y</b>"
    try withReport(fixture) { page, _, outcome in
      #expect(outcome.failed == [])
      #expect(!page.contains("<b>it's"))
      #expect(page.contains("--problem '&lt;b&gt;it'\\''s &quot;x&quot; &amp; y&lt;/b&gt;'"))
    }
  }

  @Test("says that nothing is known yet of a suite without runs")
  func empty() throws {
    var fixture = StoreFixture.small
    fixture.seeds = 0
    try withReport(fixture) { page, _, outcome in
      #expect(outcome.failed == [])
      #expect(page.contains("There is no single-task training") || page.contains("no verdict"))
    }
  }

  @Test("of one problem holds that problem alone, in a file of its own")
  func oneProblem() throws {
    try withStore(.few) { store, folder in
      let results = try SuiteResults(suite: "bench", from: store)
      let outcome = try ReportWriter.write(
        results,
        from: store,
        folder: folder,
        problem: "conflict"
      )
      #expect(outcome.failed == [])
      #expect(outcome.written.last == "report-bench-conflict.html")
      #expect(outcome.written.allSatisfy { !$0.contains("mixed") && !$0.contains("delta-m") })
      let path = folder + "/report-bench-conflict.html"
      let page = try String(contentsOfFile: path, encoding: .utf8)
      #expect(page.contains("Problem conflict") && !page.contains("Problem mixed"))
    }
  }

  @Test("folds its parts, and is under 2 MB for a bench of sixteen problems and seven methods")
  func size() throws {
    var fixture = StoreFixture.few
    fixture.problems = (0..<16).map { index in
      var problem = StoreFixture.someProblems[index % 3]
      problem.label += "_\(index)"
      return problem
    }
    fixture.seeds = 10
    try withReport(fixture) { page, _, outcome in
      #expect(outcome.failed == [])
      #expect(page.utf8.count < 2_000_000)
      #expect(page.matches(of: /<details class="part" open>/).count == 1)
      #expect(page.matches(of: /<details class="part">/).count >= 18)
    }
  }

  @Test("is made without pictures when gnuplot is missing, and says so")
  func noGnuplot() throws {
    try withStore(.small) { store, folder in
      let outcome = try ReportWriter.write(
        store: store,
        suite: "bench",
        folder: folder,
        drawing: PlotDrawing(gnuplot: "no-such-gnuplot")
      )
      #expect(outcome.failed == [])
      #expect(outcome.undrawn.contains { $0.contains("gnuplot is not installed") })
      #expect(outcome.written.last == "report-bench.html")
    }
  }

  @Test("is the same file when made again, and draws nothing anew")
  func again() throws {
    try withReport(.small) { page, folder, _ in
      let store = try ResultStore(
        path: folder.replacing("/results", with: "/results.sqlite"),
        mode: .readOnly
      )
      let outcome = try ReportWriter.write(
        store: store,
        suite: "bench",
        folder: folder,
        drawing: PlotDrawing(gnuplot: "no-such-gnuplot")
      )
      #expect(outcome.failed == [])
      #expect(try String(contentsOfFile: folder + "/report-bench.html", encoding: .utf8) == page)
    }
  }
}

/// Calls `body` with the report's text, its folder and what was written.
func withReport(
  _ fixture: StoreFixture,
  _ body: (String, String, ResultsWriter.Outcome) throws -> Void
) throws {
  try withStore(fixture) { store, folder in
    let outcome = try ReportWriter.write(store: store, suite: "bench", folder: folder)
    let page = try String(contentsOfFile: folder + "/report-bench.html", encoding: .utf8)
    try body(page, folder, outcome)
  }
}
