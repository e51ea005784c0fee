internal import Kernels

/// A method on task gradients that are given, outside any training.
///
/// It offers the method all it may need; what does not follow from the gradients and the losses is
/// assumed, as `assumptions` says. The answer's buffers belong to this object.
@safe package final class SingleStep {
  package private(set) var method: ConfiguredMethod
  /// The answer to the last step.
  package private(set) var result: StepWeights
  /// The task gradients of the last step, shape [K][P].
  package private(set) var rows: [[Double]]
  private var draws: WeightingDraws
  private var step: StepStatistics
  private let columnCount: Int

  /// - Parameters:
  ///   - method: At its start.
  ///   - taskCount: K.
  ///   - columnCount: P, the number of shared parameters.
  ///   - seed: For the method's draws.
  ///   - learningRate: The network's, which the method may use for parameters of its own.
  package init(
    _ method: ConfiguredMethod,
    taskCount: Int,
    columnCount: Int,
    seed: UInt64,
    learningRate: Double
  ) {
    self.method = method
    self.columnCount = columnCount
    rows = []
    draws = WeightingDraws(RandomStream(seed: seed, purpose: .weighting))
    step = StepStatistics(taskCount: taskCount)
    step.learningRate = learningRate
    result = StepWeights(taskCount: taskCount)
    let groupCount = method.rule.needs.parameterGroups.count
    step.groupGramians = Array(repeating: 0, count: groupCount * taskCount * taskCount)
    result.groupShared = Array(repeating: 0, count: groupCount * taskCount)
    let size = taskCount * columnCount
    unsafe step.jacobian = zeros(size)
    unsafe step.representation = zeros(columnCount)
    unsafe step.representationGradients = zeros(size)
    unsafe result.direction = zeros(columnCount)
    unsafe result.representationDirection = zeros(columnCount)
    for p in 0..<columnCount { unsafe step.representation[p] = 1 }
  }

  deinit {
    unsafe step.jacobian.deallocate()
    unsafe step.representation.deallocate()
    unsafe step.representationGradients.deallocate()
    unsafe result.direction.deallocate()
    unsafe result.representationDirection.deallocate()
  }

  /// Whether inner products are not enough for the method.
  package var needsColumns: Bool {
    !method.rule.needs.isDisjoint(with: [.jacobian, .groupGramians, .representation])
  }

  /// What the method is given that does not follow from gradients and losses, in words.
  package var assumptions: [String] {
    let words: [(need: StepNeeds.Kinds, words: String)] = [
      (.crossGramian, "all three batches of the step gave this Jacobian"),
      (.lookAhead, "the validation batch gave this Jacobian, and the look-ahead step is short"),
      (.lossesAfterStep, "the losses after the step are those before it"),
      (.lastLayerNorms, "all shared parameters are one layer"),
      (.representationGramian, "the Jacobian is that at the shared representation"),
      (.representation, "the Jacobian is that at the shared representation, which is all ones"),
    ]
    return words.filter { method.rule.needs.contains($0.need) }.map { $0.words }
  }

  /// Sets the shared representation, shape [P].
  package func set(representation: [Double]) {
    precondition(representation.count == columnCount, "\(representation.count), \(columnCount)")
    for p in 0..<columnCount { unsafe step.representation[p] = representation[p] }
  }

  /// Gives the method one step.
  ///
  /// - Parameters:
  ///   - rows: Task gradients, shape [K][P].
  ///   - losses: Shape [K].
  ///   - lossesAfter: Losses on the same batch after the step, shape [K].
  ///   - endsEpoch: Whether an epoch ends with the step.
  ///   - absent: Tasks without a label in the batch.
  package func weigh(
    _ rows: [[Double]],
    losses: [Double],
    lossesAfter: [Double],
    endsEpoch: Bool,
    absent: Set<Int> = []
  ) {
    self.rows = rows
    for k in rows.indices { step.isPresent[k] = !absent.contains(k) }
    fill(gramian: products(in: 0..<columnCount))
    step.groupGramians = method.rule.needs.parameterGroups.flatMap { products(in: $0) }
    for k in rows.indices {
      for p in 0..<columnCount {
        unsafe step.jacobian[k * columnCount + p] = rows[k][p]
        unsafe step.representationGradients[k * columnCount + p] = rows[k][p]
      }
    }
    weigh(losses: losses, lossesAfter: lossesAfter, endsEpoch: endsEpoch)
  }

  /// Gives the method one step of which only inner products are known; there is no direction then.
  ///
  /// - Parameters:
  ///   - gramian: Of the task gradients, shape [K][K] row-major.
  ///   - losses: Shape [K].
  ///   - lossesAfter: Losses on the same batch after the step, shape [K].
  ///   - endsEpoch: Whether an epoch ends with the step.
  ///   - absent: Tasks without a label in the batch.
  /// - Precondition: the method does not need columns.
  package func weigh(
    gramian: [Double],
    losses: [Double],
    lossesAfter: [Double],
    endsEpoch: Bool,
    absent: Set<Int> = []
  ) {
    precondition(!needsColumns, "\(method.name) needs more than inner products")
    rows = Array(repeating: [], count: losses.count)
    for k in rows.indices { step.isPresent[k] = !absent.contains(k) }
    fill(gramian: gramian)
    weigh(losses: losses, lossesAfter: lossesAfter, endsEpoch: endsEpoch)
  }

  private func weigh(losses: [Double], lossesAfter: [Double], endsEpoch: Bool) {
    step.losses = losses
    step.endsEpoch = endsEpoch
    method.weigh(step, draws: &draws, into: &result)
    if method.rule.needs.contains(.lossesAfterStep), result.refusal == nil {
      method.observe(lossesAfter: lossesAfter)
    }
    step.step += 1
    if endsEpoch { step.epoch += 1 }
  }

  /// The update of the shared parameters that the last answer means, shape [P].
  package var direction: [Double] {
    let update: [Double]
    switch result.update {
    case .combination: update = combination(of: 0..<columnCount, from: 0, of: result.shared)
    case .groupCombinations:
      update = method.rule.needs.parameterGroups.enumerated().flatMap { group, range in
        combination(of: range, from: group * rows.count, of: result.groupShared)
      }
    case .direction: update = unsafe Array(result.direction)
    case .representationDirection: update = unsafe Array(result.representationDirection)
    }
    return update.map { $0 * result.sharedFactor }
  }

  /// Columns of the sum of all rows times `weights`, which begin at `start`.
  private func combination(of columns: Range<Int>, from start: Int, of weights: [Double])
    -> [Double]
  {
    columns.map { p in
      presentTasks.reduce(0) { $0 + weights[start + $1] * rows[$1][p] }
    }
  }

  /// Sets what follows from inner products.
  private func fill(gramian: [Double]) {
    let taskCount = rows.count
    step.gramian = gramian
    step.crossGramian = gramian
    for k in 0..<taskCount {
      step.gradientNorms[k] = gramian[k * taskCount + k].squareRoot()
      step.lookAheadSlopes[k] = presentTasks.reduce(0) { $0 + gramian[k * taskCount + $1] }
    }
  }

  private var presentTasks: [Int] { rows.indices.filter { step.isPresent[$0] } }

  private func products(in columns: Range<Int>) -> [Double] {
    rows.flatMap { x in rows.map { y in columns.reduce(0) { $0 + x[$1] * y[$1] } } }
  }
}

private func zeros(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
  let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
  unsafe buffer.initialize(repeating: 0)
  return unsafe buffer
}
