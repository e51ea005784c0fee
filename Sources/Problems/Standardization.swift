/// Mean and standard deviation of one column, fitted on its training rows.
///
/// `standardised = (original - mean) / scale` with the population standard deviation as scale. A
/// column whose present values are all equal gets scale 1, and so becomes 0 throughout.
struct Standardization: Hashable, Sendable {
  let mean: Double
  let scale: Double

  /// Leaves values as they are.
  static let none = Standardization(mean: 0, scale: 1)

  private init(mean: Double, scale: Double) {
    self.mean = mean
    self.scale = scale
  }

  /// Fitted on the values that are not NaN; nil when there is none.
  ///
  /// - Parameters:
  ///   - values: the column's training rows, NaN where missing.
  ///   - imputing: whether missing values count as rows at the mean, as they do for inputs, where
  ///     they are replaced by it.
  init?(fitting values: [Double], imputing: Bool) {
    var count = 0
    var sum = 0.0
    var least = Double.infinity
    var largest = -Double.infinity
    for value in values where !value.isNaN {
      count += 1
      sum += value
      least = min(least, value)
      largest = max(largest, value)
    }
    if count == 0 { return nil }
    // Equal values are recognised as such: their rounded mean could leave a tiny deviation.
    if least == largest {
      self.init(mean: least, scale: 1)
      return
    }
    let mean = sum / Double(count)
    var squares = 0.0
    for value in values where !value.isNaN { squares += (value - mean) * (value - mean) }
    let rows = imputing ? values.count : count
    self.init(mean: mean, scale: (squares / Double(rows)).squareRoot())
  }

  /// The standardised value; NaN stays NaN.
  func standardized(_ value: Double) -> Double { (value - mean) / scale }
}
