/// Two different positions, of methods or of tasks.
package struct IndexPair: Hashable, Sendable {
  /// The smaller position, or the control.
  package let first: Int
  /// The other position.
  package let second: Int

  /// Pair of two positions.
  package init(_ first: Int, _ second: Int) {
    self.first = first
    self.second = second
  }

  /// All pairs of `count` positions, smaller position first, in lexicographic order.
  package static func all(count: Int) -> [IndexPair] {
    (0..<count).flatMap { first in
      ((first + 1)..<max(count, first + 1)).map { IndexPair(first, $0) }
    }
  }
}
