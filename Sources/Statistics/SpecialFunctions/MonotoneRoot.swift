/// Where a monotone function crosses a level, by bisection down to neighboring numbers.
///
/// Slower than Newton's method and indifferent to shape: the quantiles found so are asked for once a
/// table. Student's, which every cell needs, is found by Newton's.
enum MonotoneRoot {
  /// Bisection of any interval of doubles ends before this many halvings.
  private static let halvingLimit = 1100

  /// Smallest non-negative `x`, to the last bit, at which `isReached` holds.
  ///
  /// - Precondition: `isReached` is false below some point and true above it.
  static func crossing(_ isReached: (Double) -> Bool) -> Double {
    var below = 0.0
    var above = 1.0
    while !isReached(above) {
      below = above
      above *= 2
      if above.isInfinite { return .infinity }
    }
    for _ in 0..<halvingLimit {
      let middle = below + (above - below) / 2
      if middle <= below || middle >= above { break }
      if isReached(middle) { above = middle } else { below = middle }
    }
    return above
  }
}
