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

  /// All patterns: every sum of one half of the pairs with every sum of the other, which are sorted,
  /// so that counting takes `2^(n/2)` searches in place of `2^n` sums.
  private static func countAll(_ differences: [Double], in hits: inout Hits) {
    let half = differences.count / 2
    let others = signedSums(Array(differences[half...])).sorted()
    for sum in signedSums(Array(differences[..<half])) { hits.add(sum, withEachOf: others) }
  }

  /// The sums of all sign patterns, shape [2^count].
  private static func signedSums(_ differences: [Double]) -> [Double] {
    (0..<(1 << differences.count)).map { pattern in
      CompensatedSum.of(
        differences.enumerated().map { pattern >> $0 & 1 == 0 ? $1 : -$1 }
      )
    }
  }

  private static func countRandom(_ differences: [Double], seed: UInt64, in hits: inout Hits) {
    var stream = RandomStream(seed: seed, purpose: .statistics)
    let sums = sumsByByte(differences)
    let byteCount = sums.count / patternsOfByte
    for _ in 0..<randomPatternCount {
      var sum = 0.0
      var bits: UInt64 = 0
      for byte in 0..<byteCount {
        if byte.isMultiple(of: UInt64.bitWidth / UInt8.bitWidth) { bits = stream.next() }
        sum += sums[byte * patternsOfByte + Int(UInt8(truncatingIfNeeded: bits))]
        bits >>= UInt8.bitWidth
      }
      hits.add(sum)
    }
  }

  private static let patternsOfByte = 1 << UInt8.bitWidth

  /// The signed sums of every eight differences for every pattern of eight signs, of which the lowest
  /// bit is that of the first, shape [byteCount][256]: a pattern of many differences is then a few
  /// sums.
  private static func sumsByByte(_ differences: [Double]) -> [Double] {
    stride(from: 0, to: differences.count, by: UInt8.bitWidth).flatMap { start in
      let some = Array(differences[start..<min(start + UInt8.bitWidth, differences.count)])
      let sums = signedSums(some)
      // The signs beyond the last difference say nothing.
      return (0..<patternsOfByte).map { sums[$0 % sums.count] }
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

    /// Adds `sum` plus each of `others`, which ascend.
    mutating func add(_ sum: Double, withEachOf others: [Double]) {
      let extreme = abs(total) - tolerance
      let count = others.count
      greater += count - Self.place(in: others) { sum + $0 >= total - tolerance }
      less += Self.place(in: others) { sum + $0 > total + tolerance }
      guard extreme > 0 else {
        twoSided += count
        return
      }
      twoSided += count - Self.place(in: others) { sum + $0 >= extreme }
      twoSided += Self.place(in: others) { sum + $0 > -extreme }
    }

    /// Index of the first of the ascending `values` at which `isReached` holds.
    private static func place(in values: [Double], isReached: (Double) -> Bool) -> Int {
      var low = 0
      var high = values.count
      while low < high {
        let middle = (low + high) / 2
        if isReached(values[middle]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }
}
