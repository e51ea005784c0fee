/// Texts that stand for a missing value.
///
/// The usual ones are those that pandas and R read as missing, and the question mark of ARFF files.
/// In a column of numbers a few more mean nothing else, in any capitals: dashes, dots, words such
/// as `missing`.
///
/// Source: pandas, `io.parsers.readers.STR_NA_VALUES`; R, `read.table` (na.strings), `type.convert`.
struct MissingMarks {
  /// What the suite adds.
  private let own: Set<String>
  /// Whether the usual marks count.
  private let hasUsual: Bool
  /// Whether a mark of the suite's own is spelt as a number, such as -999.
  let hasNumbers: Bool

  private static let usual: Set<String> = [
    "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>",
    "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null", "NAN", "NA_character_",
    "NA_integer_", "NA_real_", "NaT", "?", "\\N",
  ]

  private static let usualOfNumbers: Set<String> = [
    "-", "--", "---", "\u{2013}", "\u{2014}", ".", "..", "...", ":", "*", "na", "n.a.", "n.a",
    "nil",
    "none", "missing", "unknown", "nd", "n.d.", "(null)", "#value!", "#ref!", "#div/0!", "#num!",
    "#name?", "#null!", "null", "nan", "n/a", "<na>", "#n/a", "not available", "nat",
  ]

  init(own: [String], hasUsual: Bool, form: NumberForm = .plain) {
    self.own = Set(own)
    self.hasUsual = hasUsual
    hasNumbers = own.contains { text in
      let bytes = Array(text.utf8)
      return form.reading(of: bytes.span, from: 0, to: bytes.count) != .noNumber
    }
  }

  /// Whether a text without spaces around it means a missing value in any column.
  func contains(_ text: String) -> Bool {
    text.isEmpty || own.contains(text) || hasUsual && MissingMarks.usual.contains(text)
  }

  /// Whether the suite itself names a text.
  func isOwn(_ text: String) -> Bool { own.contains(text) }

  /// Whether it does in a column whose other cells are numbers.
  func containsAmongNumbers(_ text: String) -> Bool {
    contains(text) || hasUsual && MissingMarks.usualOfNumbers.contains(text.lowercased())
  }
}
