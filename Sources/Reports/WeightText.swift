/// Fixed weights as tables and the verdict show them.
enum WeightText {
  /// More ratios than this are given as a range.
  private static let mostRatios = 10

  /// The weights by the smallest of them.
  ///
  /// - Parameter units: Weights in units of 1 / single-task validation loss, shape [K].
  /// - Returns: Such as `1 : 30`; `1/STL` where all units are the same, and `1 to 30` over many tasks;
  ///   nil without a positive one.
  static func ratios(_ units: [Double]) -> String? {
    guard let least = units.min(), let most = units.max(), least > 0, most.isFinite else {
      return nil
    }
    let texts = units.map { NumberText.exact(rounded($0 / least)) }
    if Set(texts).count == 1 { return "1/STL" }
    return texts.count > mostRatios
      ? "1 to \(NumberText.exact(rounded(most / least)))" : texts.joined(separator: " : ")
  }

  private static func rounded(_ ratio: Double) -> Double {
    Double(NumberText.significant(ratio, 2)) ?? ratio
  }
}
