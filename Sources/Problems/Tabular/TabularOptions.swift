internal import Settings

/// The settings of a CSV problem that do not name columns.
struct TabularOptions {
  let file: String
  let delimiter: UInt8
  let missingValues: [String]
  /// Of training, validation and test rows; they sum to 1.
  let fractions: [Double]
  let isStratified: Bool
  let hasIndicators: Bool
  let standardizesTargets: Bool

  /// Decimals such as 0.7, 0.2 and 0.1 sum to 1 up to this.
  private static let sumTolerance = 1e-9

  init(settings: inout SettingsReader) throws(SettingsError) {
    file = try settings.text("file")
    let text = try settings.text("delimiter", default: ",")
    let character = text == "\\t" ? "\t" : text
    guard character.utf8.count == 1, let byte = character.utf8.first,
      !["\"", "\n", "\r"].contains(character)
    else {
      throw settings.error("delimiter", "expected one character such as ',' or ';' or '\\t'")
    }
    delimiter = byte
    missingValues = try settings.texts("missing_values", default: [], count: 0...100)
    fractions = try settings.numbers(
      "fractions",
      default: [0.6, 0.2, 0.2],
      in: 0...1,
      count: 3...3
    )
    let sum = fractions.reduce(0, +)
    if abs(sum - 1) > TabularOptions.sumTolerance || fractions.contains(0) {
      throw settings.error("fractions", "expected three positive numbers with sum 1")
    }
    isStratified = try settings.flag("stratify", default: true)
    hasIndicators = try settings.flag("missing_indicator", default: false)
    standardizesTargets = try settings.flag("standardize_targets", default: true)
  }
}
