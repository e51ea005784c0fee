internal import Settings

/// What a weighting method may know of the run it serves, before the first step.
package struct MethodContext: Sendable {
  /// The kind of a task as far as a weighting rule may care.
  package enum TaskKind: String, Sendable {
    case regression
    case binary
    case multiclass
  }

  /// The network's optimizer, which the rules' own parameters share by default.
  package struct NetworkOptimizer: Sendable {
    package enum Kind: String, Sendable {
      case sgd
      case adam
      case adamw
    }
    package var kind: Kind
    /// Momentum of SGD.
    package var momentum: Double
    /// Decay rates of Adam's moments.
    package var betas: (Double, Double)
    package var epsilon: Double

    package init(
      kind: Kind,
      momentum: Double = 0,
      betas: (Double, Double) = (0.9, 0.999),
      epsilon: Double = 1e-8
    ) {
      self.kind = kind
      self.momentum = momentum
      self.betas = betas
      self.epsilon = epsilon
    }
  }

  /// What the tasks have in common.
  package enum Sharing: Sendable {
    /// Nothing: no parameter is reached by two tasks.
    case nothing
    /// Parameters, but no one edge that all tasks read.
    case layers
    /// Parameters that make one representation, which all tasks read.
    case representation
  }

  /// Number of the tasks that the rule serves.
  package var taskCount: Int
  /// Positions of these tasks among all of the run; nil when they are all of them, as everywhere but
  /// in a step without labels of some task.
  package private(set) var present: [Int]?
  /// Number of the run's tasks, which is how many values a setting with one for each task has.
  package private(set) var allTaskCount: Int
  package var sharing = Sharing.representation
  /// Whether tasks are learnt on the same rows; false where each has rows of its own.
  package var hasCommonRows = true
  package var taskKinds: [TaskKind]
  /// Number of classes of each task, 2 for a binary one and 0 for a regression, shape [taskCount].
  package var classCounts: [Int]
  package var optimizer: NetworkOptimizer
  /// Steps in one pass over the training data.
  package var epochSteps: Int
  /// Length of the flat vector of shared parameters, padding included; padded entries are 0.
  package var sharedCount: Int
  /// Consecutive ranges of the shared parameters, one for each layer's weights and bias together.
  package var layers: [Range<Int>]
  /// Consecutive ranges of the shared parameters, one for each weight matrix or bias.
  package var matrices: [Range<Int>]
  /// Rows and columns of the shared representation of one batch.
  package var representationShape: (rows: Int, columns: Int)
  /// Folder that paths in the method's settings are relative to.
  package var folder = "."

  /// A context of `taskCount` regressions trained by Adam; callers change what differs.
  package init(taskCount: Int, sharedCount: Int = 0) {
    self.taskCount = taskCount
    allTaskCount = taskCount
    taskKinds = Array(repeating: .regression, count: taskCount)
    classCounts = Array(repeating: 0, count: taskCount)
    optimizer = NetworkOptimizer(kind: .adam)
    epochSteps = 1
    self.sharedCount = sharedCount
    layers = [0..<sharedCount]
    matrices = [0..<sharedCount]
    representationShape = (0, 0)
  }

  /// The context of a rule for some of the tasks.
  ///
  /// - Parameter present: Their positions among all tasks, ascending.
  /// - Returns: The same run, with these tasks alone.
  func restricted(to present: [Int]) -> MethodContext {
    var context = self
    context.taskCount = present.count
    context.taskKinds = present.map { taskKinds[$0] }
    context.classCounts = present.map { classCounts[$0] }
    context.present = present
    return context
  }

  /// Reads a setting that holds one number for each task of the run.
  ///
  /// - Parameters:
  ///   - key: The setting.
  ///   - fallback: Values of the tasks that the rule serves, where there is no such setting.
  ///   - range: What a value may be.
  ///   - settings: The method's keys.
  /// - Returns: The values of the tasks that the rule serves, shape [taskCount].
  /// - Throws: `SettingsError` for a list of another length or a value outside `range`.
  func taskNumbers(
    _ key: String,
    default fallback: [Double]?,
    in range: ClosedRange<Double>,
    _ settings: inout SettingsReader
  ) throws(SettingsError) -> [Double] {
    guard let present, settings.has(key) else {
      let count = taskCount...taskCount
      return try settings.numbers(key, default: fallback, in: range, count: count)
    }
    let count = allTaskCount...allTaskCount
    let all = try settings.numbers(key, default: nil, in: range, count: count)
    return present.map { all[$0] }
  }
}
