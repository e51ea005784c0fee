/// Replays a reference file of any kind that this build knows.
///
/// - Parameter path: A JSON file whose member `schema` begins `mtlbench.reference.`, or one with the
///   members `format` and `cases`, as statistics have them.
/// - Returns: One outcome per case, in the file's order.
/// - Throws: `VerificationError` for a file that is missing, no JSON, of an unknown kind, or not laid
///   out as its kind asks.
package func replay(path: String) throws(VerificationError) -> [ReplayOutcome] {
  let file = try JSONReader.read(path: path)
  for kind in ReferenceKind.all where kind.isKind(of: file) { return try kind.replay(file) }
  throw .unknownSchema(path: path)
}

/// A kind of reference file: how to tell it, and what replays it.
private struct ReferenceKind: Sendable {
  typealias Replay = @Sendable (JSONValue) throws(VerificationError) -> [ReplayOutcome]

  /// The word after `mtlbench.reference.` in the file's `schema`; nil for files without a schema.
  let name: String?
  let replay: Replay

  static let all = [
    ReferenceKind(name: "aggregation", replay: AggregationReplay.replay),
    ReferenceKind(name: "scalarization", replay: ScalarizationReplay.replay),
    ReferenceKind(name: "sequences", replay: SequenceReplay.replay),
    ReferenceKind(name: "traces", replay: TraceReplay.replay),
    ReferenceKind(name: "seed_example", replay: SeedExampleReplay.replay),
    ReferenceKind(name: nil, replay: StatisticsReplay.replay),
  ]

  func isKind(of file: JSONValue) -> Bool {
    guard let name else {
      return file["schema"] == nil && file["format"] != nil && file["cases"] != nil
    }
    guard case .text(let schema) = file["schema"] else { return false }
    return schema.hasPrefix("mtlbench.reference.\(name)/")
  }
}
