/// A number that may not be there, and why it is not.
///
/// Undefined, failed and missing are three things, and every statistic says what it does with each:
///
/// | state | comes from | means and tests | ranks | wins, ties, losses |
/// | --- | --- | --- | --- | --- |
/// | undefined | a base of 0, a part with one class | left out, counted | none | seed left out |
/// | failed | diverged, refused | left out, counted; no mark, no suite mean | the worst | a loss |
/// | missing | not run yet, does not apply | left out, counted | none | seed left out |
package enum Score: Sendable, Hashable {
  /// Why a number of finished runs is undefined.
  package enum Reason: Sendable, Hashable {
    /// A single-task value that something is divided by is 0.
    case zeroBase
    /// Single-task training failed, so that there is nothing to divide by.
    case failedBase
    /// A metric has no value on its part of the data: no label, or one class where it needs two.
    case undefinedMetric
    /// A value that a logarithm is taken of is not positive.
    case notPositive
    /// Finite numbers whose quotient, sum or mean is not.
    case notFinite
  }

  /// A finite number.
  case value(Double)
  /// There are runs, but no such number of them.
  case undefined(Reason)
  /// A run diverged or was refused.
  case failed
  /// Not run yet, or does not apply.
  case missing

  /// A number that is computed from finite ones; undefined where it is not finite itself.
  package init(_ number: Double) {
    self = number.isFinite ? .value(number) : .undefined(.notFinite)
  }

  /// The number; nil without one.
  package var value: Double? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The number; nan without one.
  package var number: Double { value ?? .nan }

  /// Whether it is undefined, for whatever reason.
  package var isUndefined: Bool { reason != nil }

  /// Why it is undefined; nil where it is not.
  package var reason: Reason? {
    if case .undefined(let reason) = self { reason } else { nil }
  }

  /// What is computed from the number; undefined where that is not finite, and the same state without
  /// a number.
  package func map(_ transform: (Double) -> Double) -> Score {
    if case .value(let value) = self { Score(transform(value)) } else { self }
  }

  /// The mean of all `scores`, which needs every one of them: failed where one failed, else missing
  /// where one is missing or there are none, else undefined where one is.
  package static func mean(_ scores: [Score]) -> Score {
    if let absent = absence(in: scores) { return absent }
    return scores.isEmpty ? .missing : Score(CompensatedSum.mean(scores.compactMap(\.value)))
  }

  /// The state of something that needs all of `scores`; nil where every one is a number.
  package static func absence(in scores: [Score]) -> Score? {
    if scores.contains(.failed) { return .failed }
    if scores.contains(.missing) { return .missing }
    return scores.first { $0.isUndefined }
  }

  /// The numbers of the positions at which both have one.
  package static func pairs(_ x: [Score], _ y: [Score]) -> (x: [Double], y: [Double]) {
    var pairs: (x: [Double], y: [Double]) = ([], [])
    for case (.value(let a), .value(let b)) in zip(x, y) {
      pairs.x.append(a)
      pairs.y.append(b)
    }
    return pairs
  }
}

extension Score: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  package init(floatLiteral number: Double) { self.init(number) }
  package init(integerLiteral number: Int) { self.init(Double(number)) }
}
