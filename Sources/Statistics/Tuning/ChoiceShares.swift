package import Kernels

/// How much a choice among candidates hangs on the seeds it was made with.
///
/// The seeds are drawn again with replacement, the same draw for every candidate, and the candidate
/// with the lowest mean is chosen again. A choice that few draws repeat is the luck of its seeds.
///
/// Source: the bootstrap of Efron, "Bootstrap Methods: Another Look at the Jackknife", The Annals of
/// Statistics 7, 1979, applied to the index of the minimum.
package enum ChoiceShares {
  /// Share of draws that choose each candidate.
  ///
  /// - Parameters:
  ///   - values: Criterion of each candidate at each seed, lower is better, finite, shape
  ///     [candidateCount][seedCount].
  ///   - draws: Number of bootstrap draws.
  ///   - stream: Random numbers; the same stream gives the same shares.
  /// - Returns: Shares that sum to 1, shape [candidateCount].
  package static func shares(
    _ values: [[Double]],
    draws: Int,
    using stream: inout RandomStream
  ) -> [Double] {
    let seedCount = values.first?.count ?? 0
    precondition(values.allSatisfy { $0.count == seedCount }, "candidates with unequal seeds")
    guard seedCount > 0 else { return values.map { _ in 0 } }
    var counts = [Int](repeating: 0, count: values.count)
    var times = [Int](repeating: 0, count: seedCount)
    for _ in 0..<draws {
      for seed in times.indices { times[seed] = 0 }
      for _ in 0..<seedCount { times[stream.below(seedCount)] += 1 }
      counts[best(values, times: times)] += 1
    }
    return counts.map { Double($0) / Double(draws) }
  }

  /// Position of the lowest mean where each seed counts some times; the first of equal ones.
  package static func best(_ values: [[Double]], times: [Int]) -> Int {
    var best = (position: 0, sum: Double.infinity)
    for (position, row) in values.enumerated() {
      var sum = 0.0
      for (seed, count) in times.enumerated() { sum += row[seed] * Double(count) }
      if sum < best.sum { best = (position, sum) }
    }
    return best.position
  }
}
