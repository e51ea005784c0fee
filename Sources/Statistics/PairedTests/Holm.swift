/// Holm's adjustment of a family of p-values, which bounds the chance of any false claim.
///
/// With the `m` defined values ascending, `adjusted(i) = max over j <= i of min(1, (m - j + 1) p(j))`.
/// Undefined ones (nil or nan) are left out, and the family shrinks.
///
/// Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
/// Statistics 6, 1979.
package enum Holm {
  /// Adjusted values in the given order; nil where `p` is undefined.
  package static func adjusted(_ p: [Double?]) -> [Double?] {
    let family = PValueFamily(p)
    var adjusted = [Double?](repeating: nil, count: p.count)
    var largest = 0.0
    for (position, member) in family.ascending.enumerated() {
      largest = max(largest, min(1, Double(family.ascending.count - position) * member.p))
      adjusted[member.index] = largest
    }
    return adjusted
  }

  /// The same where some members of the family are one: `copies` holds, for each, the position of
  /// the first member with identical results, itself for the first.
  ///
  /// Identical results are one comparison, not several; a copy takes the adjusted value of its first.
  package static func adjusted(_ p: [Double?], countingOnce copies: [Int]) -> [Double?] {
    let adjusted = adjusted(p.indices.map { copies[$0] == $0 ? p[$0] : nil })
    return p.indices.map { p[$0] == nil ? nil : adjusted[copies[$0]] }
  }

  /// The level of an interval for each member, such that it leaves 0 out exactly where the member's
  /// adjusted value is at most `alpha`; nil where `p` is undefined.
  ///
  /// The member at position `j` of the `m` ascending ones is tested at `alpha / (m - j + 1)`. The
  /// procedure stops at the first that is not rejected, so that those after it have that one's level.
  ///
  /// - Parameters:
  ///   - p: Values of the family.
  ///   - alpha: Bound on the chance of any false claim, above 0 and below 1.
  ///   - copies: As for `adjusted`.
  /// - Returns: Levels above 0 and below 1, shape [count of `p`].
  package static func levels(
    _ p: [Double?],
    alpha: Double,
    countingOnce copies: [Int]
  ) -> [Double?] {
    let family = PValueFamily(p.indices.map { copies[$0] == $0 ? p[$0] : nil })
    var levels = [Double?](repeating: nil, count: p.count)
    var level: Double?
    for (position, member) in family.ascending.enumerated() {
      let own = alpha / Double(family.ascending.count - position)
      levels[member.index] = level ?? 1 - own
      if member.p > own { level = level ?? 1 - own }
    }
    return p.indices.map { p[$0] == nil ? nil : levels[copies[$0]] }
  }
}
