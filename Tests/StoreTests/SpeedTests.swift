import Foundation
import Store
import Testing

extension Tag {
  /// Takes seconds; runs only with `SLOW_TESTS` in the environment.
  @Tag static var slow: Self
}

@Suite("Speed of a store of 10,000 runs", .tags(.slow), .serialized)
struct SpeedTests {
  private static let runCount = 10_000

  @Test(
    "storing a run takes at most 2 ms, reading all that a report needs at most 2 s",
    .enabled(if: ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil)
  )
  func speed() throws {
    let folder = try TemporaryFolder()
    let store = try ResultStore(path: folder.file(), mode: .create)
    try store.save(suite: sampleSuite(), problems: sampleProblems, methods: sampleMethods)
    let runs = (0..<Self.runCount).map { sampleRun($0, stepCount: 20) }
    let rowCount =
      runs[0].metrics.count + runs[0].evaluations.count + runs[0].taskSteps.count
      + runs[0].pairSteps.count
    let clock = ContinuousClock()

    let saving = try clock.measure {
      for run in runs { try store.save(run) }
    }
    let planning = try clock.measure {
      try store.save(
        entries: (0..<Self.runCount).map { sampleEntry($0, seed: $0 / 2, method: $0 % 2) }
      )
    }
    var problems: [String] = []
    let checking = try clock.measure { problems = try store.integrityCheck() }
    #expect(problems == [])
    try store.close()
    let size = try FileManager.default.attributesOfItem(atPath: folder.file())[.size] as? Int ?? 0

    let reader = try ResultStore(path: folder.file(), mode: .readOnly)
    var counts: [Int] = []
    let tables = try clock.measure {
      counts.append(try reader.evaluationRuns(suite: "bench")["scaled", default: []].count)
    }
    let curves = try clock.measure {
      counts.append(try reader.learningCurves(suite: "bench", problem: "scaled").count)
    }
    let diagnostics = try clock.measure {
      counts.append(try reader.taskSeries(suite: "bench", problem: "scaled").count)
    }
    #expect(counts == [Self.runCount, 4 * Self.runCount, 2 * Self.runCount])
    print(
      """
      \(Self.runCount) runs of \(rowCount) measurements, \(size / 1_000_000) MB: \
      saving \(saving / Self.runCount) a run, entries \(planning), integrity check \(checking); \
      reading runs with metrics \(tables), learning curves \(curves), diagnostics \(diagnostics)
      """
    )
    #expect(saving / Self.runCount < Self.limit(.milliseconds(2)))
    #expect(tables + curves + diagnostics < Self.limit(.seconds(2)))
  }

  /// The limit for a release build; code that is not optimised takes several times as long.
  private static func limit(_ duration: Duration) -> Duration {
    #if DEBUG
    duration * 10
    #else
    duration
    #endif
  }
}

private func sampleEntry(_ number: Int, seed: Int, method: Int) -> PlanEntry {
  sampleEntry(number, method: method == 0 ? "GradNorm" : "static 0.2", seed: seed)
}
