/// What `mtlbench try` is asked: a table, its targets, and how much time there is.
package struct TryRequest: Sendable {
  /// A column to predict.
  package struct Target: Hashable, Sendable {
    package let column: String
    /// `regression`, `binary` or `multiclass`; nil to infer it.
    package let kind: String?

    /// Kinds that may be stated.
    package static let kinds = ["regression", "binary", "multiclass"]

    /// A column's name, perhaps with its kind behind a colon: `stars:multiclass`.
    package init(_ text: String) {
      guard let colon = text.lastIndex(of: ":"),
        Self.kinds.contains(String(text[text.index(after: colon)...]))
      else {
        (column, kind) = (text, nil)
        return
      }
      column = String(text[..<colon])
      kind = String(text[text.index(after: colon)...])
    }
  }

  /// The table's path, as it was given.
  package let file: String
  /// The same from the root, which the suite names.
  package let absoluteFile: String
  package let targets: [Target]
  /// Names of weighting methods.
  package let methods: [String]
  /// Widths of the shared layers.
  package let trunk: [Int]
  /// Evaluation seeds; nil for as many as the time allows.
  package let seeds: Int?
  package let minutes: Double
  /// The suite's name.
  package let name: String
  /// Where the suite is written.
  package let path: String
  /// How the suite is run again.
  package let command: String

  package init(
    file: String,
    absoluteFile: String,
    targets: [Target],
    methods: [String],
    trunk: [Int],
    seeds: Int?,
    minutes: Double,
    name: String,
    path: String,
    command: String
  ) {
    self.file = file
    self.absoluteFile = absoluteFile
    self.targets = targets
    self.methods = methods
    self.trunk = trunk
    self.seeds = seeds
    self.minutes = minutes
    self.name = name
    self.path = path
    self.command = command
  }
}
