/// Numbers that the plan computes, in a spelling that people can read and that no last digit changes.
enum Significant {
  private static let digits = 6

  /// The number of at most six significant digits next to `value`.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    var scale = 1.0
    let limit = power(digits)
    while abs(value) * scale < limit / 10 { scale *= 10 }
    if scale > 1 { return (value * scale).rounded() / scale }
    while abs(value) / scale >= limit { scale *= 10 }
    return (value / scale).rounded() * scale
  }

  private static func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * 10 }
  }
}
