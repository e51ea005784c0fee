internal import Statistics

/// The part of an axis that is worth its room when a few values lie far away.
///
/// A value is far away when it is many median distances from the median and would more than double
/// the axis. Where that holds of more than a quarter of the values, they are what is to be shown,
/// and none is called far away. What cannot be drawn at all, such as nan, is no value.
struct RobustRange: Sendable {
  /// A value farther from the median than this many median distances may be far away.
  private static let farFactor = 8.0
  /// The largest share of the values that may be left out.
  private static let mostLeftOut = 0.25
  /// Numbers at the ends of an axis have four digits, which must not be the same.
  private static let leastRelativeLength = 0.01

  /// From the lowest to the highest value that is not far away; nil without values.
  let range: ClosedRange<Double>?
  private let farValues: Set<Double>

  /// `kept` are values that are in sight in any case.
  init(_ values: [Double], keeping kept: [Double] = []) {
    let values = values.filter(\.isDrawable)
    let kept = kept.filter(\.isDrawable)
    let median = SampleQuantile.median(values)
    let spread = SampleQuantile.median(values.map { ($0 - median).magnitude })
    let isNear = { (value: Double) in
      spread == 0 || (value - median).magnitude <= Self.farFactor * spread
    }
    let near = values.filter(isNear) + kept
    let (lowest, highest) = (near.min() ?? 0, near.max() ?? 0)
    let far = values.filter { value in
      !isNear(value) && max(lowest - value, value - highest) > highest - lowest
    }
    let isAllShown = Double(far.count) > Self.mostLeftOut * Double(values.count)
    farValues = isAllShown ? [] : Set(far)
    let shown = values.filter { isAllShown || !far.contains($0) } + kept
    if let lowest = shown.min(), let highest = shown.max() {
      range = lowest...highest
    } else {
      range = nil
    }
  }

  /// Whether one of the values is out of sight.
  func isFar(_ value: Double) -> Bool { farValues.contains(value) }

  /// The range with room around it, extended to further values where they are within one more of
  /// its length; at least `leastLength` long, and long enough that the numbers at its ends differ.
  func widened(toward others: [Double], room: Double, leastLength: Double) -> ClosedRange<Double> {
    let own = range ?? 0...0
    let size = max(own.lowerBound.magnitude, own.upperBound.magnitude)
    let leastLength = max(leastLength, Self.leastRelativeLength * size)
    let length = max(own.upperBound - own.lowerBound, leastLength)
    let reach = own.lowerBound - length...own.upperBound + length
    let near = others.filter { reach.contains($0) }
    let lowest = min(own.lowerBound, near.min() ?? own.lowerBound)
    let highest = max(own.upperBound, near.max() ?? own.upperBound)
    let margin = room * max(highest - lowest, leastLength)
    return lowest - margin...highest + margin
  }
}
