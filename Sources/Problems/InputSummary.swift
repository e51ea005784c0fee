/// What one column of a file is as an input.
package struct InputSummary: Hashable, Sendable {
  /// The column's name.
  package let name: String
  /// What its cells are taken for.
  package let kind: Kind
  /// Rows that lack a value.
  package let missingCount: Int
  /// Different values of a category with the rows that have them, in their order.
  package let categories: [Category]

  /// What cells are taken for.
  package enum Kind: String, Sendable {
    case number
    /// Words for true and false, as 1 and 0.
    case boolean
    /// Values that have a column of 0 and 1 each.
    case category
  }

  /// One value of a category.
  package struct Category: Hashable, Sendable {
    package let name: String
    /// Rows of the file that have it.
    package let count: Int
  }
}
