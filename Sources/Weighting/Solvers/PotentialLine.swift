internal import Kernels

/// The potential of a positive system along a Newton step, and the length of step at its minimum.
///
/// `f(t) = q t^2 / 2 + l t - sum over i of s_i psi(1 + t d_i)` with `psi' = x^(-p)`: convex, falling at
/// 0, and growing beyond all bounds where some `1 + t d_i` reaches 0 for p of 1 or more.
struct PotentialLine: Sendable {
  private let power: Double
  /// Relative changes d of the unknowns.
  private var ratios: [Double]
  /// s.
  private var pulls: [Double]
  private var count = 0
  private var slope = 0.0
  private var curvature = 0.0
  private var largestRatio = 0.0

  /// Part of the slope at 0 that may be left at the length found.
  private static let precision = 0.1
  /// Changes below this are so near the solution that the whole step is right.
  private static let shortStep = 1e-3
  /// Largest part of the way to a zero unknown that a step may go; for small p solutions are far down.
  private static let boundaryFraction = 1 - 0x1p-20
  /// Doublings and halvings from 1 to either end of what numbers can hold, with room.
  private static let evaluationLimit = 200

  init(capacity: Int, power: Double) {
    self.power = power
    ratios = Array(repeating: 0, count: capacity)
    pulls = Array(repeating: 0, count: capacity)
  }

  /// Begins a line with l and q.
  mutating func start(slope: Double, curvature: Double) {
    self.slope = slope
    self.curvature = curvature
    count = 0
    largestRatio = 0
  }

  /// Adds an unknown: its d and s.
  mutating func add(ratio: Double, pull: Double) {
    ratios[count] = ratio
    pulls[count] = pull
    count += 1
    largestRatio = max(largestRatio, abs(ratio))
  }

  /// The length at which little of the slope is left: 1 near the solution.
  func minimum() -> Double {
    let enough = -Self.precision * derivatives(at: 0).first
    // A slope that does not fall is one lost in rounding.
    guard largestRatio > Self.shortStep, enough > 0 else { return 1 }
    var bound = Double.infinity
    for i in 0..<count where ratios[i] < 0 {
      bound = min(bound, Self.boundaryFraction / -ratios[i])
    }
    var low = 0.0
    var high = bound
    var length = min(1, bound)
    for _ in 0..<Self.evaluationLimit {
      let (first, second) = derivatives(at: length)
      guard abs(first) > enough else { break }
      if first < 0 { low = length } else { high = length }
      // At the bound itself the potential may still be falling.
      guard low < bound else { break }
      let newton = second > 0 ? length - first / second : .infinity
      if newton > low, newton < high {
        length = newton
      } else {
        length = high < .infinity ? (low + high) / 2 : 2 * length
      }
    }
    return length
  }

  /// The first two derivatives of f.
  private func derivatives(at length: Double) -> (first: Double, second: Double) {
    var first = slope + curvature * length
    var second = curvature
    for i in 0..<count {
      let value = 1 + length * ratios[i]
      let gain = pulls[i] * ratios[i] * Self.raised(value, to: -power)
      first -= gain
      second += power * gain * ratios[i] / value
    }
    return (first, second)
  }

  /// `x^exponent`, without a logarithm for the exponents that settings have most.
  static func raised(_ x: Double, to exponent: Double) -> Double {
    switch exponent {
    case 0: 1
    case 1: x
    case 0.5: x.squareRoot()
    case -0.5: 1 / x.squareRoot()
    case -1: 1 / x
    default: Portable.pow(x, exponent)
    }
  }
}
