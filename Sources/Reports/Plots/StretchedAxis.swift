internal import Glibc
internal import Statistics

/// An axis that is even near the lowest value and logarithmic far above it: the lowest is told apart
/// from what is near it, and nothing is cut off.
///
/// A value `v` stands at `asinh((v - lowest) / unit)`. Where the values span a few units alone the axis
/// is an ordinary one.
struct StretchedAxis: Sendable {
  /// Values that span less than so many units need no logarithm.
  private static let evenLength = 12.0
  /// Share of the axis's length left free at both ends.
  private static let room = 0.05

  /// The lowest value.
  private let lowest: Double
  private let highest: Double
  /// What is told apart at the lowest value; nil for an ordinary axis.
  private let unit: Double?

  /// - Parameters:
  ///   - values: All that is shown.
  ///   - best: The best value of each line, whose distances are to be seen.
  init(_ values: [Double], best: [Double]) {
    let values = values.filter(\.isDrawable)
    let lowest = values.min() ?? 0
    let highest = max(values.max() ?? 1, lowest + Self.leastLength(lowest))
    let length = highest - lowest
    let distances = best.filter(\.isDrawable).map { $0 - lowest }.filter { $0 > 0 }
    let median = distances.isEmpty ? length / 100 : SampleQuantile.median(distances)
    let unit = max(median, Self.leastLength(lowest) / 10)
    self.lowest = lowest
    self.highest = highest
    self.unit = length > Self.evenLength * unit ? unit : nil
  }

  /// The shortest axis whose numbers differ.
  private static func leastLength(_ size: Double) -> Double { max(0.5, size.magnitude / 100) }

  /// Where a value stands on the axis, from 0 at its lower to 1 at its upper end.
  func share(of value: Double) -> Double {
    let (first, last) = (place(range.lowerBound), place(range.upperBound))
    return (place(value) - first) / (last - first)
  }

  private func place(_ value: Double) -> Double {
    guard let unit else { return value }
    return asinh((value - lowest) / unit)
  }

  private func value(at place: Double) -> Double {
    guard let unit else { return place }
    return lowest + unit * sinh(place)
  }

  /// The ends of the axis.
  var range: ClosedRange<Double> {
    let (first, last) = (place(lowest), place(highest))
    let margin = Self.room * (last - first)
    return value(at: first - margin)...value(at: last + margin)
  }

  /// Commands that make the vertical axis this one, with about `count` tics at most.
  func commands(ticCount: Int) -> [String] {
    let ends = [range.lowerBound, range.upperBound].map { NumberText.significant($0, 6) }
    let tics = tics(count: ticCount).map { NumberText.exact($0) }.joined(separator: ", ")
    return [
      "unset nonlinear y",
      unit.map { unit in
        let (origin, unit) = (NumberText.significant(lowest, 9), NumberText.significant(unit, 9))
        return "set nonlinear y via asinh((y-(\(origin)))/\(unit)) inverse "
          + "(\(origin))+\(unit)*sinh(y)"
      } ?? "",
      "set yrange [\(ends[0]):\(ends[1])]; set ytics (\(tics))",
    ].filter { !$0.isEmpty }
  }

  /// Round numbers that are far enough from each other on the axis.
  private func tics(count: Int) -> [Double] {
    let range = range
    let near: ClosedRange<Double> =
      unit.map { range.lowerBound...min(range.upperBound, lowest + 3 * $0) } ?? range
    let spacing = StepTics.spacing(
      near.upperBound - near.lowerBound,
      count: unit == nil ? count : 2
    )
    let first = (near.lowerBound / spacing).rounded(.up)
    var candidates = (0..<(4 * count)).map { (first + Double($0)) * spacing }
      .filter { near.contains($0) }
    if unit != nil { candidates += Self.powers.filter { $0 > near.upperBound } }
    let (start, end) = (place(range.lowerBound), place(range.upperBound))
    let least = (end - start) / Double(count + 1)
    var tics: [Double] = []
    for candidate in candidates where range.contains(candidate) {
      guard let last = tics.last, place(candidate) - place(last) < least else {
        tics.append(candidate)
        continue
      }
    }
    return tics
  }

  /// 1, 2 and 5 times the powers of ten, with both signs, and 0.
  private static let powers: [Double] = {
    let positive = (-2...90).flatMap { power in [1.0, 2, 5].map { $0 * pow(10, Double(power)) } }
    return positive.reversed().map { -$0 } + [0] + positive
  }()
}
