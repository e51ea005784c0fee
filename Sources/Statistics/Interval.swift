/// An interval; both ends are nan when it is undefined.
package struct Interval: Hashable, Sendable {
  /// Lower end.
  package let lower: Double
  /// Upper end.
  package let upper: Double

  /// Interval from `lower` to `upper`.
  package init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The interval of what cannot be estimated.
  package static let undefined = Interval(lower: .nan, upper: .nan)

  /// Half of its length.
  package var halfWidth: Double { (upper - lower) / 2 }

  /// Whether `value` lies between the ends, ends included.
  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
