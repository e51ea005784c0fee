/// Euclidean projection onto the probability simplex `{w >= 0, sum w = 1}`.
///
/// With y sorted in descending order, rho is the largest r with
/// `y_(r) > (sum over i <= r of y_(i) - 1) / r`; the projection is `max(y - tau, 0)` with
/// `tau = (sum over i <= rho of y_(i) - 1) / rho`. Exact up to rounding; the result sums to 1.
///
/// The projection does not change when all of y is moved by one number, so the largest entry is taken
/// away first: beyond 2^53 a sum would lose the 1 that is subtracted from it. What is not finite counts
/// as the largest or smallest finite number, nan as the smallest.
///
/// Source: Duchi, Shalev-Shwartz, Singer and Chandra, "Efficient Projections onto the l1-Ball for
/// Learning in High Dimensions", ICML 2008, Figure 1.
struct SimplexProjection: Sendable {
  private var sorted: [Double]

  init(count: Int) {
    sorted = Array(repeating: 0, count: count)
  }

  /// Replaces `y` by its projection.
  ///
  /// - Parameter y: Shape [count].
  mutating func project(_ y: inout [Double]) {
    precondition(y.count == sorted.count, "\(y.count) values, scratch for \(sorted.count)")
    subtractLargest(from: &y)
    sortDescending(y)
    var sum = 0.0
    var threshold = 0.0
    for r in sorted.indices {
      sum += sorted[r]
      let candidate = (sum - 1) / Double(r + 1)
      guard sorted[r] > candidate else { break }
      threshold = candidate
    }
    for i in y.indices { y[i] = max(y[i] - threshold, 0) }
  }

  private func subtractLargest(from y: inout [Double]) {
    let limit = Double.greatestFiniteMagnitude
    var largest = -limit
    for i in y.indices {
      y[i] = y[i] > -limit ? min(y[i], limit) : -limit
      largest = max(largest, y[i])
    }
    for i in y.indices { y[i] -= largest }
  }

  /// Insertion sort, which needs no storage of its own.
  private mutating func sortDescending(_ y: [Double]) {
    for i in y.indices {
      var hole = i
      while hole > 0, sorted[hole - 1] < y[i] {
        sorted[hole] = sorted[hole - 1]
        hole -= 1
      }
      sorted[hole] = y[i]
    }
  }
}
