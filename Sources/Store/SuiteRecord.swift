/// A suite as it was asked for, so that every table can be made from the store alone.
package struct SuiteRecord: Sendable, Hashable {
  /// The suite's name, its key.
  package var name: String
  /// The YAML text as it was read.
  package var text: String
  /// Hash of the plan; another one means that other runs belong to the suite.
  package var planHash: String
  /// When the suite was stored, ISO 8601 in UTC.
  package var createdAt: String
  /// What captions say of it: seeds, steps, tuning budget and so on.
  package var settings: [String: String]

  /// The setting that holds the file of results that were made elsewhere.
  package static let importedKey = "imported from"
  /// The setting that holds the method which the others are held against, if not the tuned static weights.
  package static let rivalKey = "rival"
  /// The setting that holds which part of a suite was run, such as `2/9`.
  package static let shardKey = "shard"

  /// Begins the settings that say which keys of the text had another value, each followed by the path.
  package static let overridePrefix = "set "

  /// The keys of the text that had another value, in the order of their paths.
  package var overrides: [(path: String, value: String)] {
    settings.filter { $0.key.hasPrefix(Self.overridePrefix) }.sorted { $0.key < $1.key }
      .map { (String($0.key.dropFirst(Self.overridePrefix.count)), $0.value) }
  }

  package init(
    name: String,
    text: String,
    planHash: String,
    createdAt: String,
    settings: [String: String] = [:]
  ) {
    self.name = name
    self.text = text
    self.planHash = planHash
    self.createdAt = createdAt
    self.settings = settings
  }
}

/// A problem of a suite.
package struct ProblemRecord: Sendable, Hashable {
  /// Unique in the suite; tables and plots show it.
  package var label: String
  /// Registered name of the problem.
  package var problem: String
  /// Problems of one family count as one block in tests across problems.
  package var family: String
  /// Name of the optimizer that all its runs share; empty where an earlier version stored none.
  package var optimizer: String
  /// Index of the task that the utility `primary` is about.
  package var primaryTask: Int
  /// Whether the test part holds the same rows at every seed.
  package var hasFixedRows: Bool
  /// Place in the suite file, from 0.
  package var order: Int
  /// What stands for all tasks together is among them.
  package var tasks: [TaskRecord]

  /// Each of its tasks, without what stands for all together.
  package var ownTasks: [TaskRecord] { tasks.filter { $0.index != nil } }

  package init(
    label: String,
    problem: String,
    family: String,
    optimizer: String = "",
    primaryTask: Int = 0,
    hasFixedRows: Bool = false,
    order: Int,
    tasks: [TaskRecord]
  ) {
    self.label = label
    self.problem = problem
    self.family = family
    self.optimizer = optimizer
    self.primaryTask = primaryTask
    self.hasFixedRows = hasFixedRows
    self.order = order
    self.tasks = tasks
  }
}

/// A task of a problem.
package struct TaskRecord: Sendable, Hashable {
  /// Place in the problem, from 0; `nil` stands for all tasks together and carries their common metrics.
  package var index: Int?
  package var name: String
  /// The kind as text, such as `regression`, `binary` or `multiclass`.
  package var kind: String
  /// Name of the loss that training lowers.
  package var loss: String
  /// Unit of the target; empty without one.
  package var unit: String
  /// Number of classes; 0 for a regression.
  package var classCount: Int
  /// In the order tables show them.
  package var metrics: [MetricRecord]

  package init(
    index: Int?,
    name: String,
    kind: String,
    loss: String,
    unit: String,
    classCount: Int,
    metrics: [MetricRecord]
  ) {
    self.index = index
    self.name = name
    self.kind = kind
    self.loss = loss
    self.unit = unit
    self.classCount = classCount
    self.metrics = metrics
  }
}

/// A metric of a task: how it is called, and which way is better.
package struct MetricRecord: Sendable, Hashable {
  /// Name in the database, such as `rmse`.
  package var name: String
  /// Name in tables, such as `RMSE`.
  package var title: String
  /// The direction that is better.
  package var direction: MetricDirection
  /// Whether it counts in Δm.
  package var isInDeltaM: Bool
  /// Unit of the value; empty without one.
  package var unit: String
  /// Whether it is its task's first metric, which plots and selection use.
  package var isPrimary: Bool

  package init(
    name: String,
    title: String,
    direction: MetricDirection,
    isInDeltaM: Bool,
    unit: String,
    isPrimary: Bool
  ) {
    self.name = name
    self.title = title
    self.direction = direction
    self.isInDeltaM = isInDeltaM
    self.unit = unit
    self.isPrimary = isPrimary
  }
}

/// A method of a suite, with its settings.
package struct MethodRecord: Sendable, Hashable {
  /// Unique in the suite; tables and plots show it.
  package var label: String
  /// Registered name of the weighting method.
  package var method: String
  package var group: MethodGroup
  /// Place in the tables, from 0.
  package var order: Int
  /// All settings, defaults included, as a JSON object.
  package var settings: String
  /// Label of the network that it is run on; empty in a suite that lists none.
  package var network: String
  /// A point of the front of fixed weights in units of the single-task losses, summing to 1, shape
  /// [taskCount]; `nil` for other methods.
  package var sweepWeights: [Double]?

  package init(
    label: String,
    method: String,
    group: MethodGroup,
    order: Int,
    settings: String,
    network: String = "",
    sweepWeights: [Double]? = nil
  ) {
    self.label = label
    self.method = method
    self.group = group
    self.order = order
    self.settings = settings
    self.network = network
    self.sweepWeights = sweepWeights
  }
}
