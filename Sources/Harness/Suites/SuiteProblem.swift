internal import Kernels
internal import Networks
package import Problems
package import Settings
internal import Store
internal import Training
internal import Weighting

/// A problem of a suite under one optimizer, with the network, training and methods planned on it.
package struct SuiteProblem: Sendable {
  /// Shared parameters of the network that method settings are checked against.
  private static let nominalSharedCount = 16

  /// Keys of a problem's table that the harness reads; the others are the problem's own.
  private static let ownKeys = [
    "problem", "label", "family", "network", "training", "sweep", "primary", "single_task",
  ]

  /// What the suite says for all its problems.
  struct Defaults: Sendable {
    let network: SettingsTable?
    let networks: [NetworkRequest]
    /// Whether all networks get as many parameters as the first one.
    let isMatched: Bool
    let training: SettingsTable?
    let requests: [MethodRequest]
    let sweep: StaticSweep
    let tuning: TuningBudget
    let optimizers: [OptimizerRequest]
    let base: SingleTaskBase
    let folder: String
    /// Problems that were read before.
    let known: [SuiteProblem]
  }

  /// What one trial changes of the training.
  struct TrialTraining: Hashable, Sendable {
    /// Training settings without the learning rate, defaults included.
    let settings: CanonicalTable
    /// Those of them that were searched.
    let searched: CanonicalTable
  }

  package let label: String
  /// Problems of one family count as one block in tests across problems.
  package let family: String
  package let name: String
  package let problem: any Problem
  /// The problem's own keys as the suite gives them.
  private let asked: CanonicalTable
  /// The problem's name, settings and content hashes.
  package let problemSettings: CanonicalTable
  /// The networks that every method is run on; Δm is counted from single-task networks with the trunk of
  /// the first.
  package let networks: [SuiteNetwork]
  /// Single-task networks of other kinds.
  let bases: [NetworkSizing.Base]
  /// Rows of a training batch, of the first trial where batches are searched.
  package let batchRows: Int
  /// The training of each trial.
  let trainings: [TrialTraining]
  package let tasks: [TaskDescription]
  /// The data that the tasks were learnt from.
  package let firstData: FirstData
  /// Index of the task that the utility `primary` is about.
  package let primary: Int
  /// The methods asked for and, with several tasks, the rivals of fixed weights.
  package let methods: [SuiteMethod]
  package let sweep: StaticSweep
  package let tuning: TuningBudget
  /// What methods on the first network are checked against.
  private let context: MethodContext

  /// The problem of an element of `problems` under every optimizer of the suite.
  static func all(
    _ setting: Setting,
    path: String,
    _ defaults: Defaults
  ) throws -> [SuiteProblem] {
    let table = try table(setting, path)
    var reader = SettingsReader(table, path: path)
    let name = try reader.text("problem")
    guard ProblemRegistry.names.contains(name) else {
      throw SettingsError.setting(
        reader.place(of: "problem"),
        path: reader.path(of: "problem"),
        .unknownName(name, kind: "problem", known: ProblemRegistry.names)
      )
    }
    let own = table.removing(Set(ownKeys))
    let asked = CanonicalTable(own)
    let problem: any Problem
    var settings: CanonicalTable
    let firstData: FirstData
    if let known = defaults.known.first(where: { $0.name == name && $0.asked == asked }) {
      (problem, settings, firstData) = (known.problem, known.problemSettings, known.firstData)
    } else {
      var problemReader = SettingsReader(own, path: path)
      do {
        problem = try ProblemRegistry.make(
          name,
          settings: &problemReader,
          relativeTo: defaults.folder
        )
      } catch let error as SettingsError {
        let own = ProblemRegistry.type(named: name)?.description.settings.map { $0.key } ?? []
        throw error.knowing(ownKeys, at: path)
          .blaming(table, known: ownKeys + own, at: path)
      }
      settings = problemReader.resolved
      settings["name"] = .text(name)
      for (key, value) in problem.provenance {
        settings[CanonicalTable.contentPrefix + key] = .text(value)
      }
      firstData = FirstData(try problem.makeData(seed: FirstData.seed))
    }
    let data = try firstData.get(of: problem)
    let tasks = data.tasks
    let sizing = NetworkSizing(
      rowCounts: data.train.rowsOfTask?.map { $0.count } ?? [data.train.rowCount],
      form: data.inputForm,
      outputCounts: tasks.map { $0.outputCount }
    )
    return try defaults.optimizers.map { optimizer in
      try SuiteProblem(
        reader,
        path: path,
        problem: problem,
        asked: asked,
        problemSettings: settings,
        tasks: tasks,
        firstData: firstData,
        hasCommonRows: !data.hasOwnRows,
        sizing,
        defaults,
        optimizer
      )
    }
  }

  private init(
    _ reader: SettingsReader,
    path: String,
    problem: any Problem,
    asked: CanonicalTable,
    problemSettings: CanonicalTable,
    tasks: [TaskDescription],
    firstData: FirstData,
    hasCommonRows: Bool,
    _ sizing: NetworkSizing,
    _ defaults: Defaults,
    _ optimizer: OptimizerRequest
  ) throws {
    var reader = reader
    self.problem = problem
    self.asked = asked
    self.problemSettings = problemSettings
    self.tasks = tasks
    self.firstData = firstData
    name = try reader.text("problem")
    let label = try reader.optionalText("label") ?? Self.standardLabel(name, asked)
    family = try reader.optionalText("family") ?? label
    self.label = defaults.optimizers.count > 1 ? "\(label)-\(optimizer.label)" : label
    tuning = optimizer.tuning
    primary = try Self.primary(&reader, tasks)
    let network = try Self.nestedTable("network", &reader)
    let training = try Self.nestedTable("training", &reader)
    let sweep =
      try reader.nested("sweep") { (nested) throws(SettingsError) in
        try StaticSweep(settings: &nested)
      } ?? defaults.sweep
    self.sweep = sweep
    let none = SettingsTable([], at: reader.place)
    let networkTable = (defaults.network ?? none).overlaid(by: network)
    var networks = try sizing.networks(
      defaults.networks,
      over: networkTable,
      path: "\(path).network",
      isMatched: defaults.isMatched
    )
    bases = try Self.bases(
      networks,
      own: try SingleTaskBase(&reader).network ?? defaults.base.network,
      over: networkTable,
      sizing,
      isMatched: defaults.isMatched
    )
    if let training { try ProblemChecks.training(training, path: "\(path).training") }
    let trainingTable = (defaults.training ?? none)
      .overlaid(by: training, rivals: ["steps", "epochs"])
      .overlaid(by: optimizer.training)
    trainings = try Self.trainings(trainingTable, path: "\(path).training", optimizer.tuning)
    batchRows = sizing.batchRows(try ProblemChecks.batchRows(trainings[0].settings)).all
    for network in networks {
      for trial in trainings {
        try ProblemChecks.batch(
          network.settings,
          rows: sizing.batchRows(try ProblemChecks.batchRows(trial.settings)).fewest,
          training: trainingTable,
          path: "\(path).training"
        )
      }
    }
    var context = MethodContext(tasks, sharedCount: Self.nominalSharedCount)
    context.folder = defaults.folder
    context.hasCommonRows = hasCommonRows
    var methods: [SuiteMethod] = []
    let isAlone = networks.count == 1
    for index in networks.indices {
      context.sharing = try ProblemChecks.sharing(
        networks[index].settings,
        taskCount: tasks.count,
        form: sizing.form
      )
      methods += try Self.planMethods(
        defaults.requests,
        context,
        trials: tuning.trialCount,
        on: &networks[index],
        at: index,
        isAlone: isAlone
      )
    }
    try Self.refuseMissing(defaults.requests, networks, methods)
    context.sharing = try ProblemChecks.sharing(
      networks[0].settings,
      taskCount: tasks.count,
      form: sizing.form
    )
    self.context = context
    self.networks = networks
    self.methods = methods
  }

  /// All settings of the first network, defaults included.
  package var networkSettings: CanonicalTable { networks[0].settings }

  /// The training settings of the first trial, without the learning rate.
  package var trainingSettings: CanonicalTable { trainings[0].settings }

  /// Name and all settings of fixed weights.
  func staticSettings(weights: [Double], heads: String) -> CanonicalTable {
    var table = CanonicalTable()
    table["weights"] = .list(weights.map { .number($0) })
    table["heads"] = .text(heads)
    var reader = SettingsReader(table.table, path: "sweep")
    do throws(SettingsError) {
      _ = try WeightingRegistry.make(StaticWeighting.name, context: context, settings: &reader)
    } catch {
      preconditionFailure("the sweep made weights that cannot be used: \(error)")
    }
    var settings = reader.resolved
    settings["name"] = .text(StaticWeighting.name)
    return settings
  }

  /// The label of a problem that is given none: the name of its file, else its own.
  private static func standardLabel(_ name: String, _ asked: CanonicalTable) -> String {
    switch asked["file"] {
    case .text(let file), .literal(let file): Suite.baseName(file)
    case .list, .table, .none: name
    }
  }

  private static func table(_ setting: Setting, _ path: String) throws(SettingsError)
    -> SettingsTable
  {
    if case .scalar = setting.value {
      return SettingsTable([], at: setting.place)
        .adding("problem", try setting.value(as: .text, path: path))
    }
    return try setting.table(path: path)
  }

  private static func nestedTable(
    _ key: String,
    _ reader: inout SettingsReader
  ) throws(SettingsError) -> SettingsTable? {
    guard let setting = reader.rawSetting(key) else { return nil }
    return try setting.table(path: reader.path(of: key))
  }

  private static func primary(
    _ reader: inout SettingsReader,
    _ tasks: [TaskDescription]
  ) throws(SettingsError) -> Int {
    guard let name = try reader.optionalText("primary") else { return 0 }
    guard let index = tasks.firstIndex(where: { $0.name == name }) else {
      throw .setting(
        reader.place(of: "primary"),
        path: reader.path(of: "primary"),
        .unknownName(name, kind: "task", known: tasks.map { $0.name })
      )
    }
    return index
  }

  private static func trainings(
    _ table: SettingsTable,
    path: String,
    _ tuning: TuningBudget
  ) throws(SettingsError) -> [TrialTraining] {
    for value in tuning.search.single(at: table.place) {
      try ProblemChecks.training(table.overlaid(by: value), path: "tuning.search")
    }
    return try tuning.search.deal(tuning.trialCount, at: table.place).map {
      (searched) throws(SettingsError) in
      TrialTraining(
        settings: try ProblemChecks.training(
          searched.entries.isEmpty ? table : table.overlaid(by: searched),
          path: path
        ),
        searched: CanonicalTable(typed: searched)
      )
    }
  }

  /// Single-task networks beside those that Δm is counted from: of the suite's own, of the trunks of
  /// other networks, and of the size of the first network.
  private static func bases(
    _ networks: [SuiteNetwork],
    own: SettingsTable?,
    over table: SettingsTable,
    _ sizing: NetworkSizing,
    isMatched: Bool
  ) throws(SettingsError) -> [NetworkSizing.Base] {
    var bases: [NetworkSizing.Base] = []
    if let own {
      let settings = try ProblemChecks.network(
        table.overlaid(by: own),
        path: "single_task.network",
        form: sizing.form
      )
      bases.append(NetworkSizing.Base(label: MethodLabel.base, settings: settings))
    }
    var known = [networks[0].alone]
    for network in networks where !known.contains(network.alone) {
      known.append(network.alone)
      bases.append(
        NetworkSizing.Base(
          label: "\(MethodLabel.singleTask) (\(network.label))",
          settings: network.alone
        )
      )
    }
    if isMatched { bases.append(try sizing.matched(to: networks[0])) }
    return bases
  }

  /// The methods on one network, the rivals of fixed weights among them on the first.
  ///
  /// Where there are several networks, a method that cannot run on one is left out there.
  private static func planMethods(
    _ requests: [MethodRequest],
    _ context: MethodContext,
    trials: Int,
    on network: inout SuiteNetwork,
    at index: Int,
    isAlone: Bool
  ) throws(SettingsError) -> [SuiteMethod] {
    var methods: [SuiteMethod] = []
    for request in requests {
      do throws(SettingsError) {
        let label =
          index == 0 ? request.label : SuiteNetwork.label(request.label, on: network.label)
        methods.append(
          try planned(request, context, trials: trials, label: label, network: index)
        )
      } catch .setting(let place, let path, .other(let reason)) where !isAlone {
        // What is wrong elsewhere too is a mistake, and not for the network.
        var elsewhere = context
        elsewhere.sharing = .representation
        _ = try planned(request, elsewhere, trials: trials, label: request.label, network: index)
        guard request.name != EqualWeighting.name else {
          throw .setting(place, path: path, .other(reason))
        }
        network.leftOut.append(SuiteNetwork.LeftOut(method: request.label, reason: reason))
      }
    }
    guard context.taskCount > 1, index == 0 else { return methods }
    let rivals = [
      (MethodLabel.singleTaskUnits, SuiteMethod.Rival.singleTaskUnits),
      (MethodLabel.tunedStatic, SuiteMethod.Rival.sweep),
    ]
    for (label, rival) in rivals {
      methods.append(
        SuiteMethod(
          label: label,
          group: .fixed,
          name: StaticWeighting.name,
          rival: rival,
          network: 0,
          trials: []
        )
      )
    }
    return methods
  }

  /// Refuses a method that no network can run, and labels that meet.
  private static func refuseMissing(
    _ requests: [MethodRequest],
    _ networks: [SuiteNetwork],
    _ methods: [SuiteMethod]
  ) throws(SettingsError) {
    for request in requests {
      let reasons = networks.compactMap { network in
        network.leftOut.first { $0.method == request.label }?.reason
      }
      if reasons.count == networks.count, let reason = reasons.first {
        throw request.labelError(reason)
      }
    }
    var labels: Set<String> = []
    for method in methods where !labels.insert(method.label).inserted {
      throw .setting(
        requests[0].settings.place,
        path: "networks",
        .other("label '\(method.label)' is taken; give its method or its network another label")
      )
    }
  }

  private static func planned(
    _ request: MethodRequest,
    _ context: MethodContext,
    trials: Int,
    label: String,
    network: Int
  ) throws(SettingsError) -> SuiteMethod {
    let (method, _) = try made(request, request.settings, context)
    let place = request.settings.place
    for value in request.search.single(at: place) {
      _ = try made(request, request.settings.overlaid(by: value), context)
    }
    let dealt = try request.search.deal(trials, at: place).map {
      (searched) throws(SettingsError) -> SuiteMethod.Trial in
      let table =
        searched.entries.isEmpty ? request.settings : request.settings.overlaid(by: searched)
      return SuiteMethod.Trial(
        settings: try made(request, table, context).settings,
        searched: CanonicalTable(typed: searched)
      )
    }
    let isFixed = [EqualWeighting.name, StaticWeighting.name].contains(request.name)
    return SuiteMethod(
      label: label,
      group: isFixed ? .fixed : group(method.rule.family),
      name: request.name,
      rival: nil,
      network: network,
      trials: dealt
    )
  }

  private static func group(_ family: MethodDescription.Family) -> MethodGroup {
    switch family {
    case .loss: .loss
    case .gradient: .gradient
    case .control: .control
    }
  }

  private static func made(
    _ request: MethodRequest,
    _ table: SettingsTable,
    _ context: MethodContext
  ) throws(SettingsError) -> (method: ConfiguredMethod, settings: CanonicalTable) {
    var reader = SettingsReader(table, path: request.path)
    let method: ConfiguredMethod
    do throws(SettingsError) {
      method = try WeightingRegistry.make(request.name, context: context, settings: &reader)
    } catch {
      let own = WeightingRegistry.all.first { $0.name == request.name }?.description.settings ?? []
      let known = MethodRequest.ownKeys + (own + ConfiguredMethod.settings).map { $0.key }
      throw error.knowing(MethodRequest.ownKeys, at: request.path)
        .blaming(request.settings, known: known, at: request.path)
    }
    var settings = reader.resolved
    settings["name"] = .text(request.name)
    return (method, settings)
  }
}
