/// Wilcoxon's signed-rank test of paired differences, exact with ties and zeros.
///
/// The absolute differences are ranked, ties averaged; `W+` is the sum of the ranks of positive
/// differences. Zeros are dropped before ranking (`wilcox`) or ranked and then dropped (`pratt`).
///
/// Exact: given the ranks in use, each sign pattern has probability `2^-m`. With doubled ranks
/// `r(i)`, whole numbers, the distribution of `2 W+` follows from
/// `P(s) <- (P(s) + P(s - r(i))) / 2` for each `i`, exact in binary for up to 52 pairs.
/// `p = min(1, 2 min(P(W+ <= w), P(W+ >= w)))`.
///
/// Normal: `z = (W+ - sum(r)/2) / sqrt(sum(r^2)/4)`, which holds the corrections for ties and zeros.
///
/// Without differences p is 1. The smallest exact p is `2^(1-m)`.
///
/// Sources: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1, 1945;
/// Pratt, "Remarks on zeros and ties in the Wilcoxon signed rank procedures", JASA 54, 1959.
///
/// Departures: common programs use the table for untied ranks even with ties; this one does not.
package struct WilcoxonSignedRank: Hashable, Sendable {
  /// What becomes of zero differences.
  package enum Zeros: String, Hashable, Sendable {
    /// Dropped before ranking.
    case wilcox
    /// Ranked, then dropped.
    case pratt
  }

  /// Where p-values come from.
  package enum Method: Hashable, Sendable {
    /// Exact for up to 50 nonzero differences, else normal.
    case automatic
    /// All sign patterns.
    case exact
    /// The normal approximation, its numerator moved by a half towards 0 or not.
    case normal(continuityCorrection: Bool)
  }

  private static let automaticExactLimit = 50

  /// Number of nonzero differences, `m`.
  package let usedCount: Int
  /// Sum of the ranks of positive differences, `W+`.
  package let positiveRankSum: Double
  /// Sum of the ranks of negative differences.
  package let negativeRankSum: Double
  /// The normal score; nil for an exact p.
  package let z: Double?
  /// p against a shift in either direction.
  package let twoSided: Double
  /// p against differences tending to be positive.
  package let greater: Double
  /// p against differences tending to be negative.
  package let less: Double

  /// The smaller rank sum, which many programs report.
  package var statistic: Double { min(positiveRankSum, negativeRankSum) }

  /// Test of differences, zero where exactly 0: pass `SnappedDifferences`.
  package init(differences: [Double], zeros: Zeros = .pratt, method: Method = .automatic) {
    let kept = zeros == .wilcox ? differences.filter { $0 != 0 } : differences
    let allRanks = Ranking.ranks(kept.map { abs($0) })
    let used = zip(kept, allRanks).filter { $0.0 != 0 }
    let ranks = used.map { $0.1 }
    usedCount = used.count
    positiveRankSum = used.reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    negativeRankSum = used.reduce(0) { $0 + ($1.0 < 0 ? $1.1 : 0) }
    guard !used.isEmpty else {
      z = nil
      (twoSided, greater, less) = (1, 1, 1)
      return
    }
    let continuityCorrection: Bool? =
      switch method {
      case .normal(let continuityCorrection): continuityCorrection
      case .automatic: used.count > WilcoxonSignedRank.automaticExactLimit ? false : nil
      case .exact: nil
      }
    if let continuityCorrection {
      let score = WilcoxonSignedRank.normalScore(positiveRankSum, ranks, continuityCorrection)
      z = score
      twoSided = min(1, 2 * NormalDistribution.upperTail(abs(score)))
      greater = NormalDistribution.upperTail(score)
      less = NormalDistribution.upperTail(-score)
    } else {
      z = nil
      (less, greater) = WilcoxonSignedRank.exactTails(positiveRankSum, ranks)
      twoSided = min(1, 2 * min(less, greater))
    }
  }

  private static func normalScore(
    _ positiveRankSum: Double,
    _ ranks: [Double],
    _ continuityCorrection: Bool
  ) -> Double {
    var numerator = positiveRankSum - CompensatedSum.of(ranks) / 2
    if continuityCorrection {
      numerator = numerator > 0 ? max(0, numerator - 0.5) : min(0, numerator + 0.5)
    }
    return numerator / (CompensatedSum.of(ranks.map { $0 * $0 }) / 4).squareRoot()
  }

  /// `P(W+ <= w)` and `P(W+ >= w)` over all sign patterns of the ranks.
  private static func exactTails(
    _ positiveRankSum: Double,
    _ ranks: [Double]
  ) -> (less: Double, greater: Double) {
    let doubled = ranks.map { Int(2 * $0) }
    var probabilities = [Double](repeating: 0, count: doubled.reduce(0, +) + 1)
    probabilities[0] = 1
    for rank in doubled {
      for sum in probabilities.indices.reversed() {
        probabilities[sum] =
          (probabilities[sum] + (sum >= rank ? probabilities[sum - rank] : 0)) / 2
      }
    }
    let observed = Int(2 * positiveRankSum)
    return (
      CompensatedSum.of(probabilities[...observed]), CompensatedSum.of(probabilities[observed...])
    )
  }
}
