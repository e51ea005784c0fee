/// One of several parts of a suite, which machines train without knowing of each other.
///
/// With at least as many problems as shards, a shard is whole problems, every n-th of them: the stages of a
/// problem (single-task networks, the rungs of tuning, the sweep, evaluation) follow from each other's
/// results, and from nothing of other problems. With more shards than problems it is every n-th of the runs
/// that a stage lacks, and the next stage waits until all shards are merged.
package struct Shard: Hashable, Sendable {
  /// From 0.
  package let index: Int
  package let count: Int

  /// - Parameter text: `2/9`, the third of nine parts; anything else makes none.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]), index >= 0,
      index < count
    else { return nil }
    self.index = index
    self.count = count
  }

  package var text: String { "\(index)/\(count)" }

  /// Whether the part of a suite of so many problems is whole problems.
  func isProblems(of problemCount: Int) -> Bool { count <= problemCount }

  /// Every n-th element.
  func deal<Element>(_ elements: [Element]) -> [Element] {
    stride(from: index, to: elements.count, by: count).map { elements[$0] }
  }
}
