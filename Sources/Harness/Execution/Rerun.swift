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
  /// - Throws: `SettingsError` for a spec that this version cannot read, `CSVError` for data.
  package static func train(
    _ run: RunRecord,
    from store: ResultStore,
    folder: String?,
    kernels: KernelTable
  ) throws -> RunRecord {
    let spec = try RunSpec(json: run.spec)
    let place = try folder ?? suiteFolder(run, store)
    var reader = SettingsReader(
      try CanonicalTable.table(spec.problem.json).removing(contentKeys(spec)), path: "problem")
    let name = try reader.text("name")
    let table = try CanonicalTable.table(spec.problem.json)
      .removing(contentKeys(spec).union(["name"]))
    var settings = SettingsReader(table, path: "problem")
    let problem = try ProblemRegistry.make(name, settings: &settings, relativeTo: place)
    let data = try problem.makeData(seed: spec.seed)
    let outcome = try Run(spec, data: data, kernels: kernels, relativeTo: place).train { false }
    guard let outcome else { preconditionFailure("a run that nobody cancels has an outcome") }
    return RunRecord(spec, outcome, kernels.instructionSet)
  }

  /// What differs between two records of one spec; empty when every number has the same bits.
  package static func differences(_ first: RunRecord, _ second: RunRecord) -> [String] {
    var found: [String] = []
    func compare<Value: Equatable>(_ name: String, _ a: Value, _ b: Value) {
      if a != b { found.append("\(name) differ") }
    }
    compare("specs", first.spec, second.spec)
    compare("outcomes", [first.status, first.reason], [second.status, second.reason])
    compare("step counts", first.stepCount, second.stepCount)
    compare("parameters", first.parameterHash, second.parameterHash)
    compare("metrics", Set(first.metrics), Set(second.metrics))
    compare("learning curves", Set(first.evaluations), Set(second.evaluations))
    compare("task diagnostics", Set(first.taskSteps), Set(second.taskSteps))
    compare("pair diagnostics", Set(first.pairSteps), Set(second.pairSteps))
    return found
  }

  private static func contentKeys(_ spec: RunSpec) -> Set<String> {
    Set(spec.problem.keys.filter { $0.hasPrefix("content ") })
  }

  private static func suiteFolder(_ run: RunRecord, _ store: ResultStore) throws -> String {
    for suite in try store.suites() {
      guard try store.entries(of: suite.name).contains(where: { $0.identity == run.identity }),
        let path = suite.settings["path"]
      else { continue }
      guard let slash = path.lastIndex(of: "/") else { return "." }
      return String(path[..<slash])
    }
    return "."
  }
}
