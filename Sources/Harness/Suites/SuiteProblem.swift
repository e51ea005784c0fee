internal import Kernels
package import Problems
package import Settings
internal import Training
internal import Weighting

/// A problem of a suite with the network, training and methods that are planned on it.
package struct SuiteProblem: Sendable {
  /// Shared parameters of the network that method settings are checked against.
  private static let nominalSharedCount = 16

  /// Keys of a problem's table that the harness reads; the others are the problem's own.
  private static let ownKeys = ["problem", "label", "family", "network", "training", "sweep"]

  /// What the suite says for all its problems.
  struct Defaults: Sendable {
    let network: Table?
    let training: Table?
    let requests: [MethodRequest]
    let sweep: StaticSweep
    let folder: String
  }

  package let label: String
  /// Problems of one family count as one block in tests across problems.
  package let family: String
  package let name: String
  package let problem: any Problem
  /// The problem's name, settings and content hashes.
  package let problemSettings: CanonicalTable
  package let networkSettings: CanonicalTable
  /// Training settings without the learning rate.
  package let trainingSettings: CanonicalTable
  package let tasks: [TaskDescription]
  /// Equal, the sweep's points and the methods asked for.
  package let methods: [SuiteMethod]

  init(_ setting: Setting, path: String, _ defaults: Defaults) throws {
    let table = try Self.table(setting, path)
    var reader = SettingsReader(table, path: path)
    name = try reader.text("problem")
    let label = try reader.optionalText("label")
    let family = try reader.optionalText("family")
    let network = try Self.nestedTable("network", &reader)
    let training = try Self.nestedTable("training", &reader)
    let sweep = try reader.nested("sweep") { (nested) throws(SettingsError) in
      try StaticSweep(settings: &nested)
    }
    guard ProblemRegistry.names.contains(name) else {
      throw SettingsError.setting(
        reader.place(of: "problem"),
        path: reader.path(of: "problem"),
        .unknownName(name, kind: "problem", known: ProblemRegistry.names)
      )
    }
    var problemReader = SettingsReader(table.removing(Set(Self.ownKeys)), path: path)
    do {
      problem = try ProblemRegistry.make(
        name,
        settings: &problemReader,
        relativeTo: defaults.folder
      )
    } catch let error as SettingsError {
      throw error.knowing(Self.ownKeys, at: path)
    }
    var settings = problemReader.resolved
    settings["name"] = .text(name)
    for (key, value) in problem.provenance { settings[RunSpec.contentPrefix + key] = .text(value) }
    problemSettings = settings
    self.label = label ?? name
    self.family = family ?? self.label

    let data = try problem.makeData(seed: 1)
    tasks = data.tasks
    let none = Table([], at: setting.place)
    networkSettings = try ProblemChecks.network(
      (defaults.network ?? none).overlaid(by: network),
      path: "\(path).network",
      outputCounts: data.tasks.map { $0.outputCount }
    )
    if let training { try ProblemChecks.training(training, path: "\(path).training") }
    trainingSettings = try ProblemChecks.training(
      (defaults.training ?? none).overlaid(by: training, rivals: ["steps", "epochs"]),
      path: "\(path).training"
    )
    methods = try Self.planMethods(data, defaults, sweep ?? defaults.sweep)
  }

  private static func table(_ setting: Setting, _ path: String) throws(SettingsError) -> Table {
    if case .scalar = setting.value {
      return Table([], at: setting.place)
        .adding("problem", try setting.value(as: .text, path: path))
    }
    return try setting.table(path: path)
  }

  private static func nestedTable(
    _ key: String,
    _ reader: inout SettingsReader
  ) throws(SettingsError) -> Table? {
    guard let setting = reader.rawSetting(key) else { return nil }
    return try setting.table(path: reader.path(of: key))
  }

  private static func planMethods(
    _ data: ProblemData,
    _ defaults: Defaults,
    _ sweep: StaticSweep
  ) throws(SettingsError) -> [SuiteMethod] {
    var context = MethodContext(data.tasks, sharedCount: nominalSharedCount)
    context.folder = defaults.folder
    var methods: [SuiteMethod] = []
    for request in defaults.requests {
      methods.append(try planned(request, context))
    }
    for weights in sweep.points(taskCount: data.tasks.count) {
      let point = try sweepPoint(weights, context)
      if let request = defaults.requests.first(where: { $0.label == point.label }) {
        throw request.labelError("label '\(point.label)' is kept for that point of the sweep")
      }
      methods.append(point)
    }
    return methods
  }

  private static func planned(
    _ request: MethodRequest,
    _ context: MethodContext
  ) throws(SettingsError) -> SuiteMethod {
    var reader = SettingsReader(request.settings, path: request.path)
    let method: ConfiguredMethod
    do throws(SettingsError) {
      method = try WeightingRegistry.make(request.name, context: context, settings: &reader)
    } catch {
      throw error.knowing(MethodRequest.ownKeys, at: request.path)
    }
    var settings = reader.resolved
    settings["name"] = .text(request.name)
    let isFixed = [EqualWeighting.name, StaticWeighting.name].contains(request.name)
    let isGradient = method.rule.family == .gradient
    return SuiteMethod(
      label: request.label,
      group: isFixed ? .fixed : isGradient ? .gradient : .loss,
      settings: settings,
      name: request.name,
      sweepWeights: nil
    )
  }

  private static func sweepPoint(
    _ weights: [Double],
    _ context: MethodContext
  ) throws(SettingsError) -> SuiteMethod {
    var table = CanonicalTable()
    table["weights"] = .list(weights.map { .number($0) })
    var reader = SettingsReader(table.table, path: "sweep")
    _ = try WeightingRegistry.make(StaticWeighting.name, context: context, settings: &reader)
    var settings = reader.resolved
    settings["name"] = .text(StaticWeighting.name)
    let percent = weights.map { percentText($0 * 100) }.joined(separator: "/")
    return SuiteMethod(
      label: "static \(percent)",
      group: .sweep,
      settings: settings,
      name: StaticWeighting.name,
      sweepWeights: weights
    )
  }

  /// A percentage with as many digits as tell it from 0 and from 100.
  private static func percentText(_ percent: Double) -> String {
    var digits = 0
    var scale = 1.0
    let distance = min(percent, 100 - percent)
    while digits < 9 && distance * scale < 0.5 {
      digits += 1
      scale *= 10
    }
    let rounded = (percent * scale).rounded() / scale
    return digits == 0 ? "\(Int(rounded))" : "\(rounded)"
  }
}
