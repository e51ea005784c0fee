/// Replays a reference file of any kind that this build knows.
///
/// - Parameter path: A JSON file whose member `schema` begins `mtlbench.reference.`, or one with the
///   members `format` and `cases`, as statistics have them.
/// - Returns: One outcome per case, in the file's order; at least one.
/// - Throws: `VerificationError` with the file's path, for a file that is missing, no JSON, of an unknown
///   kind or version, without a case, with skipped cases alone, or not laid out as its kind asks.
package func replay(path: String) throws(VerificationError) -> [ReplayOutcome] {
  try replay(JSONReader.read(path: path), path: path)
}

/// Replays a file that has been parsed; `path` is its name for messages.
func replay(_ file: JSONValue, path: String) throws(VerificationError) -> [ReplayOutcome] {
  do throws(VerificationError) {
    guard let kind = ReferenceKind.all.first(where: { $0.isKind(of: file) }) else {
      throw ReferenceKind.isOurs(file)
        ? .otherSchema(file["schema"]?.textIfAny ?? "", known: ReferenceKind.schemas)
        : .unknownSchema
    }
    let outcomes = try kind.replay(file, path)
    guard let first = outcomes.first else { throw .noCases }
    guard outcomes.contains(where: { !$0.isSkipped }) else {
      throw .nothingReplayed(first: first.caseID, reason: first.skipReason ?? "")
    }
    return outcomes
  } catch {
    throw .inFile(path: path, error)
  }
}

/// Replays every case of a list.
///
/// - Parameters:
///   - list: The cases, objects with an `id`.
///   - replay: Replays one; ways in it begin at the case.
/// - Returns: One outcome per case.
/// - Throws: `VerificationError.badCase` with the id, or its position, of a case that `replay` refuses.
func replayEach(
  _ list: JSONValue,
  _ replay: (JSONValue, _ id: String) throws(VerificationError) -> ReplayOutcome
) throws(VerificationError) -> [ReplayOutcome] {
  var outcomes: [ReplayOutcome] = []
  for (position, item) in try list.elements().enumerated() {
    let id = item["id"]?.textIfAny ?? "#\(position)"
    do {
      outcomes.append(try replay(item.asStart, id))
    } catch VerificationError.badCase(let id, let reason) {
      throw .badCase(id: id, reason: reason)
    } catch {
      throw .badCase(id: id, reason: error.description)
    }
  }
  return outcomes
}

/// A kind of reference file: how to tell it, and what replays it.
private struct ReferenceKind: Sendable {
  typealias Replay = @Sendable (JSONValue, String) throws(VerificationError) -> [ReplayOutcome]

  private static let prefix = "mtlbench.reference."

  /// The word after `mtlbench.reference.` in the file's `schema`; nil for files without a schema.
  let name: String?
  /// Replays a parsed file that was read from a path.
  let replay: Replay

  init(name: String?, withPath replay: @escaping Replay) {
    self.name = name
    self.replay = replay
  }

  init(
    name: String?,
    replay: @escaping @Sendable (JSONValue) throws(VerificationError) -> [ReplayOutcome]
  ) {
    self.name = name
    self.replay = { (file, _) throws(VerificationError) in try replay(file) }
  }

  static let all = [
    ReferenceKind(name: "aggregation", replay: AggregationReplay.replay),
    ReferenceKind(name: "scalarization", replay: ScalarizationReplay.replay),
    ReferenceKind(name: "sequences", replay: SequenceReplay.replay),
    ReferenceKind(name: "traces", replay: TraceReplay.replay),
    ReferenceKind(name: "seed_example", replay: SeedExampleReplay.replay),
    ReferenceKind(name: "networks", replay: NetworkReplay.replay),
    ReferenceKind(name: "network_traces", withPath: NetworkTraceReplay.replay),
    ReferenceKind(name: nil, replay: StatisticsReplay.replay),
  ]

  /// What `schema` may be.
  static let schemas = all.compactMap(\.schema)

  /// Whether a file says that it is a reference file, of whatever kind and version.
  static func isOurs(_ file: JSONValue) -> Bool {
    file["schema"]?.textIfAny?.hasPrefix(prefix) == true
  }

  private var schema: String? { name.map { "\(Self.prefix)\($0)/1" } }

  func isKind(of file: JSONValue) -> Bool {
    guard let schema else {
      return file["schema"] == nil && file["format"] != nil && file["cases"] != nil
    }
    return file["schema"]?.textIfAny == schema
  }
}
