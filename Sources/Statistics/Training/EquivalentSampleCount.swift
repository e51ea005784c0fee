internal import Kernels

/// How many samples single-task training needs to match multi-task training with `n`.
///
/// Single-task values at sizes `n(1) < ... < n(q)` are made monotone by pooling adjacent violators;
/// `m` is the smallest size with that value, linear in `ln m` between sizes. The ratio `m / n` reads
/// "MTL with n samples is worth ratio times n single-task samples". Better than single-task training
/// at `n(q)`: `above`, a lower bound; worse than at `n(1)`: `below`, an upper bound.
///
/// Source: Ayer, Brunk, Ewing, Reid and Silverman, "An empirical distribution function for sampling
/// with incomplete information", Annals of Mathematical Statistics 26, 1955, for the pooling.
package struct EquivalentSampleCount: Hashable, Sendable {
  /// What the count is.
  package enum Bound: String, Hashable, Sendable {
    /// Between sizes that were run.
    case exact
    /// A lower bound: better than the largest size.
    case above
    /// An upper bound: worse than the smallest size.
    case below
  }

  /// Single-task values made monotone, shape [sizeCount].
  package let monotone: [Double]
  /// The equivalent number of samples, `m`; nan when the value is not a number.
  package let count: Double
  /// Whether `count` is a bound.
  package let bound: Bound
  /// `m / n`.
  package let ratio: Double

  /// Equivalent of `value`, reached with `sampleCount` samples.
  ///
  /// - Precondition: as many sizes as values, at least one, sizes positive and ascending.
  package init(
    singleTaskCounts sizes: [Double],
    singleTaskValues values: [Double],
    sampleCount: Double,
    value: Double,
    higherIsBetter: Bool
  ) {
    precondition(
      sizes.count == values.count && !sizes.isEmpty,
      "\(sizes.count) sizes with \(values.count) values"
    )
    let sign = higherIsBetter ? 1.0 : -1.0
    let rising = EquivalentSampleCount.increasing(values.map { sign * $0 })
    let wanted = sign * value
    monotone = rising.map { sign * $0 }
    if wanted.isNaN {
      (count, bound) = (.nan, .exact)
    } else if Ties.isLarger(rising[0], wanted) {
      (count, bound) = (sizes[0], .below)
    } else if let index = rising.firstIndex(where: { !Ties.isLarger(wanted, $0) }) {
      bound = .exact
      count =
        index == 0 || Ties.areTied(rising[index], wanted)
        ? sizes[index]
        : EquivalentSampleCount.between(
          sizes[index - 1],
          sizes[index],
          share: (wanted - rising[index - 1]) / (rising[index] - rising[index - 1])
        )
    } else {
      (count, bound) = (sizes[sizes.count - 1], .above)
    }
    ratio = count / sampleCount
  }

  /// Linear in the logarithm.
  private static func between(_ first: Double, _ second: Double, share: Double) -> Double {
    Portable.exp(
      Portable.log(first) + share * (Portable.log(second) - Portable.log(first))
    )
  }

  /// Nearest increasing sequence in least squares: neighbors that decrease are averaged.
  private static func increasing(_ values: [Double]) -> [Double] {
    var pools: [(sum: Double, count: Int)] = []
    for value in values {
      pools.append((value, 1))
      while pools.count > 1 {
        let last = pools[pools.count - 1]
        let previous = pools[pools.count - 2]
        guard previous.sum / Double(previous.count) > last.sum / Double(last.count) else { break }
        pools.removeLast(2)
        pools.append((previous.sum + last.sum, previous.count + last.count))
      }
    }
    return pools.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
  }
}
