import FoundationEssentials
import Store
import Testing

@testable import Reports

@Suite("Plots with a line for each method")
struct MethodPlotTests {
  /// The figures of plots, of the first problem with its series where they are of a problem.
  private func figures(_ plots: [any Plot.Type], _ fixture: StoreFixture) throws -> [Figure] {
    try withStore(fixture) { store, _ in
      let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
      let problem = try #require(suite.problems.first)
      let series = try suite.withSeries(of: problem, from: store)
      return try plots.map { try $0.figure(of: $0.scope == .problem ? series : suite) }
    }
  }

  private func figure(_ plot: any Plot.Type, _ fixture: StoreFixture) throws -> Figure {
    try figures([plot], fixture)[0]
  }

  private func oneProblem(_ fixture: StoreFixture) -> StoreFixture {
    var fixture = fixture
    fixture.problems = Array(fixture.problems.prefix(1))
    fixture.seeds = 4
    fixture.evaluationCount = 3
    return fixture
  }

  @Test("the expected best falls from the mean of all trials to the best of them")
  func expectedValidation() throws {
    let fixture = oneProblem(.few)
    let figure = try figure(ExpectedValidationCurves.self, fixture)
    let means = try withStore(fixture) { store, _ in
      let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
      let problem = try #require(suite.problems.first)
      let equal = try #require(problem.equal)
      return TuningSensitivity(problem).curve(of: equal).compactMap(\.mean)
    }
    let rows = try #require(figure.blocks.first { $0.name == "method0" }).rows
    #expect(rows.map { $0[0] } == [1, 2, 3, 4, 5, 6, 7])
    #expect(abs(rows[0][1] - means.reduce(0, +) / 7) < 1e-9)
    #expect(rows[6][1] == means.min())
    #expect(zip(rows, rows.dropFirst()).allSatisfy { $0[1] >= $1[1] })
  }

  @Test("tuned static weights have the trials of all points of the sweep")
  func sweepTrials() throws {
    let figure = try figure(ExpectedValidationCurves.self, oneProblem(.few))
    let rows = try #require(figure.blocks.first { $0.name == "method1" }).rows
    // Five points, seven rates.
    #expect(rows.last?[0] == 35)
  }

  @Test("a method with a diverged rate has no expectation of a single trial")
  func divergedTrial() throws {
    var fixture = oneProblem(.few)
    fixture.methods.append(
      StoreFixture.Method(
        label: "cagrad",
        name: "cagrad",
        group: .gradient,
        offset: 1,
        cost: 2,
        drift: 0
      )
    )
    let figure = try figure(ExpectedValidationCurves.self, fixture)
    let rows = try #require(figure.blocks.last).rows
    #expect(rows.map { $0[0] } == [2, 3, 4, 5, 6, 7])
  }

  @Test("of many methods seven are told apart by colour, the others are grey and counted")
  func manyMethods() throws {
    let plots: [any Plot.Type] = [LearningCurves.self, PerformanceProfiles.self]
    for figure in try figures(plots, oneProblem(.many)) {
      let key = try #require(figure.commands.last)
      let entries = key.components(separatedBy: ", NaN ").filter { !$0.contains("single-task") }
      let colors = entries.compactMap { $0.firstMatch(of: /rgb '(#\w+)'/)?.1 }
      #expect(entries.count == 8 && Set(colors).count == 8, "\(figure.title)")
      #expect(entries.last?.contains("title '26 others'") == true, "\(figure.title)")
    }
    let expected = try figure(ExpectedValidationCurves.self, oneProblem(.many)).commands
    let names = expected.filter { $0.hasPrefix("set label") && !$0.contains("label 99") }
    #expect(names.count == 8)
    #expect(names.contains { $0.contains("'26 others'") })
  }

  @Test("of many methods on the front seven have names and bars, and the others are points")
  func front() throws {
    let figure = try figure(StaticFront.self, oneProblem(.many))
    let names = figure.commands.filter { $0.hasPrefix("set label") }
    #expect(names.count == 7)
    #expect(names.contains { $0.contains("'static (tuned)'") })
    let points = try #require(figure.commands.last { $0.hasPrefix("plot") && !$0.contains("NaN") })
    #expect(points.components(separatedBy: "xyerrorbars").count - 1 == 7)
    let blocks = Dictionary(uniqueKeysWithValues: figure.blocks.map { ($0.name, $0.rows) })
    let front = try #require(blocks["front"])
    #expect(zip(front, front.dropFirst()).allSatisfy { $0[0] <= $1[0] && $0[1] >= $1[1] })
    #expect(blocks["sweep"]?.count == 5)
    for row in try #require(blocks["band"]) { #expect(row[1] <= row[2]) }
  }

  @Test("single-task training is shown at its checkpoint, as the methods are")
  func checkpoints() throws {
    try withStore(oneProblem(.few)) { store, _ in
      let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
      var problem = try #require(suite.problems.first)
      problem = try #require(suite.withSeries(of: problem, from: store).problems.first)
      problem.trainingSettings["checkpoint"] = "best"
      // The loss of the first task rises again at the end: its checkpoint lies before.
      problem.curves = problem.curves.map { curve in
        guard curve.task == 0 else { return curve }
        var curve = curve
        curve.losses[curve.losses.count - 1] = 9
        return curve
      }
      let figure = try LearningCurves.figure(of: suite.only(problem))
      let plot = try #require(figure.commands.first { $0.hasPrefix("plot") })
      let level = try #require(
        plot.firstMatch(of: /([0-9.]+) with lines [^,]* title 'single-task at its checkpoint'/)?.1
      )
      let single = try #require(figure.blocks.first { $0.name == "task0_single" }).rows
      #expect(try #require(Double(level)) < 0.9 * 9)
      #expect(single.last?[1] == 9)
      #expect(plot.components(separatedBy: ", checkpoint'").count - 1 == 6)
    }
  }

  @Test("a profile begins with the share of runs that did not fail, between the ends of its band")
  func profile() throws {
    let figure = try figure(PerformanceProfiles.self, oneProblem(.few))
    // Fourth of equal, static (tuned), uncertainty, gradnorm: two of its four runs failed.
    let rows = try #require(figure.blocks.first { $0.name == "panel0_method3" }).rows
    #expect(rows[0][1] <= 0.5 && rows.last?[1] == 0)
    for row in figure.blocks.flatMap(\.rows) {
      #expect(row[2] <= row[1] && row[1] <= row[3])
    }
  }
}
