import Problems
import Settings
import Synchronization
import Testing

@testable import Harness

/// Counts how often its data is made.
private final class CountedProblem: Problem {
  static let name = "counted"
  static let description = ProblemDescription(idea: "", formula: "", source: "", settings: [])

  let dependsOnSeed: Bool
  private let inner: any Problem
  private let made = Mutex(0)

  init(dependsOnSeed: Bool) throws {
    self.dependsOnSeed = dependsOnSeed
    inner = try suite().problems[0].problem
  }

  convenience init(settings: inout SettingsReader, relativeTo folder: String) throws {
    try self.init(dependsOnSeed: true)
  }

  var count: Int { made.withLock { $0 } }

  func makeData(seed: UInt64) throws -> ProblemData {
    made.withLock { $0 += 1 }
    if seed == 13 {
      throw CSVError.split(file: "d.csv", .tooFewRows(rows: 1, part: "test", needed: 2))
    }
    return try inner.makeData(seed: seed)
  }
}

@Suite("The cache of problem data")
struct ProblemCacheTests {
  @Test("makes data once for a seed and once again when it was pushed out")
  func once() throws {
    let problem = try CountedProblem(dependsOnSeed: true)
    let cache = ProblemCache([problem])
    for _ in 0..<3 { _ = try cache.data(problem: 0, seed: 1) }
    #expect(problem.count == 1)
    for seed in UInt64(2)...7 { _ = try cache.data(problem: 0, seed: seed) }
    #expect(problem.count == 7)
    _ = try cache.data(problem: 0, seed: 7)
    #expect(problem.count == 7)
    _ = try cache.data(problem: 0, seed: 1)
    #expect(problem.count == 8)
  }

  @Test("makes data once where no seed changes it")
  func independent() throws {
    let problem = try CountedProblem(dependsOnSeed: false)
    let cache = ProblemCache([problem])
    for seed in UInt64(1)...9 { _ = try cache.data(problem: 0, seed: seed) }
    #expect(problem.count == 1)
  }

  @Test("remembers that a seed has no data")
  func failure() throws {
    let problem = try CountedProblem(dependsOnSeed: true)
    let cache = ProblemCache([problem])
    for _ in 0..<2 {
      #expect(throws: CSVError.self) { try cache.data(problem: 0, seed: 13) }
    }
    #expect(problem.count == 1)
  }

  @Test("tells problems apart")
  func problems() throws {
    let first = try CountedProblem(dependsOnSeed: true)
    let second = try CountedProblem(dependsOnSeed: true)
    let cache = ProblemCache([first, second])
    _ = try cache.data(problem: 0, seed: 1)
    _ = try cache.data(problem: 1, seed: 1)
    #expect([first.count, second.count] == [1, 1])
  }
}
