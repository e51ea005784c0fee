package import Kernels
internal import Problems
internal import Settings
package import Store
internal import Training

/// Trains a stored run again from nothing but its spec.
package enum Rerun {
  /// - Parameters:
  ///   - run: As stored.
  ///   - store: Where the run comes from; its suites know the folder of data files.
  ///   - folder: Folder that data files in the spec are relative to; nil for that of a suite which
  ///     holds the run.
  ///   - kernels: The instruction set to compute with.
  /// - Returns: The new record.
  /// - Throws: `SettingsError` for a spec that this version cannot read, `CSVError` for a data file
  ///   that cannot be read, `RerunError` for one that has changed.
  package static func train(
    _ run: RunRecord,
    from store: ResultStore,
    folder: String?,
    kernels: KernelTable
  ) throws -> RunRecord {
    guard !ImportedResults.isImported(run) else {
      throw RerunError.imported(identity: run.identity)
    }
    let spec = try RunSpec(json: run.spec)
    let place = try folder ?? suiteFolder(run, store)
    let problem = try problem(of: spec, folder: place)
    for key in contentKeys(spec).sorted() {
      let name = String(key.dropFirst(CanonicalTable.contentPrefix.count))
      guard spec.problem[key] == problem.provenance[name].map({ .text($0) }) else {
        throw RerunError.contentChanged(identity: run.identity, content: name)
      }
    }
    let data: ProblemData
    do {
      data = try problem.makeData(seed: spec.seed)
    } catch {
      return RunRecord(skipped: spec, reason: "\(error)", kernels.instructionSet)
    }
    let outcome = try Run(spec, data: data, kernels: kernels, relativeTo: place).train { false }
    guard let outcome else { preconditionFailure("a run that nobody cancels has an outcome") }
    return RunRecord(spec, outcome, kernels.instructionSet)
  }

  private static func problem(of spec: RunSpec, folder: String) throws -> any Problem {
    let table = spec.problem.table.removing(contentKeys(spec))
    var reader = SettingsReader(table, path: "problem")
    let name = try reader.text("name")
    var settings = SettingsReader(table.removing(["name"]), path: "problem")
    return try ProblemRegistry.make(name, settings: &settings, relativeTo: folder)
  }

  /// What differs between two records of one spec; empty when every number has the same bits.
  package static func differences(_ first: RunRecord, _ second: RunRecord) -> [String] {
    var found: [String] = []
    func compare<Value: Equatable>(_ name: String, _ a: Value, _ b: Value) {
      if a != b { found.append("\(name) differ") }
    }
    compare("specs", first.spec, second.spec)
    compare(
      "outcomes",
      [first.end.status.rawValue, first.end.reason],
      [second.end.status.rawValue, second.end.reason]
    )
    compare("step counts", first.end.stepCount, second.end.stepCount)
    if first.end.memoryBytes != nil, second.end.memoryBytes != nil {
      compare("memory counts", first.end.memoryBytes, second.end.memoryBytes)
    }
    compare("parameters", first.parameterHash, second.parameterHash)
    // As texts, in which every number is told from every other and NaN equals itself.
    compare("metrics", Set(first.metrics.map { "\($0)" }), Set(second.metrics.map { "\($0)" }))
    compare(
      "metrics at other checkpoints",
      Set(first.checkpointMetrics.map { "\($0)" }),
      Set(second.checkpointMetrics.map { "\($0)" })
    )
    compare(
      "learning curves",
      Set(first.evaluations.map { "\($0)" }),
      Set(second.evaluations.map { "\($0)" })
    )
    compare(
      "task diagnostics",
      Set(first.taskSteps.map { "\($0)" }),
      Set(second.taskSteps.map { "\($0)" })
    )
    compare(
      "pair diagnostics",
      Set(first.pairSteps.map { "\($0)" }),
      Set(second.pairSteps.map { "\($0)" })
    )
    compare(
      "mechanisms",
      Set(first.mechanism.map { "\($0)" }),
      Set(second.mechanism.map { "\($0)" })
    )
    return found
  }

  private static func contentKeys(_ spec: RunSpec) -> Set<String> {
    Set(spec.problem.keys.filter { $0.hasPrefix(CanonicalTable.contentPrefix) })
  }

  private static func suiteFolder(_ run: RunRecord, _ store: ResultStore) throws -> String {
    guard let entry = try store.entries(playedBy: run.identity).first else { return "." }
    return try store.suite(named: entry.suite).settings["folder"] ?? "."
  }
}

/// Why a stored run cannot be made again.
package enum RerunError: Error, Hashable, CustomStringConvertible {
  /// A data file is not as it was when the run was made.
  case contentChanged(identity: String, content: String)
  /// It was made by another program.
  case imported(identity: String)

  package var description: String {
    switch self {
    case .imported(let identity):
      "run \(identity): was made elsewhere and taken in by 'mtlbench judge', so that it cannot be made "
        + "again here"
    case .contentChanged(let identity, let content):
      "run \(identity): its \(content) file has changed since; restore the file, or name the folder "
        + "that holds it as it was with --folder"
    }
  }
}
