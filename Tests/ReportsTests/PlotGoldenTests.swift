import Foundation
import Store
import Testing

@testable import Reports

/// Scripts and pictures in `Golden`, which are to be looked at; `UPDATE_GOLDEN=1` writes them anew.
private let goldenFolder = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "Golden")
private let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil

@Suite("Each plot of invented results")
struct PlotGoldenTests {
  /// All but those that apply to other suites than this one.
  private static let plots = PlotRegistry.all.filter { $0.name != NetworkMap.name }
  private static let names = plots.map { $0.name }

  @Test("has the committed script", arguments: names)
  func script(_ name: String) throws {
    try withTemporaryFolder { folder in
      try write(name, folder: folder)
      try expectGolden(name + ".gp", text: text(folder, name + ".gp"))
    }
  }

  @Test(
    "is drawn by the same gnuplot as the committed picture",
    .enabled(if: hasGnuplot),
    arguments: names
  )
  func picture(_ name: String) throws {
    try withTemporaryFolder { folder in
      try write(name, folder: folder)
      _ = try PlotDrawing().draw(name: name, folder: folder, formats: [.svg])
      let picture = try text(folder, name + ".svg")
      let version = try #require(producer(picture))
      // Another version may set the same figure a little differently.
      guard try isUpdate || producer(text(goldenFolder.path, name + ".svg")) == version else {
        return
      }
      try expectGolden(name + ".svg", text: picture)
    }
  }

  /// Every plot's figure, made once: of two problems, as many seeds as intervals need, a sweep, and
  /// a method of which some runs failed.
  private static let figures = Result {
    var fixture = StoreFixture.few
    fixture.problems = Array(fixture.problems.prefix(2))
    fixture.seeds = 5
    fixture.evaluationCount = 4
    return try withStore(fixture) { store, _ in
      let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
      let problem = try #require(suite.problems.first)
      let series = try suite.withSeries(of: problem, from: store)
      let figures = try plots.map { plot in
        (plot.name, try plot.figure(of: plot.scope == .problem ? series : suite))
      }
      return Dictionary(uniqueKeysWithValues: figures)
    }
  }

  private func write(_ name: String, folder: String) throws {
    let figure = try #require(Self.figures.get()[name])
    try PlotScript.write(figure, name: name, folder: folder)
  }

  private func text(_ folder: String, _ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  /// What the picture says of the program that drew it.
  private func producer(_ picture: String) -> String? {
    picture.split(separator: "\n").first { $0.contains("Produced by GNUPLOT") }.map(String.init)
  }

  /// Compares line by line, so that a difference is shown without the rest.
  private func expectGolden(_ name: String, text: String) throws {
    let golden = goldenFolder.appending(path: name)
    if isUpdate { try text.write(to: golden, atomically: true, encoding: .utf8) }
    let wanted = try String(contentsOf: golden, encoding: .utf8)
    let lines = (text.components(separatedBy: "\n"), wanted.components(separatedBy: "\n"))
    #expect(lines.0.count == lines.1.count, "lines of \(name)")
    let different = zip(lines.0, lines.1).enumerated().first { $1.0 != $1.1 }
    #expect(different == nil, "\(name): the first line that differs")
  }
}
