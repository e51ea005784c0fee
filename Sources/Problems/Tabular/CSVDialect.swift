/// What a suite says of the form of a CSV file.
struct CSVDialect {
  /// What separates cells; nil to find it.
  var delimiter: UInt8?
  /// What begins a line that is skipped, wherever it stands; nil for none.
  var comment: UInt8?
  var form = NumberForm.plain

  /// Whatever the file itself shows.
  static let found = CSVDialect()
}
