internal import ArgumentParser

/// How progress is told on standard error.
enum ProgressForm: String, CaseIterable, ExpressibleByArgument {
  /// Lines for people.
  case text
  /// JSON objects, one a line.
  case json
}
