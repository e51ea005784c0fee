internal import Settings

/// How many rows a generated problem has in each part.
struct SampleCounts {
  let train: Int
  let validation: Int
  let test: Int

  /// Most rows a part may have; ten million rows of 128 inputs are 5 GB.
  static let mostRows = 10_000_000

  /// Reads the keys `train`, `validation` and `test`.
  init(
    settings: inout SettingsReader,
    train: Int,
    validation: Int,
    test: Int
  ) throws(SettingsError) {
    self.train = try settings.count("train", default: train, in: 2...SampleCounts.mostRows)
    self.validation = try settings.count(
      "validation",
      default: validation,
      in: 1...SampleCounts.mostRows
    )
    self.test = try settings.count("test", default: test, in: 1...SampleCounts.mostRows)
  }

  /// The three keys for a problem's description.
  static func keys(train: Int, validation: Int, test: Int) -> [ProblemDescription.Key] {
    [
      .init("train", "training rows (default \(train), from 2)"),
      .init("validation", "validation rows (default \(validation), from 1)"),
      .init("test", "test rows (default \(test), from 1)"),
    ]
  }
}
