/// Wins, ties and losses of a method against a control, suite by suite.
///
/// Each suite is a paired t test on the common seeds, Holm-adjusted over the suites: significantly
/// better is a win, worse a loss, the rest ties. A failed run of the method is a loss, of the control
/// alone a win. Suites with fewer than two common seeds are not counted.
package struct WinTieLoss: Hashable, Sendable {
  /// How one suite came out.
  package enum Outcome: Hashable, Sendable {
    /// Significantly better than the control.
    case win
    /// Not significantly different.
    case tie
    /// Significantly worse, or failed.
    case loss
  }

  /// One suite's results over the same seeds.
  package struct Suite: Hashable, Sendable {
    /// The method's value at each seed; nan for a failed run, nil for one not made.
    package var method: [Double?]
    /// The control's value at each seed.
    package var control: [Double?]
    /// Whether larger values are better.
    package var higherIsBetter: Bool

    /// Results of one suite.
    package init(method: [Double?], control: [Double?], higherIsBetter: Bool) {
      self.method = method
      self.control = control
      self.higherIsBetter = higherIsBetter
    }
  }

  /// Outcome of each suite; nil where there are too few common seeds.
  package let outcomes: [Outcome?]
  /// Adjusted p of each suite; nil where nothing was tested.
  package let adjustedP: [Double?]
  /// Number of suites whose mean is better than the control's, significantly or not.
  package let betterMeanCount: Int

  /// Number of wins.
  package var wins: Int { outcomes.count { $0 == .win } }
  /// Number of ties.
  package var ties: Int { outcomes.count { $0 == .tie } }
  /// Number of losses.
  package var losses: Int { outcomes.count { $0 == .loss } }

  /// Counts over `suites`.
  package init(_ suites: [Suite], alpha: Double = 0.05) {
    let results = suites.map { WinTieLoss.result($0) }
    let adjusted = Holm.adjusted(results.map { $0.p })
    outcomes = zip(results, adjusted).map { result, p in
      if let decided = result.decided { return decided }
      guard let gain = result.gain, let p else { return nil }
      if p > alpha { return .tie }
      return gain > 0 ? .win : .loss
    }
    adjustedP = adjusted
    betterMeanCount = results.count { ($0.gain ?? 0) > 0 || $0.decided == .win }
  }

  private struct Result {
    var decided: Outcome?
    var gain: Double?
    var p: Double?
  }

  private static func result(_ suite: Suite) -> Result {
    var method: [Double] = []
    var control: [Double] = []
    for case (let x?, let y?) in zip(suite.method, suite.control) {
      method.append(x)
      control.append(y)
    }
    if method.contains(where: { $0.isNaN }) { return Result(decided: .loss) }
    if control.contains(where: { $0.isNaN }) { return Result(decided: .win) }
    guard method.count >= 2 else { return Result() }
    let test = PairedTTest(method, control)
    let gain = suite.higherIsBetter ? test.meanDifference : -test.meanDifference
    return Result(gain: gain, p: test.twoSided)
  }
}
