internal import Statistics

/// The part of an axis that is worth its room when a few values lie far away.
struct RobustRange: Sendable {
  /// Values farther from the median than this many median distances are far away.
  private static let farFactor = 8.0

  /// From the lowest to the highest value that is not far away; nil without values.
  let range: ClosedRange<Double>?
  private let limits: ClosedRange<Double>

  /// `kept` are values that are in sight in any case.
  init(_ values: [Double], keeping kept: [Double] = []) {
    let median = SampleQuantile.median(values)
    let spread = SampleQuantile.median(values.map { ($0 - median).magnitude })
    let reach = spread > 0 ? Self.farFactor * spread : .infinity
    let limits = median.isFinite ? median - reach...median + reach : 0...0
    let near = values.filter { limits.contains($0) } + kept
    self.limits = limits
    if let lowest = near.min(), let highest = near.max() {
      range = lowest...highest
    } else {
      range = nil
    }
  }

  /// Whether a value is out of sight.
  func isFar(_ value: Double) -> Bool {
    guard let range else { return false }
    return !limits.contains(value) && !range.contains(value)
  }

  /// The range with room around it, extended to further values where they are within one more of
  /// its length; at least `leastLength` long.
  func widened(toward others: [Double], room: Double, leastLength: Double) -> ClosedRange<Double> {
    let own = range ?? 0...0
    let length = max(own.upperBound - own.lowerBound, leastLength)
    let reach = own.lowerBound - length...own.upperBound + length
    let near = others.filter { reach.contains($0) }
    let lowest = min(own.lowerBound, near.min() ?? own.lowerBound)
    let highest = max(own.upperBound, near.max() ?? own.upperBound)
    let margin = room * max(highest - lowest, leastLength)
    return lowest - margin...highest + margin
  }
}
