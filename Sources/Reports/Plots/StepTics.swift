internal import Glibc

/// Tics that leave room for their numbers.
enum StepTics {
  /// A command for the axis of steps from 0 to `last` with about `count` tics.
  static func command(last: Double, count: Int = 4) -> String {
    guard last > 0 else { return "set xtics autofreq" }
    return "set xtics \(NumberText.exact(spacing(last, count: count))); "
      + "set xrange [0:\(NumberText.exact(last))]"
  }

  /// 1, 2 or 5 times a power of ten, of which about `count` fit into `length`.
  static func spacing(_ length: Double, count: Int = 4) -> Double {
    let rough = length / Double(count)
    guard rough > 0, rough.isFinite else { return 1 }
    let power = pow(10, log10(rough).rounded(.down))
    return power * ([1.0, 2, 5].first { $0 * power >= rough } ?? 10)
  }

  /// The same for a small panel: about three tics in a range, and two at least.
  static func spacing(in range: ClosedRange<Double>) -> Double {
    let spacings = (3...9).map { spacing(range.upperBound - range.lowerBound, count: $0) }
    let enough = spacings.first {
      (range.upperBound / $0).rounded(.down) > (range.lowerBound / $0).rounded(.up)
    }
    return enough ?? spacings[0]
  }

  /// A command for tics of a logarithmic axis: enough of 1, 2 and 5 times the powers of ten, or of
  /// other factors, to read it by.
  static func logarithmic(
    _ axis: String,
    in range: ClosedRange<Double>,
    factors: [Double] = [1, 2, 5]
  ) -> String {
    guard range.lowerBound > 0, range.upperBound.isFinite else { return "set \(axis)tics autofreq" }
    let first = Int(log10(range.lowerBound).rounded(.down))
    let last = Int(log10(range.upperBound).rounded(.up))
    // Beyond three decades the powers of ten are enough.
    let factors = range.upperBound / range.lowerBound > 1000 ? [1.0] : factors
    let tics = (first...last).flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
    let texts = tics.filter { range.contains($0) }.map { trimmed(NumberText.significant($0, 2)) }
    return "set \(axis)tics (\(texts.joined(separator: ", ")))"
  }

  /// A number's text without the zeros that end its decimals.
  private static func trimmed(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
