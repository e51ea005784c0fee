/// What `mtlbench describe` prints of a problem.
package struct ProblemDescription: Sendable {
  /// One key of a suite file.
  package struct Key: Sendable {
    /// The key as the suite spells it.
    package let key: String
    /// What it does, its default and its range.
    package let meaning: String

    package init(_ key: String, _ meaning: String) {
      self.key = key
      self.meaning = meaning
    }
  }

  /// One sentence: what the problem is and what makes it interesting.
  package let idea: String
  /// How inputs and targets arise, in plain text.
  package let formula: String
  /// Authors, title, venue, year and section; or where else it comes from.
  package let source: String
  /// Every key the problem reads.
  package let settings: [Key]

  package init(idea: String, formula: String, source: String, settings: [Key]) {
    self.idea = idea
    self.formula = formula
    self.source = source
    self.settings = settings
  }
}
