/// How large the difference of two methods is, for results that share no seeds.
///
/// Cliff's `delta = (#{x > y} - #{x < y}) / (nx ny)`, from -1 to 1, and `A12 = (delta + 1) / 2`, the
/// chance that a random `x` is larger than a random `y`, ties counting half. Customary marks of
/// `|delta|` are .147 small, .33 medium, .474 large. Nan when either list is empty.
///
/// Sources: Cliff, "Dominance statistics", Psychological Bulletin 114, 1993; Vargha and Delaney, "A
/// critique and improvement of the CL common language effect size statistics", JEBS 25, 2000.
package struct UnpairedEffect: Hashable, Sendable {
  /// Cliff's delta; positive when `x` tends to be larger.
  package let cliffDelta: Double
  /// Vargha and Delaney's A12.
  package var probabilityOfSuperiority: Double { (cliffDelta + 1) / 2 }

  /// Effect of `x` against `y`.
  package init(_ x: [Double], _ y: [Double]) {
    var balance = 0
    for a in x {
      for b in y {
        if Ties.isLarger(a, b) { balance += 1 } else if Ties.isLarger(b, a) { balance -= 1 }
      }
    }
    cliffDelta = Double(balance) / (Double(x.count) * Double(y.count))
  }
}
