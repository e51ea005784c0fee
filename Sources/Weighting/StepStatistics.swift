/// What one training step offers a weighting method.
///
/// The buffers are allocated once per run and filled again at every step; only those that the
/// method's `needs` ask for are valid. K is the number of tasks, P the length of the flat vector of
/// shared parameters, B the batch size and D the width of the shared representation.
@safe package struct StepStatistics: @unchecked Sendable {
  package let taskCount: Int
  /// Index of the step, from 0.
  package var step = 0
  /// Index of the pass over the training data, from 0.
  package var epoch = 0
  /// Whether this is the last step of its epoch.
  package var endsEpoch = false
  /// The network's learning rate at this step.
  package var learningRate = 0.0
  /// Whether the batch has a label of the task, shape [K]; nothing else holds of one without.
  package var isPresent: [Bool]
  /// Loss of each task on the step's batch, shape [K].
  package var losses: [Double]
  /// Validation loss of each task at the run's last evaluation, shape [K].
  package var validationLosses: [Double]
  /// Norm of each task's gradient on the layer asked for, shape [K].
  package var gradientNorms: [Double]
  /// Inner products of the task gradients, shape [K][K] row-major.
  package var gramian: [Double]
  /// Gramian of each parameter group, shape [groups][K][K] row-major; empty unless asked for.
  package var groupGramians: [Double]
  /// `J1 J2^T` of two independent batches, shape [K][K] row-major; empty unless asked for.
  package var crossGramian: [Double]
  /// Slope of each task's training loss along the look-ahead validation gradient, shape [K].
  package var lookAheadSlopes: [Double]
  /// Task gradients at the shared parameters, shape [K][P] row-major; empty unless asked for.
  package var jacobian: UnsafeMutableBufferPointer<Double>
  /// Activations of the shared representation, shape [B][D] row-major; empty unless asked for.
  package var representation: UnsafeMutableBufferPointer<Double>
  /// Task gradients at the shared representation, shape [K][B][D]; empty unless asked for.
  package var representationGradients: UnsafeMutableBufferPointer<Double>

  /// Whether the batch has labels of all tasks.
  package var hasAllTasks: Bool { !isPresent.contains(false) }

  /// Statistics whose K-sized parts are zero and whose large buffers are empty.
  package init(taskCount: Int) {
    self.taskCount = taskCount
    isPresent = Array(repeating: true, count: taskCount)
    losses = Array(repeating: 0, count: taskCount)
    validationLosses = Array(repeating: .nan, count: taskCount)
    gradientNorms = Array(repeating: 0, count: taskCount)
    gramian = Array(repeating: 0, count: taskCount * taskCount)
    groupGramians = []
    crossGramian = Array(repeating: 0, count: taskCount * taskCount)
    lookAheadSlopes = Array(repeating: 0, count: taskCount)
    unsafe jacobian = UnsafeMutableBufferPointer(start: nil, count: 0)
    unsafe representation = UnsafeMutableBufferPointer(start: nil, count: 0)
    unsafe representationGradients = UnsafeMutableBufferPointer(start: nil, count: 0)
  }
}
