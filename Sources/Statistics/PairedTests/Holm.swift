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
}
