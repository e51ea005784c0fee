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

  package var taskCount: Int
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
    taskKinds = Array(repeating: .regression, count: taskCount)
    classCounts = Array(repeating: 0, count: taskCount)
    optimizer = NetworkOptimizer(kind: .adam)
    epochSteps = 1
    self.sharedCount = sharedCount
    layers = [0..<sharedCount]
    matrices = [0..<sharedCount]
    representationShape = (0, 0)
  }
}
