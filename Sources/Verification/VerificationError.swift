/// A reference file that cannot be replayed at all.
package enum VerificationError: Error, Hashable, CustomStringConvertible {
  /// The file cannot be read, in words that begin with its path.
  case unreadable(String)
  /// The text is no JSON, in words that begin with file, line and column.
  case notJSON(String)
  case unknownSchema
  /// A kind or version that a later build may know.
  case otherSchema(String, known: [String])
  /// The file has no case.
  case noCases
  /// Every case was skipped: the first, and why.
  case nothingReplayed(first: String, reason: String)
  /// The way to a member that is not there.
  case missing(String)
  /// The way to a member, empty for what concerns several.
  case mistyped(path: String, expected: String, found: String)
  case badCase(id: String, reason: String)
  /// What is wrong with a file that could be read.
  indirect case inFile(path: String, VerificationError)

  package var description: String {
    switch self {
    case .unreadable(let words), .notJSON(let words): words
    case .unknownSchema:
      "not a reference file: expected a member 'schema' that begins 'mtlbench.reference.', or the "
        + "members 'format' and 'cases' of statistics"
    case .otherSchema(let schema, let known):
      "unknown schema '\(schema)'; this build knows \(known.joined(separator: ", "))"
    case .noCases: "has no case"
    case .nothingReplayed(let first, let reason):
      "no case could be replayed; case \(first): \(reason)"
    case .missing(let path): "member '\(path)' is missing"
    case .mistyped("", let expected, let found):
      "expected \(expected)" + (found.isEmpty ? "" : ", found \(found)")
    case .mistyped(let path, let expected, let found):
      "\(path): expected \(expected), found \(found)"
    case .badCase(let id, let reason): "case \(id): \(reason)"
    case .inFile(let path, let error): "\(path): \(error)"
    }
  }
}
