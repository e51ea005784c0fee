/// A stored run in its part in a suite: evaluation of a method, or a trial of its tuning.
///
/// Of what it measured it has the metrics alone; its `RunRecord` has all. A class, since lists of thousands
/// of runs are sorted, filtered and joined for every table.
package final class EvaluationRun: Sendable {
  /// Label of the method.
  package let method: String
  package let seed: Int
  /// The task of a single-task run; `nil` for a run over all tasks.
  package let taskIndex: Int?
  /// Which of the method's candidates it is a run of.
  package let candidate: Int
  package let learningRate: Double
  package let identity: String
  package let end: RunEnd
  /// By part, task and metric name.
  package let metrics: [MetricValue]
  /// By rule, task and metric name; empty but for evaluation runs.
  package let checkpointMetrics: [CheckpointMetric]

  /// The value of a metric; nil where it is undefined, or was not measured.
  package func value(of metric: String, task: Int?, part: MeasuredPart) -> Double? {
    // The first of the task's metrics in the part.
    var (low, high) = (0, metrics.count)
    while low < high {
      let middle = (low + high) / 2
      if (metrics[middle].part, metrics[middle].task ?? allTasks) < (part, task ?? allTasks) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    while low < metrics.count, metrics[low].task == task, metrics[low].part == part {
      if metrics[low].metric == metric { return metrics[low].value }
      low += 1
    }
    return nil
  }

  package init(
    method: String,
    seed: Int,
    taskIndex: Int?,
    candidate: Int = 0,
    learningRate: Double,
    identity: String,
    end: RunEnd,
    metrics: [MetricValue],
    checkpointMetrics: [CheckpointMetric] = []
  ) {
    self.method = method
    self.seed = seed
    self.taskIndex = taskIndex
    self.candidate = candidate
    self.learningRate = learningRate
    self.identity = identity
    self.end = end
    self.metrics = Self.ordered(metrics)
    self.checkpointMetrics = checkpointMetrics
  }

  /// By part, task and metric name, as the store has them already.
  private static func ordered(_ metrics: [MetricValue]) -> [MetricValue] {
    let isBefore = { (first: MetricValue, second: MetricValue) in
      (first.part, first.task ?? allTasks, first.metric)
        < (second.part, second.task ?? allTasks, second.metric)
    }
    let isOrdered = zip(metrics, metrics.dropFirst()).allSatisfy { !isBefore($1, $0) }
    return isOrdered ? metrics : metrics.sorted(by: isBefore)
  }
}

/// The loss of one task and part over the training of one evaluation run.
package struct LearningCurve: Sendable, Hashable {
  /// Label of the method.
  package var method: String
  package var seed: Int
  package var identity: String
  /// Index of the task in its problem.
  package var task: Int
  package var part: MeasuredPart
  /// Ascending.
  package var steps: [Int]
  /// One for each step; NaN where undefined.
  package var losses: [Double]

  package init(
    method: String,
    seed: Int,
    identity: String,
    task: Int,
    part: MeasuredPart,
    steps: [Int],
    losses: [Double]
  ) {
    self.method = method
    self.seed = seed
    self.identity = identity
    self.task = task
    self.part = part
    self.steps = steps
    self.losses = losses
  }
}

/// One number on a problem's mechanism, with the evaluation run that measured it.
package struct MechanismRow: Sendable, Hashable {
  /// Label of the method: `equal`, or `single-task` for a network of `value.taskA` alone.
  package var method: String
  package var seed: Int
  package var value: MechanismValue

  package init(method: String, seed: Int, value: MechanismValue) {
    self.method = method
    self.seed = seed
    self.value = value
  }
}

/// Loss, weight and gradient norm of one task over the training of one run.
package struct TaskSeries: Sendable, Hashable {
  /// Label of the method.
  package var method: String
  package var seed: Int
  package var identity: String
  /// Index of the task in its problem.
  package var task: Int
  /// Ascending; the other series have one value for each.
  package var steps: [Int]
  /// NaN where undefined.
  package var losses: [Double]
  package var weights: [Double?]
  package var gradientNorms: [Double?]

  package init(
    method: String,
    seed: Int,
    identity: String,
    task: Int,
    steps: [Int],
    losses: [Double],
    weights: [Double?],
    gradientNorms: [Double?]
  ) {
    self.method = method
    self.seed = seed
    self.identity = identity
    self.task = task
    self.steps = steps
    self.losses = losses
    self.weights = weights
    self.gradientNorms = gradientNorms
  }
}

/// The gradient cosines of all pairs of tasks over the training of some runs of one method.
package struct CosineSummary: Sendable, Hashable {
  /// The defined cosines of all pairs and runs at one step.
  package struct Step: Sendable, Hashable {
    package var count: Int
    package var sum: Double
    /// Sum of their sizes.
    package var sizes: Double
    /// How many are below 0.
    package var conflictCount: Int

    package init(count: Int, sum: Double, sizes: Double, conflictCount: Int) {
      self.count = count
      self.sum = sum
      self.sizes = sizes
      self.conflictCount = conflictCount
    }
  }

  /// One cosine.
  package struct Sample: Sendable, Hashable {
    package var step: Int
    package var cosine: Double

    package init(step: Int, cosine: Double) {
      self.step = step
      self.cosine = cosine
    }
  }

  /// By step.
  package private(set) var steps: [Int: Step] = [:]
  /// Some cosines of one run.
  package var samples: [Sample] = []

  package init() {}

  /// How many cosines are defined.
  package var count: Int { steps.values.reduce(0) { $0 + $1.count } }

  /// Share of the defined cosines below 0; nan without any.
  package var conflictRate: Double {
    Double(steps.values.reduce(0) { $0 + $1.conflictCount }) / Double(count)
  }

  /// Mean size of the defined cosines; nan without any.
  package var meanSize: Double {
    let sizes = steps.keys.sorted().reduce(0) { $0 + (steps[$1]?.sizes ?? 0) }
    return sizes / Double(count)
  }

  /// The mean cosine at each step at which as many are defined as at any, ascending.
  package var means: [(step: Int, mean: Double)] {
    let fullest = steps.values.map(\.count).max() ?? 0
    return steps.filter { $0.value.count == fullest && fullest > 0 }
      .map { (step: $0.key, mean: $0.value.sum / Double($0.value.count)) }
      .sorted { $0.step < $1.step }
  }

  /// Takes in the cosines of one more run at a step.
  package mutating func add(_ other: Step, at step: Int) {
    guard var own = steps[step] else {
      steps[step] = other
      return
    }
    own.count += other.count
    own.sum += other.sum
    own.sizes += other.sizes
    own.conflictCount += other.conflictCount
    steps[step] = own
  }
}

/// How much a store holds.
package struct StoreCounts: Sendable, Hashable {
  package var suites: Int
  package var finished: Int
  package var diverged: Int
  package var refused: Int
  package var skipped: Int
  /// Rows of the four tables of measurements.
  package var measurements: Int

  /// All stored runs, however they ended.
  package var runs: Int { finished + diverged + refused + skipped }

  package init(
    suites: Int,
    finished: Int,
    diverged: Int,
    refused: Int,
    skipped: Int,
    measurements: Int
  ) {
    self.suites = suites
    self.finished = finished
    self.diverged = diverged
    self.refused = refused
    self.skipped = skipped
    self.measurements = measurements
  }
}
