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
  private static let names = PlotRegistry.all.map { $0.name }

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

  /// Two problems, as many seeds as intervals need, a sweep, and a method of which some runs failed.
  private func write(_ name: String, folder: String) throws {
    var fixture = StoreFixture.few
    fixture.problems = Array(fixture.problems.prefix(2))
    fixture.seeds = 5
    fixture.evaluationCount = 4
    try withStore(fixture) { store, _ in
      let plot = try #require(PlotRegistry.all.first { $0.name == name })
      let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
      let problem = try #require(suite.problems.first)
      let results =
        plot.scope == .problem ? try suite.withSeries(of: problem, from: store) : suite
      try PlotScript.write(plot.figure(of: results), name: name, folder: folder)
    }
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
