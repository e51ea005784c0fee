/// A reference file that cannot be replayed at all.
package enum VerificationError: Error, Hashable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case unknownSchema(path: String)
  case missing(String)
  case mistyped(expected: String)
  case badCase(id: String, reason: String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .unknownSchema(let path):
      "\(path): not a reference file: expected a member 'schema' that begins "
        + "'mtlbench.reference.', or the members 'format' and 'cases' of statistics"
    case .missing(let key): "member '\(key)' is missing"
    case .mistyped(let expected): "expected \(expected)"
    case .badCase(let id, let reason): "case \(id): \(reason)"
    }
  }
}
