internal import Settings

/// Lengths by which MGDA divides the task gradients before it looks for their least-norm mixture.
enum RowNormalization: String, CaseIterable, Sendable {
  /// 1.
  case none
  /// The norm of the gradient.
  case l2
  /// The loss.
  case loss
  /// The loss times the norm of the gradient.
  case lossTimesNorm = "loss+"

  /// Whether losses take part, which must then not be negative.
  var usesLosses: Bool { self == .loss || self == .lossTimesNorm }

  /// Reads the setting `normalization`, by default `none`.
  ///
  /// - Throws: `SettingsError` for a word that is no case.
  static func read(_ settings: inout SettingsReader) throws(SettingsError) -> RowNormalization {
    let word = try settings.choice(
      "normalization",
      of: allCases.map { $0.rawValue },
      default: none.rawValue
    )
    return RowNormalization(rawValue: word) ?? .none
  }

  /// Length for one row; 1 where it would be 0.
  func length(squaredNorm: Double, loss: Double) -> Double {
    let length =
      switch self {
      case .none: 1.0
      case .l2: squaredNorm.squareRoot()
      case .loss: loss
      case .lossTimesNorm: loss * squaredNorm.squareRoot()
      }
    return length > 0 ? length : 1
  }
}
