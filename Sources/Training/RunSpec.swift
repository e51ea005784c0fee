package import Settings

/// Everything a run depends on, in one canonical spelling.
///
/// Two runs with the same spec and numerics version give the same bits, wherever and whenever they
/// are trained.
package struct RunSpec: Hashable, Sendable {
  /// Raised by every change that can alter a stored number.
  package static let numericsVersion = 4

  /// The problem's `name`, its settings, and a hash of its content where it is read from a file.
  package let problem: CanonicalTable
  package let network: CanonicalTable
  /// Optimizer, learning rate, length, checkpoint rule and what is recorded.
  package let training: CanonicalTable
  /// The method's `name` and settings.
  package let method: CanonicalTable
  /// The problem's tasks that are trained, ascending.
  package let tasks: [Int]
  package let seed: UInt64

  package init(
    problem: CanonicalTable,
    network: CanonicalTable,
    training: CanonicalTable,
    method: CanonicalTable,
    tasks: [Int],
    seed: UInt64
  ) {
    self.problem = problem
    self.network = network
    self.training = training
    self.method = method
    self.tasks = tasks
    self.seed = seed
  }

  /// The whole spec as one line of JSON.
  package var json: String {
    var table = CanonicalTable()
    table["problem"] = .table(problem)
    table["network"] = .table(network)
    table["training"] = .table(training)
    table["method"] = .table(method)
    table["tasks"] = .list(tasks.map { .count($0) })
    table["seed"] = .count(seed)
    return table.json
  }

  /// Sixteen hexadecimal digits: the FNV-1a hash of the spec and the numerics version.
  ///
  /// The store compares whole specs, so that a collision could never mix up two runs.
  package var identity: String {
    var hash = StableHash()
    hash.combine(text: "numerics \(Self.numericsVersion)\n")
    hash.combine(text: json)
    return hash.hexadecimal
  }

  /// The spec that some JSON spells.
  ///
  /// - Throws: `SettingsError` when `json` is no spec.
  package init(json: String) throws(SettingsError) {
    var reader = SettingsReader(try CanonicalTable.table(json))
    problem = try RunSpec.part("problem", &reader)
    network = try RunSpec.part("network", &reader)
    training = try RunSpec.part("training", &reader)
    method = try RunSpec.part("method", &reader)
    tasks = try reader.counts("tasks", default: nil, in: 0...100_000, count: 1...100_000)
    seed = UInt64(try reader.count("seed", default: nil, in: 0...Int.max))
    try reader.finish()
  }

  private static func part(
    _ key: String,
    _ reader: inout SettingsReader
  ) throws(SettingsError) -> CanonicalTable {
    guard let setting = reader.rawSetting(key) else {
      throw reader.error(key, "a run's spec needs this table")
    }
    return CanonicalTable(try setting.table(path: key))
  }
}
