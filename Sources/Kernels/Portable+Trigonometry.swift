extension Portable {
  /// The sine of an angle in radians, of at most a million.
  package static func sin(_ x: Double) -> Double {
    guard x.isFinite else { return .nan }
    if x.magnitude < 0x1p-27 { return x }
    let (quadrant, angle) = reducedAngle(x)
    let value = quadrant & 1 == 0 ? sineNearZero(angle) : cosineNearZero(angle)
    return quadrant & 2 == 0 ? value : -value
  }

  /// The cosine of an angle in radians, of at most a million.
  package static func cos(_ x: Double) -> Double {
    guard x.isFinite else { return .nan }
    let (quadrant, angle) = reducedAngle(x)
    let value = quadrant & 1 == 0 ? cosineNearZero(angle) : sineNearZero(angle)
    return (quadrant + 1) & 2 == 0 ? value : -value
  }

  /// n and r with x = n π/2 + r and |r| at most about π/4.
  private static func reducedAngle(_ x: Double) -> (quadrant: Int, angle: TwoPart) {
    precondition(x.magnitude <= 1e6, "an angle of \(x) is beyond the range of sin and cos")
    let roundingShift = 0x1.8p52
    let n = (x * 0x1.45f306dc9c883p-1 + roundingShift) - roundingShift
    // π/2 in three parts, the first two short enough to make their products with n exact.
    let first = x - n * 0x1.921fb544p0
    let second = TwoPart.sum(first, -(n * 0x1.0b4611a6p-34))
    let third = second + TwoPart(-(n * 0x1.3198a2e037073p-69))
    return (Int(n), third)
  }

  /// r - r³/3! + r⁵/5! - ...
  private static func sineNearZero(_ angle: TwoPart) -> Double {
    let r = angle.high
    let square = r * r
    var series = -1.0 / 121_645_100_408_832_000
    for divisor in sineDivisors { series = series * square + 1 / divisor }
    return r + (r * square * series + angle.low * (1 - 0.5 * square))
  }

  /// 1 - r²/2! + r⁴/4! - ...
  private static func cosineNearZero(_ angle: TwoPart) -> Double {
    let r = angle.high
    let square = r * r
    var series = 1.0 / 2_432_902_008_176_640_000
    for divisor in cosineDivisors { series = series * square + 1 / divisor }
    let half = 0.5 * square
    let leading = 1 - half
    let lost = (1 - leading) - half
    return leading + (lost + (square * square * series - r * angle.low))
  }

  /// The factorials of 17, 15 and so on to 3, with the signs of the series.
  private static let sineDivisors: [Double] = [
    355_687_428_096_000, -1_307_674_368_000, 6_227_020_800, -39_916_800, 362_880, -5040, 120, -6,
  ]

  /// The factorials of 18, 16 and so on to 4, with the signs of the series.
  private static let cosineDivisors: [Double] = [
    -6_402_373_705_728_000, 20_922_789_888_000, -87_178_291_200, 479_001_600, -3_628_800, 40_320,
    -720, 24,
  ]
}
