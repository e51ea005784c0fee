internal import Kernels

/// Sign-flip permutation test of whether paired differences are symmetric about 0.
///
/// p is the share of the `2^n` sign patterns whose `|sum(+-d)|` is at least the observed `|sum(d)|`,
/// with a tolerance of `1e-12 sum(|d|)`. All patterns for up to 20 pairs; beyond, 100 000 random ones
/// and `p = (1 + hits) / (B + 1)`. It uses the size of differences and needs no normality: the
/// natural check of `PairedTTest`. The smallest p is `2^(1-n)`. Without pairs p is 1.
///
/// Source: Fisher, "The Design of Experiments", 1935, section 21; Phipson and Smyth, "Permutation
/// p-values should never be zero", SAGMB 9, 2010, for the random form.
package struct SignFlipTest: Hashable, Sendable {
  private static let exactLimit = 20
  private static let randomPatternCount = 100_000
  /// Sums are computed afresh after this many flips, so that rounding cannot pile up.
  private static let flipsBetweenSums = 1024

  /// Number of pairs, `n`.
  package let count: Int
  /// p against a shift in either direction.
  package let twoSided: Double
  /// p against differences tending to be positive.
  package let greater: Double
  /// p against differences tending to be negative.
  package let less: Double

  /// Smallest two-sided p that `count` pairs can reach, `2^(1-n)`, by this test and the exact
  /// Wilcoxon test.
  package static func smallestP(count: Int) -> Double {
    count < 1 ? 1 : Double(sign: .plus, exponent: 1 - count, significand: 1)
  }

  /// Test of differences; `seed` is that of the random patterns, used for more than 20 pairs only.
  package init(differences: [Double], seed: UInt64 = 0) {
    count = differences.count
    let total = CompensatedSum.of(differences)
    let tolerance = Ties.relativeTolerance * CompensatedSum.of(differences.map { abs($0) })
    guard total.isFinite else {
      (twoSided, greater, less) = (.nan, .nan, .nan)
      return
    }
    var hits = Hits(total: total, tolerance: tolerance)
    if count <= SignFlipTest.exactLimit {
      SignFlipTest.countAll(differences, in: &hits)
      let patternCount = Double(1 << count)
      twoSided = Double(hits.twoSided) / patternCount
      greater = Double(hits.greater) / patternCount
      less = Double(hits.less) / patternCount
    } else {
      SignFlipTest.countRandom(differences, seed: seed, in: &hits)
      let patternCount = Double(SignFlipTest.randomPatternCount + 1)
      twoSided = Double(hits.twoSided + 1) / patternCount
      greater = Double(hits.greater + 1) / patternCount
      less = Double(hits.less + 1) / patternCount
    }
  }

  /// All patterns in the order of the Gray code: one flip from each to the next.
  private static func countAll(_ differences: [Double], in hits: inout Hits) {
    var signed = differences
    var sum = CompensatedSum.of(signed)
    hits.add(sum)
    for pattern in 1..<(1 << differences.count) {
      let flipped = pattern.trailingZeroBitCount
      signed[flipped] = -signed[flipped]
      sum += 2 * signed[flipped]
      if pattern.isMultiple(of: flipsBetweenSums) { sum = CompensatedSum.of(signed) }
      hits.add(sum)
    }
  }

  private static func countRandom(_ differences: [Double], seed: UInt64, in hits: inout Hits) {
    var stream = RandomStream(seed: seed, purpose: .statistics)
    for _ in 0..<randomPatternCount {
      var sum = 0.0
      var bits: UInt64 = 0
      for (index, difference) in differences.enumerated() {
        if index.isMultiple(of: UInt64.bitWidth) { bits = stream.next() }
        sum += bits & 1 == 0 ? difference : -difference
        bits >>= 1
      }
      hits.add(sum)
    }
  }

  /// How many patterns are at least as extreme as the data.
  private struct Hits {
    let total: Double
    let tolerance: Double
    var twoSided = 0
    var greater = 0
    var less = 0

    mutating func add(_ sum: Double) {
      if abs(sum) >= abs(total) - tolerance { twoSided += 1 }
      if sum >= total - tolerance { greater += 1 }
      if sum <= total + tolerance { less += 1 }
    }
  }
}
