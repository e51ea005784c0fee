package import Problems
internal import Synchronization

/// The data of a problem's first seed, made once when the suite is read, for whoever needs it next.
package final class FirstData: Sendable {
  /// The seed it is of, which is the first one that results are reported for.
  static let seed: UInt64 = 1

  private let data: Mutex<ProblemData?>

  init(_ data: ProblemData) { self.data = Mutex(data) }

  /// The data; made anew if somebody took it.
  ///
  /// - Throws: What making the data throws.
  package func get(of problem: any Problem) throws -> ProblemData {
    try data.withLock { $0 } ?? problem.makeData(seed: FirstData.seed)
  }

  /// Hands the data over, and keeps nothing.
  func take() -> ProblemData? {
    data.withLock { data in
      defer { data = nil }
      return data
    }
  }
}
