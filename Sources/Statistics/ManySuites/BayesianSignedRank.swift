package import Kernels

/// Bayesian signed-rank test with a region of practical equivalence (ROPE).
///
/// `d(i)` are differences per suite, second minus first; `z(0) = 0` is a pseudo-observation and `r`
/// half the width of the region. With weights `w` from a Dirichlet distribution,
/// `right = sum over i, j of w(i) w(j) [z(i) + z(j) > 2 r]`, `left` likewise below `-2 r`, equality
/// counting half, and `rope` the rest. Over many draws of `w` the test counts which is largest.
///
/// Not for few suites: without a region, differences of one sign give probability 1 for any number of
/// them, even one. Use it from 8 suites on, with a region fixed before looking.
///
/// Source: Benavoli, Corani, Demšar and Zaffalon, "Time for a change: a tutorial for comparing
/// multiple classifiers through Bayesian analysis", JMLR 18, 2017.
package struct BayesianSignedRank: Hashable, Sendable {
  /// What the probabilities allow to say.
  package enum Decision: Hashable, Sendable {
    /// The first is larger.
    case left
    /// Both are practically equal.
    case equivalent
    /// The second is larger.
    case right
    /// None of these is probable enough.
    case undecided
  }

  /// A left, a middle and a right part of 1.
  package struct Shares: Hashable, Sendable {
    /// Part where the first is larger.
    package var left = 0.0
    /// Part of practical equivalence.
    package var rope = 0.0
    /// Part where the second is larger.
    package var right = 0.0
  }

  /// Half the width of the default region, in points of Δm.
  package static let defaultRope = 0.5
  private static let decisive = 0.95

  /// Probability of each outcome.
  package let probabilities: Shares

  /// Test of `differences` by `drawCount` draws of weights.
  ///
  /// - Precondition: `rope` is not negative, `priorStrength` and `drawCount` are positive.
  package init(
    differences: [Double],
    rope: Double = defaultRope,
    priorStrength: Double = 0.5,
    drawCount: Int = 50_000,
    using stream: inout RandomStream
  ) {
    precondition(rope >= 0 && priorStrength > 0 && drawCount > 0, "rope \(rope)")
    let sums = WalshSums(differences, rope: rope)
    var wins = Shares()
    for _ in 0..<drawCount {
      var weights = [GammaDraw.next(shape: priorStrength, using: &stream)]
      for _ in differences { weights.append(GammaDraw.next(shape: 1, using: &stream)) }
      let total = weights.reduce(0, +)
      BayesianSignedRank.count(sums.shares(weights.map { $0 / total }), in: &wins)
    }
    let draws = Double(drawCount)
    probabilities = Shares(
      left: wins.left / draws,
      rope: wins.rope / draws,
      right: wins.right / draws
    )
  }

  /// The outcome that has a probability of at least .95.
  package var decision: Decision {
    if probabilities.left >= BayesianSignedRank.decisive { return .left }
    if probabilities.rope >= BayesianSignedRank.decisive { return .equivalent }
    return probabilities.right >= BayesianSignedRank.decisive ? .right : .undecided
  }

  /// The parts for given weights, the first being that of the pseudo-observation.
  ///
  /// - Precondition: one weight more than differences.
  package static func shares(differences: [Double], rope: Double, weights: [Double]) -> Shares {
    precondition(
      weights.count == differences.count + 1,
      "\(weights.count) weights for \(differences.count) differences and the pseudo-observation"
    )
    return WalshSums(differences, rope: rope).shares(weights)
  }

  /// One draw's win, split among equal parts.
  private static func count(_ shares: Shares, in wins: inout Shares) {
    let largest = max(shares.left, shares.rope, shares.right)
    let isLeft = Ties.areTied(shares.left, largest)
    let isRope = Ties.areTied(shares.rope, largest)
    let isRight = Ties.areTied(shares.right, largest)
    let win = 1 / Double([isLeft, isRope, isRight].count { $0 })
    if isLeft { wins.left += win }
    if isRope { wins.rope += win }
    if isRight { wins.right += win }
  }
}

/// Where the pairwise sums of the differences lie against the region.
private struct WalshSums {
  /// Contribution of pair `(i, j)`, `j <= i`, to the right and to the left: 0, 1/2 or 1, doubled off
  /// the diagonal.
  private var right: [[Double]] = []
  private var left: [[Double]] = []

  init(_ differences: [Double], rope: Double) {
    let values = [0] + differences
    for i in values.indices {
      let sums = values[...i].map { values[i] + $0 }
      let factor = { (j: Int) in j == i ? 1.0 : 2.0 }
      right.append(sums.indices.map { factor($0) * WalshSums.excess(sums[$0], 2 * rope) })
      left.append(sums.indices.map { factor($0) * WalshSums.excess(-sums[$0], 2 * rope) })
    }
  }

  func shares(_ weights: [Double]) -> BayesianSignedRank.Shares {
    var shares = BayesianSignedRank.Shares()
    for i in weights.indices {
      for j in 0...i {
        shares.right += weights[i] * weights[j] * right[i][j]
        shares.left += weights[i] * weights[j] * left[i][j]
      }
    }
    shares.rope = max(0, 1 - shares.left - shares.right)
    return shares
  }

  private static func excess(_ sum: Double, _ limit: Double) -> Double {
    if Ties.areTied(sum, limit) { return 0.5 }
    return sum > limit ? 1 : 0
  }
}
