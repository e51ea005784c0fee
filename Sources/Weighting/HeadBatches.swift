internal import Settings

/// How methods that draw three batches a step train the heads from them.
enum HeadBatches: String, CaseIterable {
  /// On the third batch alone, whose gradients make the shared update.
  case update
  /// On the mean of the three.
  case mean
  /// On their sum.
  case sum

  /// Factor of each batch's head gradient, shape [3].
  var factors: [Double] {
    switch self {
    case .update: [0, 0, 1]
    case .mean: [1.0 / 3, 1.0 / 3, 1.0 / 3]
    case .sum: [1, 1, 1]
    }
  }

  /// Reads the setting `head_batches`, by default `update`.
  ///
  /// - Throws: `SettingsError` for a word that is no case.
  static func read(_ settings: inout SettingsReader) throws(SettingsError) -> HeadBatches {
    let word = try settings.choice(
      "head_batches",
      of: allCases.map { $0.rawValue },
      default: update.rawValue
    )
    return HeadBatches(rawValue: word) ?? .update
  }
}
