internal import FoundationEssentials
internal import Networks
internal import Problems
internal import Settings
internal import Statistics
internal import Store
internal import Training
internal import Weighting

/// What the store keeps of a suite so that tables can be made from the store alone.
struct SuiteRecords {
  private let plan: Plan

  init(_ plan: Plan) {
    self.plan = plan
  }

  func save(to store: ResultStore) throws(StoreError) {
    try store.save(suite: suite, problems: problems, methods: methods)
    try store.save(networks: networks, of: plan.suite.name)
  }

  private var networks: [NetworkRecord] {
    plan.suite.problems.flatMap { problem in
      problem.networks.enumerated().map { order, network in
        NetworkRecord(
          problem: problem.label,
          label: network.label,
          order: order,
          settings: network.settings.json,
          parameters: network.size.parameters,
          sharedParameters: network.size.sharedParameters,
          multiplyAdds: Double(network.size.stepMultiplyAdds) * Double(problem.batchRows),
          widthFactor: network.widthFactor.map { Significant.rounded($0) },
          leftOut: network.leftOut.map {
            NetworkRecord.LeftOut(method: $0.method, reason: $0.reason)
          }
        )
      }
    }
  }

  private var suite: SuiteRecord {
    let suite = plan.suite
    let overrides = suite.overrides.map { (SuiteRecord.overridePrefix + $0.path, $0.value) }
    var record = SuiteRecord(
      name: suite.name,
      text: suite.text,
      planHash: plan.hash,
      createdAt: Date().formatted(.iso8601),
      settings: [
        "path": suite.path,
        "folder": suite.absoluteFolder,
        "runs": "\(plan.runCount)",
        "evaluation seeds": "\(suite.evaluationSeeds.count)",
        "tuning seeds": "\(suite.tuning.seeds.count)",
        "tuning rungs": suite.tuning.rungs.map { "\($0)" }.joined(separator: ", "),
        "tuning keep": "\(suite.tuning.keep)",
        "learning rates": suite.tuning.learningRates.map { "\($0)" }.joined(separator: ", "),
        "trials per method": "\(suite.tuning.trialCount)",
        "utilities": suite.utilities.map { $0.rawValue }.joined(separator: ", "),
        "numerics version": "\(RunSpec.numericsVersion)",
      ].merging(overrides) { _, new in new }
    )
    record.settings[SuiteRecord.shardKey] = suite.shard?.text
    return record
  }

  private var problems: [ProblemRecord] {
    plan.suite.problems.enumerated().map { order, problem in
      ProblemRecord(
        label: problem.label,
        problem: problem.name,
        family: problem.family,
        optimizer: problem.trainingSettings["optimizer"].map { Self.text($0) } ?? "",
        primaryTask: problem.primary,
        hasFixedRows: !problem.problem.dependsOnSeed,
        order: order,
        tasks: problem.tasks.enumerated().map { Self.record($1, index: $0) } + Self.sums(problem)
      )
    }
  }

  private static func text(_ value: CanonicalTable.Value) -> String {
    switch value {
    case .text(let text), .literal(let text): text
    case .list, .table: ""
    }
  }

  private static func record(_ task: TaskDescription, index: Int) -> TaskRecord {
    TaskRecord(
      index: index,
      name: task.name,
      kind: task.kind.title,
      loss: task.loss.rawValue,
      unit: task.unit,
      classCount: task.kind.classCount,
      metrics: task.metrics.enumerated().map { position, metric in
        record(
          metric,
          isInDeltaM: task.deltaMetrics.contains(metric),
          unit: metric.hasTargetUnit ? task.unit : "",
          isPrimary: position == 0
        )
      }
    )
  }

  /// The sum over all tasks, where every task has a metric that is made to be summed.
  private static func sums(_ problem: SuiteProblem) -> [TaskRecord] {
    let metric = MetricKind.relativeLoss
    guard problem.tasks.allSatisfy({ $0.metrics.contains(metric) }) else { return [] }
    return [
      TaskRecord(
        index: nil,
        name: "sum of tasks",
        kind: "all",
        loss: "",
        unit: "",
        classCount: 0,
        metrics: [record(metric, isInDeltaM: false, unit: "", isPrimary: true)]
      )
    ]
  }

  private static func record(
    _ metric: MetricKind,
    isInDeltaM: Bool,
    unit: String,
    isPrimary: Bool
  ) -> MetricRecord {
    MetricRecord(
      name: metric.rawValue,
      title: metric.title,
      direction: metric.direction == .lowerIsBetter ? .lower : .higher,
      isInDeltaM: isInDeltaM,
      unit: unit,
      isPrimary: isPrimary
    )
  }

  /// Rows of the tables in their order; points of the front come later.
  ///
  /// Single-task; then network by network fixed weights, controls, loss weightings, gradient
  /// weightings, each group in the registry's order.
  private var methods: [MethodRecord] {
    var rows = [row(MethodLabel.singleTask, .singleTask, order: 0)]
    for base in plan.suite.problems.flatMap({ $0.bases })
    where !rows.contains(where: { $0.label == base.label }) {
      rows.append(row(base.label, .base, order: rows.count))
    }
    let all = plan.suite.problems.flatMap { $0.methods }
    for (index, network) in plan.suite.problems[0].networks.enumerated() {
      for group in MethodGroup.compared {
        let own = all.filter { $0.group == group && $0.network == index }
        for method in ordered(own) where !rows.contains(where: { $0.label == method.label }) {
          rows.append(row(method, on: network.label, order: rows.count))
        }
      }
    }
    return rows
  }

  private func row(_ label: String, _ group: MethodGroup, order: Int) -> MethodRecord {
    MethodRecord(
      label: label,
      method: EqualWeighting.name,
      group: group,
      order: order,
      settings: "{}"
    )
  }

  private func ordered(_ methods: [SuiteMethod]) -> [SuiteMethod] {
    let names = WeightingRegistry.names
    return methods.enumerated().sorted { first, second in
      let a = names.firstIndex(of: first.element.name) ?? 0
      let b = names.firstIndex(of: second.element.name) ?? 0
      return (a, first.offset) < (b, second.offset)
    }.map { $0.element }
  }

  private func row(_ method: SuiteMethod, on network: String, order: Int) -> MethodRecord {
    MethodRecord(
      label: method.label,
      method: method.name,
      group: method.group,
      order: order,
      settings: method.settings.json,
      network: network
    )
  }
}
