/// Benjamini and Hochberg's adjustment of a family of p-values, which bounds the expected share of
/// false claims: for long exploratory lists.
///
/// With the `m` defined values ascending, `adjusted(i) = min over j >= i of min(1, m p(j) / j)`.
/// Undefined ones (nil or nan) are left out, and the family shrinks.
///
/// Source: Benjamini and Hochberg, "Controlling the false discovery rate", Journal of the Royal
/// Statistical Society B 57, 1995.
package enum BenjaminiHochberg {
  /// Adjusted values in the given order; nil where `p` is undefined.
  package static func adjusted(_ p: [Double?]) -> [Double?] {
    let family = PValueFamily(p)
    let count = Double(family.ascending.count)
    var adjusted = [Double?](repeating: nil, count: p.count)
    var smallest = 1.0
    for (position, member) in family.ascending.enumerated().reversed() {
      smallest = min(smallest, count * member.p / Double(position + 1))
      adjusted[member.index] = smallest
    }
    return adjusted
  }
}
