import Settings
import Testing

@testable import Harness

@Suite("The sweep of fixed weights")
struct StaticSweepTests {
  private func sweep(_ yaml: String) throws -> StaticSweep {
    var reader = SettingsReader(try YAMLReader.read(yaml, file: "sweep"))
    return try StaticSweep(settings: &reader)
  }

  @Test("two tasks share ten tenths in nine ways")
  func two() throws {
    let points = try sweep("levels: 10").points(taskCount: 2)
    let expected: [[Double]] = [
      [0.1, 0.9], [0.2, 0.8], [0.3, 0.7], [0.4, 0.6], [0.5, 0.5], [0.6, 0.4], [0.7, 0.3],
      [0.8, 0.2], [0.9, 0.1],
    ]
    #expect(points == expected)
  }

  /// C(m - 1, K - 1) points: for K = 3, C(9, 2) = 36 fit below 40; for K = 7, C(7, 6) = 7 with 8
  /// levels and C(8, 6) = 28 with 9 and 84 with 10; for K = 10, 11 levels are the fewest and give
  /// C(10, 9) = 10.
  @Test(
    "more tasks have fewer levels, as many as fit below the limit",
    arguments: [(2, 9), (3, 36), (7, 28), (10, 10)]
  )
  func counts(taskCount: Int, expected: Int) throws {
    let points = try sweep("{levels: 10, points: 40}").points(taskCount: taskCount)
    #expect(points.count == expected)
    for point in points {
      #expect(point.count == taskCount)
      #expect(abs(point.reduce(0, +) - 1) < 1e-12, "rounding of a sum of \(taskCount) numbers")
      #expect(point.allSatisfy { $0 > 0 })
    }
    #expect(Set(points).count == points.count)
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
  }

  @Test("a limit lowers the levels, but never below one more than there are tasks")
  func limits() throws {
    #expect(try sweep("{levels: 10, points: 12}").points(taskCount: 3).count == 10)
    #expect(try sweep("{levels: 10, points: 2}").points(taskCount: 3).count == 3)
    #expect(try sweep("{levels: 2}").points(taskCount: 3).count == 3)
  }

  @Test("one task has nothing to weigh")
  func single() throws {
    #expect(try sweep("levels: 10").points(taskCount: 1).isEmpty)
  }

  @Test("ratios take the place of levels for two tasks alone")
  func ratios() throws {
    let sweep = try sweep("{levels: 3, ratios: [0.25, 1, 3]}")
    #expect(sweep.points(taskCount: 2) == [[0.2, 0.8], [0.5, 0.5], [0.75, 0.25]])
    #expect(sweep.points(taskCount: 3).count == 3)
  }
}
