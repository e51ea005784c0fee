import Foundation
import Store
import Testing

@testable import Reports

@Suite("Plots for paper and screens")
struct PaperPlotTests {
  private static let plots: [any Plot.Type] = PlotRegistry.all.filter { $0.name != NetworkMap.name }
  private static let names: [String] = plots.map { $0.name }
  private static let canvases: [(String, Canvas)] = [
    ("screen", .screen), ("8cm", .print(centimetres: 8)), ("17cm", .print(centimetres: 17)),
  ]

  /// The figures of suites of few and of 33 methods on every canvas, by plot and canvas.
  private static let figures = Result {
    var figures: [String: Figure] = [:]
    for (word, fixture) in [("few", StoreFixture.few), ("many", .many)] {
      var fixture = fixture
      fixture.seeds = 4
      fixture.evaluationCount = 4
      try withStore(fixture) { store, _ in
        let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
        let problem = try #require(suite.problems.first)
        let series = try suite.withSeries(of: problem, from: store)
        for plot in plots {
          for (name, canvas) in canvases {
            let results = plot.scope == .problem ? series : suite
            figures["\(word) \(plot.name) \(name)"] = try plot.figure(
              of: results,
              PlotRequest(canvas: canvas)
            )
          }
        }
      }
    }
    return figures
  }

  private func figure(_ key: String) throws -> Figure {
    try #require(Self.figures.get()[key])
  }

  @Test("the axis of a small panel has two numbers at least")
  func tics() {
    #expect(StepTics.spacing(in: -1.9...26) == 10)
    // 50 would leave 0 alone.
    #expect(StepTics.spacing(in: -31...36) == 20)
  }

  @Test(
    "are exactly as wide as was asked for and fit a page",
    arguments: Self.names,
    ["few", "many"]
  )
  func size(_ name: String, _ methods: String) throws {
    for (word, centimetres) in [("8cm", 8.0), ("17cm", 17.0)] {
      let figure = try figure("\(methods) \(name) \(word)")
      let points = try #require(figure.pointsPerUnit)
      let width = Double(figure.width) * points / 72 * 2.54
      #expect(abs(width - centimetres) < 0.05, "\(name) \(word)")
      #expect(Double(figure.height) * points / 72 * 2.54 <= 24, "\(name) \(word)")
      // The smallest text has nine units.
      #expect(9 * points >= 7 && Canvas.textSize * points <= 9)
    }
    let screen = try figure("\(methods) \(name) screen")
    #expect(screen.width <= 1180 && screen.height <= 1200)
  }

  @Test("name every element, for those who point at it or have it read", arguments: Self.names)
  func elements(_ name: String) throws {
    for word in ["few", "many"] {
      for command in try figure("\(word) \(name) screen").commands where command.hasPrefix("plot") {
        let elements = command.dropFirst(5).split(separator: /, (?=\$|'\+'|NaN|[0-9.]+ with)/)
        for element in elements { #expect(element.contains(" title "), "\(element)") }
      }
    }
  }

  @Test("of chosen methods show these alone")
  func chosen() throws {
    var fixture = StoreFixture.many
    fixture.problems = Array(fixture.problems.prefix(2))
    fixture.seeds = 3
    fixture.evaluationCount = 3
    let chosen = Set(fixture.methods.map(\.label).suffix(3))
    let others = Set(fixture.methods.filter { $0.group != .sweep }.map(\.label)).subtracting(
      chosen
    )
    try withStore(fixture) { store, _ in
      let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
      let series = try suite.withSeries(of: try #require(suite.problems.first), from: store)
      for plot in Self.plots {
        let figure = try plot.figure(
          of: plot.scope == .problem ? series : suite,
          PlotRequest(methods: chosen)
        )
        let text = figure.commands.joined(separator: "\n")
        for label in others where label != "single-task" && label != "static (tuned)" {
          #expect(!text.contains("'\(label)'"), "\(plot.name): \(label)")
        }
      }
    }
  }

  @Test("of methods that fit without the names of families have no row for others")
  func fittingRows() {
    let methods = (0..<10).map { index in
      (
        record: MethodRecord(
          label: "m\(index)",
          method: "m",
          group: index < 5 ? .loss : .gradient,
          order: index,
          settings: "{}",
          sweepWeights: nil
        ),
        score: Double?.some(Double(index))
      )
    }
    #expect(MethodRows(methods, on: .screen).count == 12)
    let tight = MethodRows(methods, on: .screen, most: 11)
    #expect((tight.count, tight.restCount) == (10, 0))
    let tighter = MethodRows(methods, on: .screen, most: 8)
    #expect((tighter.count, tighter.restCount) == (8, 3))
  }

  @Test("of one problem are made of it alone, and have its name", .enabled(if: hasGnuplot))
  func oneProblem() throws {
    var fixture = StoreFixture.few
    fixture.seeds = 3
    fixture.evaluationCount = 3
    try withStore(fixture) { store, folder in
      var selection = ResultsWriter.Selection()
      selection.problem = "conflict"
      selection.plots = ["delta-m", "cost"]
      selection.suffix = "-8cm"
      selection.request.canvas = .print(centimetres: 8)
      let outcome = try ResultsWriter.write(
        SuiteResults(suite: StoreFixture.suite, from: store),
        from: store,
        folder: folder,
        formats: [.pdf],
        selection: selection
      )
      #expect(outcome.failed == [])
      #expect(
        outcome.written
          == ["cost", "delta-m"].flatMap { plot in
            ["gp", "pdf"].map { "plots/bench/conflict-\(plot)-8cm.\($0)" }
          }
      )
    }
  }
}
