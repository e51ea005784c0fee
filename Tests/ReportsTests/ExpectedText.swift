import Testing

/// Expects a whole text; where it is another, the issue holds it between two lines of its own.
func expectText(
  _ text: String,
  _ expected: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard text != expected else { return }
  Issue.record("another text:\n<<<<\n\(text)\n>>>>", sourceLocation: sourceLocation)
}
