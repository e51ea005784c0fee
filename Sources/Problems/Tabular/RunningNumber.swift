/// Recognises numbers that name rows instead of measuring something.
enum RunningNumber {
  /// Fewer rows may count up by chance, or because they are an example.
  private static let fewestRows = 50
  /// Fewer rows than these are too few to tell an id by its name and different numbers.
  private static let fewestNamedRows = 10

  private static let names: Set<String> = [
    "id", "ids", "uid", "uuid", "guid", "index", "idx", "rowid", "row_id", "row", "rownames",
    "rownumber", "row_number", "unnamed: 0", "nr", "lfdnr",
  ]

  /// Whether values without a gap count the rows up or down by one.
  static func counts(_ values: [Double]) -> Bool {
    guard values.count >= fewestRows else { return false }
    let step = values[1] - values[0]
    guard step == 1 || step == -1, values[0] == values[0].rounded() else { return false }
    return values.indices.allSatisfy { values[$0] == values[0] + step * Double($0) }
  }

  /// Whether they do so from 0 or 1 on, or backwards to it; years count up too, and say something.
  static func countsFromStart(_ values: [Double]) -> Bool {
    guard counts(values), let first = values.first, let last = values.last else { return false }
    return (0...1).contains(min(first, last))
  }

  /// Whether a column's name and its different whole numbers are those of an id.
  static func isIdentifier(_ name: String, _ values: [Double]) -> Bool {
    guard values.count >= fewestNamedRows, isIdentifierName(name),
      values.allSatisfy({ $0 == $0.rounded() })
    else { return false }
    return Set(values).count == values.count
  }

  /// Whether values are days written as 20240301.
  static func areDays(_ values: [Double]) -> Bool {
    var count = 0
    for value in values where !value.isNaN {
      guard value == value.rounded(), (18_000_101...21_001_231).contains(value) else {
        return false
      }
      let day = Int(value)
      guard (1...12).contains(day / 100 % 100), (1...31).contains(day % 100) else { return false }
      count += 1
    }
    return count >= fewestNamedRows
  }

  private static func isIdentifierName(_ name: String) -> Bool {
    let lower = name.lowercased()
    if names.contains(lower) { return true }
    if ["_id", "-id", ".id", " id"].contains(where: { lower.hasSuffix($0) }) { return true }
    return name.hasSuffix("Id") || name.hasSuffix("ID")
  }
}
