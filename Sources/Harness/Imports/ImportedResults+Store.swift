internal import FoundationEssentials
internal import Problems
internal import Settings
package import Store
internal import Training

extension ImportedResults {
  /// What runs of other programs have in place of mtlbench's version.
  private static let origin = "imported"

  /// Whether a run was made by another program.
  static func isImported(_ run: RunRecord) -> Bool { run.programVersion == origin }

  /// Stores everything as a suite of evaluation runs whose tuning is not known.
  ///
  /// - Throws: `StoreError` when it cannot be stored.
  package func save(to store: ResultStore) throws(StoreError) {
    try store.save(suite: suite, problems: problemRecords, methods: methodRecords)
    var entries: [PlanEntry] = []
    var chosen: Set<String> = []
    var choices: [TuningChoice] = []
    for run in runs {
      for (task, record) in records(of: run) {
        try store.save(record)
        entries.append(entry(run, task, record.identity))
        if chosen.insert("\(run.problem)\u{0}\(run.method)\u{0}\(task ?? -1)").inserted {
          choices.append(choice(run, task))
        }
      }
    }
    try store.save(entries: entries)
    try store.save(choices: choices)
  }

  private var suite: SuiteRecord {
    var settings = [
      SuiteRecord.importedKey: path, "evaluation seeds": "\(Set(runs.map { $0.seed }).count)",
    ]
    if let rival { settings[SuiteRecord.rivalKey] = rival }
    var hash = StableHash()
    for text in [self.hash, singleTask ?? "", rival ?? ""]
      + metrics.map({ "\($0.isHigher ?? false)" })
    {
      hash.combine(text: text + "\n")
    }
    return SuiteRecord(
      name: name,
      text: "# imported from \(path), FNV-1a \(self.hash)\n",
      planHash: hash.hexadecimal,
      createdAt: Date().formatted(.iso8601),
      settings: settings
    )
  }

  /// Names of a problem's tasks, in the order of the file.
  private func tasks(of problem: String) -> [String] {
    var names: [String] = []
    for metric in metrics(of: problem) where !names.contains(metric.task) {
      names.append(metric.task)
    }
    return names
  }

  private func metrics(of problem: String) -> [ImportedCells.Metric] {
    let own = metricsOfProblem[problem] ?? []
    return metrics.filter { own.contains(Place(task: $0.task, metric: $0.name)) }
  }

  private var problemRecords: [ProblemRecord] {
    problems.enumerated().map { order, problem in
      let all = metrics(of: problem)
      return ProblemRecord(
        label: problem,
        problem: Self.origin,
        family: problem,
        order: order,
        tasks: tasks(of: problem).enumerated().map { index, task in
          TaskRecord(
            index: index,
            name: task,
            kind: Self.origin,
            loss: "",
            unit: "",
            classCount: 0,
            metrics: all.filter { $0.task == task }.enumerated().map { place, metric in
              MetricRecord(
                name: metric.name,
                title: MetricKind(rawValue: metric.name)?.title ?? metric.name,
                direction: metric.isHigher ?? false ? .higher : .lower,
                isInDeltaM: metric.isInDeltaM,
                unit: metric.unit,
                isPrimary: place == 0
              )
            }
          )
        }
      )
    }
  }

  /// Single-task networks first, then by group in the order of the file.
  private var methodRecords: [MethodRecord] {
    let order: [MethodGroup] = [.singleTask, .base] + MethodGroup.compared
    let placed = methods.map { method -> (label: String, name: String, group: MethodGroup) in
      let place = MethodNames.place(of: method)
      if method == singleTask { return (method, place.name, .singleTask) }
      let given = groups[method].flatMap { MethodGroup(rawValue: $0) }
      // Only one row is the base of Δm, and points of a sweep are rows like others here.
      let group = given.flatMap { [.singleTask, .sweep].contains($0) ? nil : $0 } ?? place.group
      return (method, place.name, group)
    }
    let sorted = order.flatMap { group in placed.filter { $0.group == group } }
    return sorted.enumerated().map { order, method in
      MethodRecord(
        label: method.label,
        method: method.name,
        group: method.group,
        order: order,
        settings: "{}"
      )
    }
  }

  /// The runs that a row of the file stands for: one, or for single-task networks one a task.
  private func records(of run: Run) -> [(task: Int?, record: RunRecord)] {
    let names = tasks(of: run.problem)
    guard run.method == singleTask else {
      return [(nil, record(run, task: nil, names))]
    }
    return names.indices.map { ($0, record(run, task: $0, names)) }
  }

  private func record(_ run: Run, task: Int?, _ names: [String]) -> RunRecord {
    var spec = CanonicalTable()
    spec["file"] = .text(path)
    spec["hash"] = .text(hash)
    spec["method"] = .text(run.method)
    spec["problem"] = .text(run.problem)
    spec["seed"] = .count(run.seed)
    if let task { spec["task"] = .count(task) }
    var whole = CanonicalTable()
    whole[Self.origin] = .table(spec)
    var identity = StableHash()
    identity.combine(text: whole.json)
    let values = names.enumerated().flatMap { index, name in
      metrics(of: run.problem).filter { $0.task == name && (task == nil || task == index) }.map {
        MetricValue(
          task: index,
          part: .test,
          metric: $0.name,
          value: run.values[Place(task: name, metric: $0.name)] ?? nil
        )
      }
    }
    return RunRecord(
      identity: identity.hexadecimal,
      spec: whole.json,
      numericsVersion: 0,
      end: run.hasFailed
        ? RunEnd(.diverged, reason: "NaN or infinite in the file") : RunEnd(.finished),
      parameterHash: "",
      checkpoint: "",
      instructionSet: "",
      flushToZero: false,
      programVersion: Self.origin,
      createdAt: Date().formatted(.iso8601),
      metrics: run.hasFailed ? [] : values
    )
  }

  private func entry(_ run: Run, _ task: Int?, _ identity: String) -> PlanEntry {
    PlanEntry(
      suite: name,
      problem: run.problem,
      method: run.method,
      role: .evaluation,
      candidate: 0,
      seed: run.seed,
      learningRate: 0,
      taskIndex: task,
      identity: identity
    )
  }

  private func choice(_ run: Run, _ task: Int?) -> TuningChoice {
    TuningChoice(
      suite: name,
      problem: run.problem,
      method: run.method,
      taskIndex: task,
      candidate: 0,
      learningRate: 0,
      score: nil,
      edges: [],
      trialCount: 0,
      failedTrialCount: 0,
      grid: []
    )
  }
}
