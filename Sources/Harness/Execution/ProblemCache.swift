internal import Problems
internal import Synchronization

/// Keeps the data of the last few problems and seeds, shared read-only by all workers.
final class ProblemCache: Sendable {
  /// Enough for every worker to be at another seed, and small enough for large data.
  private static let capacity = 6

  private struct Key: Hashable {
    let problem: Int
    let seed: UInt64
  }

  private let problems: [any Problem]
  /// What was made of each problem before; taken at the first need.
  private let first: [FirstData]
  private let entries = Mutex<[(key: Key, result: Result<ProblemData, any Error>)]>([])

  init(_ problems: [any Problem], first: [FirstData] = []) {
    self.problems = problems
    self.first = first
  }

  /// The data of a problem at a seed; made under the lock, since whoever waits wants the same.
  ///
  /// - Throws: What the problem throws when its rows do not allow the split.
  func data(problem: Int, seed: UInt64) throws -> ProblemData {
    let source = problems[problem]
    let key = Key(problem: problem, seed: source.dependsOnSeed ? seed : 0)
    return try entries.withLock { entries in
      if let found = entries.first(where: { $0.key == key }) { return try found.result.get() }
      let isFirst = seed == FirstData.seed || !source.dependsOnSeed
      let made = isFirst && problem < first.count ? first[problem].take() : nil
      let result = Result { try made ?? source.makeData(seed: seed) }
      if entries.count == Self.capacity { entries.removeFirst() }
      entries.append((key, result))
      return try result.get()
    }
  }
}
