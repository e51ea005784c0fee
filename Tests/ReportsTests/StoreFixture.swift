import Store

/// A store as a suite run leaves it: invented results of some methods on three problems.
///
/// Every number follows from the names and the seed, so that texts made from it can be compared.
struct StoreFixture {
  /// How a method behaves on all problems.
  struct Method {
    var label: String
    var name: String
    var group: MethodGroup
    /// Points of Δm it is worse than the tuned static weights.
    var offset: Double
    /// Seconds of a step relative to equal weights.
    var cost: Double
    /// How far its weights move from equal ones, from 0 to 1.
    var drift: Double
    /// How many of the ten evaluation seeds diverge.
    var failures = 0
    var sweepWeights: [Double]?
  }

  /// What a problem's tasks measure.
  struct Task {
    var name: String
    var kind: String
    var metrics: [MetricRecord]
    /// Value of each metric under single-task training.
    var levels: [Double]
  }

  struct Problem {
    var label: String
    var tasks: [Task]
    /// Mean cosine of the task gradients.
    var cosine: Double
  }

  static let suite = "bench"
  var methods: [Method]
  var problems = Self.someProblems
  var seeds = 10
  var evaluationCount = 12

  /// Writes everything into a new store.
  func write(to store: ResultStore) throws {
    let records = methods.enumerated().map { order, method in
      MethodRecord(
        label: method.label,
        method: method.name,
        group: method.group,
        order: order,
        settings: "{}",
        sweepWeights: method.sweepWeights
      )
    }
    try store.save(
      suite: SuiteRecord(
        name: Self.suite,
        text: "name: bench\n",
        planHash: "00",
        createdAt: "2026-01-01T00:00:00Z",
        settings: ["path": "bench.yaml"]
      ),
      problems: problems.enumerated().map { record($1, order: $0) },
      methods: records
    )
    for problem in problems {
      for method in methods { try write(method, problem, to: store) }
    }
  }

  private func record(_ problem: Problem, order: Int) -> ProblemRecord {
    ProblemRecord(
      label: problem.label,
      problem: problem.label,
      family: problem.label,
      order: order,
      tasks: problem.tasks.enumerated().map { index, task in
        TaskRecord(
          index: index,
          name: task.name,
          kind: task.kind,
          loss: task.kind == "regression" ? "mean squared error" : "cross-entropy",
          unit: "",
          classCount: task.kind == "regression" ? 0 : 10,
          metrics: task.metrics
        )
      }
    )
  }

  private func write(_ method: Method, _ problem: Problem, to store: ResultStore) throws {
    let taskIndices: [Int?] =
      method.group == .singleTask ? problem.tasks.indices.map { $0 } : [nil]
    let rate = chosenRate(method)
    var entries: [PlanEntry] = []
    for taskIndex in taskIndices {
      for seed in 0..<seeds {
        let run = evaluation(method, problem, taskIndex: taskIndex, seed: seed)
        try store.save(run)
        entries.append(
          entry(method, problem, .evaluation, seed: seed, rate, taskIndex, run.identity)
        )
      }
      for (point, tried) in trialMethods(method).enumerated() {
        for (place, trialRate) in Self.rates.enumerated() {
          for seed in 100..<102 {
            let run = trial(tried, problem, taskIndex: taskIndex, rate: trialRate, seed: seed)
            try store.save(run)
            var entry = entry(
              method,
              problem,
              .tuning,
              seed: seed,
              trialRate,
              taskIndex,
              run.identity
            )
            entry.candidate = point * Self.rates.count + place
            entries.append(entry)
          }
        }
      }
    }
    try store.save(entries: entries)
    try saveRace(method, problem, taskIndices, chosen: rate, to: store)
    try store.save(
      choices: taskIndices.map { taskIndex in
        TuningChoice(
          suite: Self.suite,
          problem: problem.label,
          method: method.label,
          taskIndex: taskIndex,
          candidate: Self.rates.firstIndex(of: rate) ?? 0,
          learningRate: rate,
          settings: method.group == .gradient ? #"{"alpha":0.5,"heads":"own"}"# : "{}",
          units: method.label == "static (tuned)"
            ? problem.tasks.indices.map { $0 == 0 ? 0.75 : 0.25 } : nil,
          score: method.offset - 3,
          edges: rate == Self.rates.last ? ["learning_rate"] : [],
          trialCount: 2 * Self.rates.count,
          failedTrialCount: method.group == .gradient ? 2 : 0,
          grid: Self.rates
        )
      }
    )
  }

  /// The method's candidates; the chosen one is the only finalist.
  private func saveRace(
    _ method: Method,
    _ problem: Problem,
    _ taskIndices: [Int?],
    chosen: Double,
    to store: ResultStore
  ) throws {
    let chosenPlace = Self.rates.firstIndex(of: chosen) ?? 0
    for taskIndex in taskIndices {
      let places = 0..<(trialMethods(method).count * Self.rates.count)
      try store.save(
        candidates: places.map { place in
          CandidateRecord(
            suite: Self.suite,
            problem: problem.label,
            method: method.label,
            taskIndex: taskIndex,
            position: place,
            learningRate: Self.rates[place % Self.rates.count]
          )
        }
      )
      try store.save(
        scores: places.map { place in
          CandidateScore(
            suite: Self.suite,
            problem: problem.label,
            method: method.label,
            taskIndex: taskIndex,
            utility: TuningChoice.mainUtility,
            candidate: place,
            seedCount: 2,
            score: method.offset - 3,
            isFinalist: place == chosenPlace,
            choiceShare: place == chosenPlace ? 1 : nil
          )
        }
      )
    }
  }

  /// What a method tries: tuned static weights try every point of the sweep.
  private func trialMethods(_ method: Method) -> [Method] {
    let points = methods.filter { $0.group == .sweep }
    return method.label == "static (tuned)" && !points.isEmpty ? points : [method]
  }

  private func entry(
    _ method: Method,
    _ problem: Problem,
    _ role: PlanRole,
    seed: Int,
    _ rate: Double,
    _ taskIndex: Int?,
    _ identity: String
  ) -> PlanEntry {
    PlanEntry(
      suite: Self.suite,
      problem: problem.label,
      method: method.label,
      role: role,
      candidate: Self.rates.firstIndex(of: rate) ?? 0,
      seed: seed,
      learningRate: rate,
      taskIndex: taskIndex,
      identity: identity
    )
  }

  static let rates = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1]

  private func chosenRate(_ method: Method) -> Double {
    method.label.hasPrefix("pcgrad") ? 1e-1 : method.group == .loss ? 1e-2 : 3e-3
  }

  private func evaluation(
    _ method: Method,
    _ problem: Problem,
    taskIndex: Int?,
    seed: Int
  ) -> RunRecord {
    var noise = Noise("\(method.label) \(problem.label) \(taskIndex ?? -1) \(seed)")
    let isFailed = seed < method.failures
    var record = run(method, identity: noise.identity(), isFailed: isFailed)
    for (index, task) in problem.tasks.enumerated() where taskIndex == nil || taskIndex == index {
      if !isFailed {
        record.metrics += metrics(method, problem, index, seed: seed, part: .test, &noise)
        record.metrics += metrics(method, problem, index, seed: seed, part: .validation, &noise)
      }
      record.evaluations += curve(method, task, index, isFailed: isFailed, &noise)
    }
    if taskIndex == nil { addDiagnostics(method, problem, to: &record, &noise) }
    return record
  }

  private func trial(
    _ method: Method,
    _ problem: Problem,
    taskIndex: Int?,
    rate: Double,
    seed: Int
  ) -> RunRecord {
    var noise = Noise("trial \(method.label) \(problem.label) \(taskIndex ?? -1) \(rate) \(seed)")
    let isFailed = method.group == .gradient && rate >= 1e-1 && !method.label.hasPrefix("pcgrad")
    var record = run(method, identity: noise.identity(), isFailed: isFailed)
    guard !isFailed else { return record }
    var off = method
    let place = Double(Self.rates.firstIndex(of: rate) ?? 0)
    let best = Double(Self.rates.firstIndex(of: chosenRate(method)) ?? 0)
    off.offset += 1.5 * (place - best) * (place - best)
    for index in problem.tasks.indices where taskIndex == nil || taskIndex == index {
      record.metrics += metrics(off, problem, index, seed: seed, part: .validation, &noise)
    }
    return record
  }

  private static let training = """
    {"batch":32,"betas":[0.9,0.999],"checkpoint":"last","epsilon":1e-8,"evaluations":12,\
    "learning_rate":0.003,"optimizer":"adam","schedule":"constant","steps":2000,"test":true,"weight_decay":0}
    """

  private func run(_ method: Method, identity: String, isFailed: Bool) -> RunRecord {
    RunRecord(
      identity: identity,
      spec: #"{"identity":"\#(identity)","training":\#(Self.training)}"#,
      numericsVersion: 1,
      end: end(method, isFailed: isFailed),
      parameterHash: "00",
      checkpoint: "last",
      instructionSet: "avx2",
      flushToZero: true,
      programVersion: "0.1.0",
      createdAt: "2026-01-01T00:00:00Z"
    )
  }

  private func end(_ method: Method, isFailed: Bool) -> RunEnd {
    let steps = isFailed ? 731 : 2000
    var end = isFailed ? RunEnd(.diverged, reason: "loss not finite") : RunEnd(.finished)
    end.failedStep = isFailed ? 731 : nil
    end.stepCount = steps
    end.trainSeconds = Double(steps) * 150e-6 * method.cost
    end.totalSeconds = end.trainSeconds * 1.2
    end.forwardPasses = steps
    end.backwardPasses = method.group == .gradient ? 2 * steps : steps
    end.samplesSeen = 32 * steps
    end.memoryBytes = method.group == .gradient ? 340_000 : 260_000
    end.machine = "test machine"
    end.meanWeightSum = 2 * method.cost
    return end
  }

  /// Values of one task: the level, changed by the method's points, the seed and a little noise.
  private func metrics(
    _ method: Method,
    _ problem: Problem,
    _ index: Int,
    seed: Int,
    part: MeasuredPart,
    _ noise: inout Noise
  ) -> [MetricValue] {
    var shared = Noise("\(problem.label) \(index) \(seed) \(part)")
    let seedEffect = 1 + 0.01 * shared.normal()
    let task = problem.tasks[index]
    let isReference = method.group == .singleTask
    var points = method.offset - 3 + (isReference ? 0 : 0.6 * noise.normal())
    if let weights = method.sweepWeights, index < weights.count {
      points += 9 * (0.5 - weights[index] / weights.reduce(0, +))
    }
    return zip(task.metrics, task.levels).map { metric, level in
      let sign = metric.direction == .lower ? 1.0 : -1.0
      return MetricValue(
        task: index,
        part: part,
        metric: metric.name,
        value: level * seedEffect * (1 + sign * points / 100)
      )
    }
  }

  private func curve(
    _ method: Method,
    _ task: Task,
    _ index: Int,
    isFailed: Bool,
    _ noise: inout Noise
  ) -> [Evaluation] {
    var evaluations: [Evaluation] = []
    let floor = (0.2 + 0.1 * Double(index)) * (1 + method.offset / 40)
    var decay = 1.0
    for point in 0...evaluationCount {
      let step = point * 2000 / evaluationCount
      if isFailed, step > 731 { break }
      let loss = (floor + 2 * decay) * (1 + 0.03 * noise.normal())
      evaluations.append(Evaluation(step: step, task: index, part: .train, loss: 0.9 * loss))
      evaluations.append(Evaluation(step: step, task: index, part: .validation, loss: loss))
      decay *= 0.75 - 0.05 * Double(index)
    }
    return evaluations
  }

  private func addDiagnostics(
    _ method: Method,
    _ problem: Problem,
    to record: inout RunRecord,
    _ noise: inout Noise
  ) {
    let taskCount = problem.tasks.count
    for point in 0..<evaluationCount {
      let step = point * 2000 / evaluationCount
      let progress = Double(point) / Double(evaluationCount)
      let tilt = method.drift * progress / (0.2 + progress)
      var weights: [Double] = []
      for index in 0..<taskCount {
        let share: Double = index == 0 ? -0.8 : 0.9 - 0.6 * Double(index)
        weights.append(1 + tilt * share + 0.12 * method.drift * noise.normal())
      }
      let sum = weights.reduce(0, +)
      weights = weights.map { $0 * Double(taskCount) / sum }
      for index in 0..<taskCount {
        record.taskSteps.append(
          TaskStep(
            step: step,
            task: index,
            loss: 1 - progress / 2,
            weight: weights[index],
            gradientNorm: 1 + 0.1 * noise.normal()
          )
        )
      }
      for first in 0..<taskCount {
        for second in first + 1..<max(first + 1, taskCount) {
          let cosine = problem.cosine * (1 - progress / 2) + 0.2 * noise.normal()
          record.pairSteps.append(
            PairStep(step: step, taskA: first, taskB: second, cosine: min(1, max(-1, cosine)))
          )
        }
      }
    }
  }
}

/// Draws that follow from a text: FNV-1a for the seed, SplitMix64 for the rest.
struct Noise {
  private var state: UInt64

  init(_ text: String) {
    state = text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Nearly normal: the sum of twelve uniform draws has variance 1.
  mutating func normal() -> Double {
    (0..<12).reduce(-6.0) { sum, _ in sum + Double(next() >> 11) * 0x1p-53 }
  }

  mutating func identity() -> String {
    let digits = String(next(), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
