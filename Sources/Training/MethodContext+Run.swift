package import Networks
package import Problems
package import Weighting

extension MethodContext {
  /// What a method may know of a run with this network, these tasks and this optimizer.
  package init(
    _ network: Network,
    _ tasks: TrainingTasks,
    _ optimizer: any Optimizer,
    epochSteps: Int
  ) {
    self.init((0..<tasks.count).map { tasks[$0] }, sharedCount: network.sharedCount)
    self.optimizer = optimizer.context
    self.epochSteps = epochSteps
    hasCommonRows = !tasks.data.hasOwnRows
    layers = network.sharedLayers
    matrices = network.sharedMatrices
    sharing =
      network.sharedCount == 0
      ? .nothing : (network.representationWidth == 0 ? .layers : .representation)
    representationShape = (network.shape.batchRows, network.representationWidth)
  }

  /// What a method may know of a list of tasks, with a nominal network of `sharedCount` shared
  /// parameters.
  package init(_ tasks: [TaskDescription], sharedCount: Int) {
    self.init(taskCount: tasks.count, sharedCount: sharedCount)
    classCounts = tasks.map { $0.kind.classCount }
    taskKinds = tasks.map { task in
      switch task.kind {
      case .regression: .regression
      case .binary: .binary
      case .multiclass: .multiclass
      }
    }
  }
}
