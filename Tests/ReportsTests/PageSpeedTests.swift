import Foundation
import Reports
import Store
import Testing

extension Tag {
  /// Takes seconds; runs only with `SLOW_TESTS` in the environment.
  @Tag static var slow: Self
}

@Suite("Speed of the report", .tags(.slow), .serialized, .enabled(if: hasGnuplot))
struct PageSpeedTests {
  @Test(
    "of 10,000 runs takes under 10 s, even without optimisation",
    .enabled(if: ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil)
  )
  func speed() throws {
    var fixture = StoreFixture.many
    fixture.problems = (0..<12).map { index in
      var problem = StoreFixture.someProblems[index % 3]
      problem.label += "_\(index)"
      return problem
    }
    let clock = ContinuousClock()
    try withStore(fixture) { store, folder in
      let runs = try store.counts().runs
      #expect(runs >= 10_000)
      let times = try (0..<2).map { _ in
        try clock.measure {
          let outcome = try ReportWriter.write(store: store, suite: "bench", folder: folder)
          #expect(outcome.failed == [])
        }
      }
      let size =
        try FileManager.default
        .attributesOfItem(atPath: folder + "/report-bench.html")[.size] as? Int
      print("\(runs) runs: \(times[0]), again \(times[1]); page of \(size ?? 0) bytes")
      #expect(times.allSatisfy { $0 < .seconds(10) })
    }
  }
}
