internal import Kernels
internal import Settings

/// The settings of a CSV problem that do not name columns.
struct TabularOptions {
  /// The file of all tasks; nil where each target names its own.
  let file: String?
  let dialect: CSVDialect
  private let missingValues: [String]
  private let hasUsualMarks: Bool
  /// Of training, validation and test rows; they sum to 1.
  let fractions: [Double]
  let isStratified: Bool
  let hasIndicators: Bool
  let standardizesTargets: Bool
  /// Whether columns of dates are taken apart into numbers; else they are left out.
  let splitsDates: Bool
  /// A category of fewer training rows counts as `other`.
  let rare: Int
  /// What the suite says the inputs are.
  private let askedForm: InputForm?

  private static let usualRare = 5
  /// Decimals such as 0.7, 0.2 and 0.1 sum to 1 up to this.
  private static let sumTolerance = 1e-9

  init(settings: inout SettingsReader) throws(SettingsError) {
    file = TaskFile.areNamed(settings) ? nil : try settings.text("file")
    if file == nil && settings.has("file") {
      throw settings.error(
        "file",
        "every target names a file of its own; leave this one out, or take 'file' out of the targets"
      )
    }
    dialect = try TabularOptions.dialect(&settings)
    missingValues = try settings.texts("missing_values", default: [], count: 0...100)
    // Not recorded where it is left out: a run's identity stays that of earlier versions.
    hasUsualMarks =
      settings.asks("usual_missing") ? try settings.flag("usual_missing", default: nil) : true
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
    let dateChoices = ["leave_out", "split"]
    let dates =
      settings.asks("dates") ? try settings.choice("dates", of: dateChoices, default: nil) : nil
    splitsDates = dates == dateChoices[1]
    rare = try settings.optionalCount("rare", in: 1...1_000_000) ?? TabularOptions.usualRare
    askedForm = try TabularOptions.form(&settings)
    isStratified = try settings.flag("stratify", default: true)
    hasIndicators = try settings.flag("missing_indicator", default: false)
    standardizesTargets = try settings.flag("standardize_targets", default: true)
  }

  private static func form(
    _ settings: inout SettingsReader
  ) throws(SettingsError) -> InputForm? {
    let range = 1...65536
    var form: InputForm?
    if settings.asks("image") {
      let sides = try settings.counts("image", default: nil, in: range, count: 3...3)
      form = .image(channels: sides[0], height: sides[1], width: sides[2])
    }
    if settings.asks("sequence") {
      let sides = try settings.counts("sequence", default: nil, in: range, count: 2...2)
      guard form == nil else {
        throw settings.error("sequence", "inputs are an image or a sequence; leave one of both out")
      }
      form = .sequence(length: sides[0], width: sides[1])
    }
    return form
  }

  /// What the inputs are; nil for columns in no order.
  ///
  /// - Throws: `SettingsError` where they cannot be what the suite says.
  func form(
    of inputs: [InputColumn],
    _ settings: SettingsReader
  ) throws(SettingsError) -> InputForm? {
    guard let askedForm else { return nil }
    let key = settings.has("image") ? "image" : "sequence"
    for case .category(let column) in inputs {
      throw settings.error(
        key,
        "input '\(column.name)' is a category; leave it out of 'inputs'"
      )
    }
    if hasIndicators {
      throw settings.error(key, "columns of missing_indicator are no part of it; leave them out")
    }
    guard inputs.count == askedForm.count else {
      throw settings.error(
        key,
        "it has \(askedForm.count) numbers, and the file has \(inputs.count) inputs; name them in "
          + "'inputs'"
      )
    }
    return askedForm
  }

  /// What means a missing value in a table; ARFF has a mark of its own.
  func marks(of table: CSVFile) -> MissingMarks {
    MissingMarks(
      own: missingValues + (table.nominal == nil ? [] : ["?"]),
      hasUsual: hasUsualMarks,
      form: table.form
    )
  }

  /// A delimiter as suite files write it.
  static func text(ofDelimiter delimiter: UInt8) -> String {
    delimiter == UInt8(ascii: "\t") ? "\\t" : String(Character(Unicode.Scalar(delimiter)))
  }

  /// What the suite says of the file's form; keys that are left out are not recorded.
  private static func dialect(
    _ settings: inout SettingsReader
  ) throws(SettingsError) -> CSVDialect {
    var dialect = CSVDialect()
    dialect.delimiter = try delimiter(&settings)
    dialect.comment = try character(
      "comment",
      &settings,
      not: [],
      "expected one character such as '#'"
    )
    let decimal = try character(
      "decimal",
      &settings,
      not: Array("0123456789+-eE".utf8),
      "expected '.' or ','"
    )
    let thousands = try character(
      "thousands",
      &settings,
      not: Array("0123456789+-eE".utf8),
      "expected one character such as ',' or ' ' or '\\''"
    )
    let point = decimal ?? NumberForm.plain.decimal
    if let decimal, decimal != UInt8(ascii: ","), decimal != UInt8(ascii: ".") {
      throw settings.error("decimal", "expected '.' or ','")
    }
    if thousands == point {
      throw settings.error("thousands", "the decimal sign cannot separate thousands too")
    }
    dialect.form = NumberForm(decimal: point, thousands: thousands)
    return dialect
  }

  /// What a table says separates cells; nil where it does not.
  static func delimiter(_ settings: inout SettingsReader) throws(SettingsError) -> UInt8? {
    try character(
      "delimiter",
      &settings,
      not: [],
      "expected one character such as ',' or ';' or '\\t'"
    )
  }

  private static func character(
    _ key: String,
    _ settings: inout SettingsReader,
    not excluded: [UInt8],
    _ expected: String
  ) throws(SettingsError) -> UInt8? {
    guard let text = try settings.optionalText(key) else { return nil }
    let character = text == "\\t" ? "\t" : text
    guard character.utf8.count == 1, let byte = character.utf8.first,
      !["\"", "\n", "\r"].contains(character), !excluded.contains(byte)
    else { throw settings.error(key, expected) }
    return byte
  }
}
