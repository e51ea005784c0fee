internal import Glibc
internal import Problems
internal import Settings
package import Statistics

/// What a suite file says, checked as far as it can be without training.
package struct Suite: Sendable {
  /// Path of the key that says how many evaluation seeds there are.
  package static let evaluationSeedsKey = "evaluation.seeds"

  package let name: String
  /// The YAML text as it was read.
  package let text: String
  package let path: String
  /// What is set otherwise than in the text.
  package let overrides: [SuiteOverride]
  /// The file's folder, which paths inside it are relative to.
  package var folder: String { Suite.folder(path) }
  /// Every problem of the file under every optimizer.
  package let problems: [SuiteProblem]
  /// The part of the suite that this is; nil for the whole.
  package let shard: Shard?
  /// Whether the part is some runs of every stage, not whole problems.
  let isDealt: Bool
  package let tuning: TuningBudget
  /// What choices are made by, the main one, which all tables show, first.
  package let utilities: [Utility]
  /// Seeds of the evaluation runs; disjoint from the tuning seeds.
  package let evaluationSeeds: [UInt64]

  /// Reads and checks a suite file.
  ///
  /// - Parameters:
  ///   - path: The file; paths inside it are relative to its folder.
  ///   - overrides: Keys that get other values than in the file.
  /// - Throws: `SettingsError` for the file or anything in it, `CSVError` for a data file.
  package init(path: String, overrides: [SuiteOverride] = []) throws {
    let text = try TextFile.read(path: path)
    try self.init(text: text, path: path, overrides: overrides)
  }

  /// Reads and checks the text of a suite file.
  ///
  /// - Parameters:
  ///   - text: The YAML.
  ///   - path: What messages call the file; paths in the text are relative to its folder.
  ///   - earlier: A suite of the same folder: problems that it asks for with the same settings are taken
  ///     from it, and their files are not read again.
  ///   - overrides: Keys that get other values than in the text.
  /// - Throws: `SettingsError` for anything in the text, `CSVError` for a data file.
  package init(
    text: String,
    path: String,
    after earlier: Suite? = nil,
    overrides: [SuiteOverride] = []
  ) throws {
    let table = try YAMLReader.read(text, file: path)
    var reader = SettingsReader(try SuiteOverride.applied(overrides, to: table))
    self.text = text
    self.path = path
    self.overrides = overrides
    name = try reader.text("suite", default: Suite.baseName(path))
    _ = try reader.optionalText("description")
    let network = try Suite.table("network", &reader)
    let training = try Suite.table("training", &reader)
    if let network { try ProblemChecks.network(network, path: "network") }
    if let training { try ProblemChecks.training(training, path: "training") }
    tuning = try Suite.nested("tuning", &reader) { (nested) throws(SettingsError) in
      try TuningBudget(settings: &nested)
    }
    let seedCount = try Suite.nested("evaluation", &reader) { (nested) throws(SettingsError) in
      try nested.count("seeds", default: 10, in: 1...1000)
    }
    evaluationSeeds = (1...seedCount).map { UInt64($0) }
    let sweep = try Suite.nested("sweep", &reader) { (nested) throws(SettingsError) in
      try StaticSweep(settings: &nested)
    }
    utilities = try Suite.utilities(&reader)
    let requests = try MethodRequest.list(&reader)
    let optimizers = try OptimizerRequest.list(&reader, tuning)
    let base = try SingleTaskBase(&reader)
    let networks = try NetworkRequest.list(&reader)
    let isMatched = try reader.optionalChoice("match", of: ["parameters"]) != nil
    let elements = try reader.settings("problems")
    // A misspelt 'problems' is an unknown key before it is a missing one.
    try reader.finish()
    guard !elements.isEmpty else {
      throw reader.error("problems", "expected a list of at least one problem")
    }
    let defaults = SuiteProblem.Defaults(
      network: network,
      networks: networks,
      isMatched: isMatched,
      training: training,
      requests: requests,
      sweep: sweep,
      tuning: tuning,
      optimizers: optimizers,
      base: base,
      folder: Suite.folder(path),
      known: earlier?.problems ?? []
    )
    var problems: [SuiteProblem] = []
    for (index, element) in elements.enumerated() {
      let path = "problems[\(index)]"
      for problem in try SuiteProblem.all(element, path: path, defaults) {
        guard !problems.contains(where: { $0.label == problem.label }) else {
          throw SettingsError.setting(
            element.place,
            path: path,
            .other("label '\(problem.label)' is taken; give one of the two another label")
          )
        }
        problems.append(problem)
      }
    }
    self.problems = problems
    shard = nil
    isDealt = false
  }

  /// The part of the suite that a shard trains: its problems alone, or all of them where it is some runs of
  /// every stage.
  package func part(_ shard: Shard) -> Suite {
    guard shard.isProblems(of: problems.count) else {
      return Suite(self, problems: problems, shard: shard)
    }
    return Suite(self, problems: shard.deal(problems), shard: shard)
  }

  private init(_ other: Suite, problems: [SuiteProblem], shard: Shard) {
    name = other.name
    text = other.text
    path = other.path
    tuning = other.tuning
    utilities = other.utilities
    evaluationSeeds = other.evaluationSeeds
    overrides = other.overrides
    self.problems = problems
    self.shard = shard
    isDealt = !shard.isProblems(of: other.problems.count)
  }

  /// The utilities that choices are made by: `mean` first, which every table is made of.
  private static func utilities(
    _ reader: inout SettingsReader
  ) throws(SettingsError) -> [Utility] {
    let known = Utility.allCases.map { $0.rawValue }
    let names = try reader.texts("utilities", default: [known[0]], count: 1...known.count)
    for name in names where !known.contains(name) {
      throw .setting(
        reader.place(of: "utilities"),
        path: reader.path(of: "utilities"),
        .unknownName(name, kind: "utility", known: known)
      )
    }
    guard Set(names).count == names.count else {
      throw reader.error("utilities", "expected each utility once")
    }
    let others = names.filter { $0 != known[0] }
    return ([known[0]] + others).compactMap { Utility(rawValue: $0) }
  }

  private static func table(
    _ key: String,
    _ reader: inout SettingsReader
  ) throws(SettingsError) -> SettingsTable? {
    guard let setting = reader.rawSetting(key) else { return nil }
    return try setting.table(path: reader.path(of: key))
  }

  /// Reads a nested table by `body`; a table that is absent reads as an empty one.
  private static func nested<Value>(
    _ key: String,
    _ reader: inout SettingsReader,
    _ body: (inout SettingsReader) throws(SettingsError) -> Value
  ) throws(SettingsError) -> Value {
    if let value = try reader.nested(key, body) { return value }
    var empty = SettingsReader(SettingsTable([], at: reader.place), path: key)
    return try body(&empty)
  }

  /// A path's last part without its ending.
  static func baseName(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }

  /// The folder of the file as every folder can name it, which runs are made again from.
  var absoluteFolder: String {
    let folder = Suite.folder(path)
    guard let resolved = realpath(folder, nil) else { return folder }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func folder(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
