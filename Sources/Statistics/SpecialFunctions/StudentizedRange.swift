/// The studentized range of `groupCount` groups, `k`, with infinite degrees of freedom: the range of
/// `k` independent standard normal draws.
///
/// `P(Q > q) = k * integral of phi(z) (Phi(z)^(k-1) - (Phi(z) - Phi(z - q))^(k-1)) dz`, which keeps
/// its digits in the tail, by the trapezoid rule: it converges exponentially for such integrands, and
/// a step of 0.25 gives 1e-10 already. Error about 1e-14. Nemenyi's `q` is this one divided by the
/// root of 2.
///
/// Source: Tukey, "The problem of multiple comparisons", 1953; the integral after Copenhaver and
/// Holland, "Computation of the distribution of the maximum studentized range statistic", Journal of
/// Statistical Computation and Simulation 30, 1988.
package enum StudentizedRange {
  private static let step = 0.05
  /// Beyond this many standard deviations the integrand is below 1e-18.
  private static let reach = 9.0

  /// `P(Q > q)`.
  package static func upperTail(_ q: Double, groupCount k: Int) -> Double {
    guard q > 0 else { return q.isNaN ? .nan : 1 }
    guard q.isFinite, k > 1 else { return 0 }
    let pointCount = Int(((q + 2 * reach) / step).rounded(.up))
    var sum = 0.0
    for point in 0...pointCount {
      let z = Double(point) * step - reach
      let below = NormalDistribution.cumulative(z)
      let outside = NormalDistribution.cumulative(z - q) / below
      // below^(k-1) * (1 - (1 - outside)^(k-1)), the second factor as a geometric sum.
      var power = 1.0
      var geometric = 0.0
      var scale = 1.0
      for _ in 1..<k {
        geometric += power
        power *= 1 - outside
        scale *= below
      }
      sum += NormalDistribution.density(z) * scale * outside * geometric
    }
    return min(1, Double(k) * step * sum)
  }

  /// The `q` with `P(Q <= q) = p`; infinite for 1, nan outside 0 to 1.
  package static func quantile(_ p: Double, groupCount k: Int) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    return MonotoneRoot.crossing { upperTail($0, groupCount: k) <= 1 - p }
  }
}
