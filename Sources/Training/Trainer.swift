package import Kernels
package import Networks
internal import Problems
package import Weighting

/// One training in progress: a network, its optimizer and a weighting method, moved step by step.
///
/// All buffers are allocated when the trainer is made; a step allocates nothing.
package final class Trainer {
  package let network: Network
  package let tasks: TrainingTasks
  let kernels: KernelTable
  private let lossKernels: [LossKernel]
  var optimizer: any Optimizer
  package var method: ConfiguredMethod
  package var draws: WeightingDraws
  package var statistics: StepStatistics
  /// The method's answer at the last step.
  package var weights: StepWeights
  package var cost = StepCost()
  /// Numbers to be used in place of the network's own draws; for replays.
  package var scriptedDraws: [Double] = []
  /// Steps at which the method's input lay outside its domain.
  package private(set) var policySteps = 0
  /// Sum over the steps made so far of the tasks' weights.
  private var weightSums = 0.0
  private var weighedSteps = 0

  let firstMoment: FloatBuffer
  let secondMoment: FloatBuffer
  let inputs: MatrixView
  let targetRows: MatrixView
  /// The targets of the loaded batch, of all target columns.
  private var targets: BatchTargets
  let floatWeights: FloatBuffer
  let rateFactors: RateFactors
  /// Losses on the step's batch after its update, shape [K], for methods that ask for them.
  var lossesAfter: [Double]
  /// What the method's needs take beside the network.
  let space: StepSpace
  /// Whether `rows` holds every task's whole gradient of the last step.
  private(set) var hasRows = false
  /// Task gradients, shape [K][sharedCount].
  var rows: Matrix { space.rows }

  /// - Parameters:
  ///   - network: With its starting parameters.
  ///   - tasks: What is trained; `shape` of the network must agree.
  ///   - optimizer: Moves network parameters.
  ///   - method: Weighs the tasks.
  ///   - draws: The method's random draws.
  ///   - kernels: The instruction set.
  ///   - takesDiagnostics: Whether some of the steps are asked for diagnostics.
  package init(
    network: Network,
    tasks: TrainingTasks,
    optimizer: any Optimizer,
    method: ConfiguredMethod,
    draws: WeightingDraws,
    kernels: KernelTable,
    takesDiagnostics: Bool = false
  ) {
    self.network = network
    self.tasks = tasks
    self.optimizer = optimizer
    self.method = method
    self.draws = draws
    self.kernels = kernels
    lossKernels = tasks.lossKernels
    let part = tasks.data.train
    inputs = part.inputs.view
    targetRows = part.targets.view
    targets = BatchTargets(targetRows)
    firstMoment = FloatBuffer(count: network.parameterCount)
    secondMoment = FloatBuffer(count: network.parameterCount)
    floatWeights = FloatBuffer(count: paddedCount(tasks.count))
    rateFactors = RateFactors(network)
    statistics = StepStatistics(taskCount: tasks.count)
    weights = StepWeights(taskCount: tasks.count)
    lossesAfter = Array(repeating: 0, count: tasks.count)
    let needs = method.rule.needs
    space = StepSpace(
      for: needs,
      network,
      taskCount: tasks.count,
      isObserved: takesDiagnostics
    )
    let groupCount = needs.parameterGroups.count
    let square = tasks.count * tasks.count
    statistics.groupGramians = Array(repeating: 0, count: groupCount * square)
    unsafe statistics.jacobian = space.jacobian
    unsafe statistics.representation = space.representation
    unsafe statistics.representationGradients = space.representationGradients
    weights.groupShared = Array(repeating: 0, count: groupCount * tasks.count)
    unsafe weights.direction = space.direction
    unsafe weights.representationDirection = space.representationDirection
  }

  /// Trains one step.
  ///
  /// `statistics.step`, `epoch`, `endsEpoch` and `learningRate` are the caller's to set. After the
  /// call, `statistics` holds the losses before the step and what the method needed, `weights` the
  /// method's answer.
  ///
  /// - Parameters:
  ///   - batches: The rows to train on.
  ///   - needsDiagnostics: Whether `statistics.gramian` is to hold the tasks' inner products at the
  ///     shared parameters afterwards, whatever the method needs. Training keeps its bits.
  /// - Returns: Why training cannot go on; nil when the step was made.
  package func step(_ batches: StepBatches, needsDiagnostics: Bool = false) -> StepFailure? {
    var needs = method.rule.needs
    takeAllTasks()
    network.draw(atStep: statistics.step, scripted: scriptedDraws)
    if needs.contains(.crossGramian) {
      if let failure = gatherCrossGramian(batches, needs.headBatchFactors) { return failure }
    }
    if let lookAhead = needs.takeLookAhead() {
      if let failure = gatherLookAheadSlopes(batches, lookAhead) { return failure }
      takeAllTasks()
    }
    unsafe load(batches.main, prefetching: batches.next)
    if let failure = forwardAndLosses() { return failure }
    network.keepStatistics()
    network.backwardOwn()
    hasRows = gatherStatistics(needs)
    Self.weigh(&statistics, by: &method, draws: &draws, into: &weights)
    if let refusal = weights.refusal { return .refused(refusal) }
    // The network's numbers are floats, and so is what its gradients are multiplied by.
    if let task = weights.task(withWeightBeyond: Double(Float.greatestFiniteMagnitude)) {
      return .refused(StepWeights.Refusal(task: task, reason: .nonFiniteWeight))
    }
    if needsDiagnostics { gatherDiagnostics(needs) }
    if weights.isPolicy { policySteps += 1 }
    weightSums += weights.weightSum
    weighedSteps += 1
    optimizer.advance(learningRate: statistics.learningRate)
    update(needs)

    if needs.contains(.lossesAfterStep) {
      network.forward()
      cost.forwardPasses += 1
      for task in 0..<tasks.count { lossesAfter[task] = computeLoss(task).mean }
      method.observe(lossesAfter: lossesAfter)
    }
    return nil
  }

  /// Mean over the steps of the sum of the tasks' weights in the shared update; nil before the first
  /// step, and for methods that answer a direction or weights by parameter group.
  package var meanWeightSum: Double? {
    let mean = weightSums / Double(weighedSteps)
    return mean.isNaN ? nil : mean
  }

  /// Asks the method; passed by reference, the statistics are not copied.
  private static func weigh(
    _ statistics: inout StepStatistics,
    by method: inout ConfiguredMethod,
    draws: inout WeightingDraws,
    into weights: inout StepWeights
  ) {
    method.weigh(statistics, draws: &draws, into: &weights)
  }

  /// Copies a batch's inputs to where the network reads them; its targets are read where they are.
  ///
  /// - Parameters:
  ///   - indices: The batch's rows, to be kept until the next batch is loaded.
  ///   - next: The rows of the batch after it, which are fetched into cache.
  func load(_ indices: UnsafePointer<Int32>, prefetching next: UnsafePointer<Int32>?) {
    let count = network.shape.batchRows
    unsafe kernels.gather(
      indices,
      count: count,
      of: inputs,
      into: network.input,
      prefetching: next
    )
    unsafe targets = BatchTargets(targetRows, rows: indices)
    unsafe kernels.fetch(indices, count: count, of: targetRows)
    cost.samples += count
  }

  private func takeAllTasks() {
    for task in 0..<tasks.count { statistics.isPresent[task] = true }
  }

  /// Runs the network on the loaded batch and fills `statistics.losses` and the output gradients; a
  /// task without a label in the batch leaves the step.
  func forwardAndLosses() -> StepFailure? {
    network.forward()
    cost.forwardPasses += 1
    for task in lossKernels.indices {
      let loss = computeLoss(task)
      guard loss.mean.isFinite else { return .diverged(task: task) }
      statistics.losses[task] = loss.presentRows > 0 ? loss.mean : .nan
      if loss.presentRows == 0 { statistics.isPresent[task] = false }
    }
    return nil
  }

  /// Loss of one task from the network's outputs as they are; fills its output gradient.
  func computeLoss(_ task: Int) -> LossSum {
    lossKernels[task].evaluate(
      outputs: network.outputs(of: task),
      targets: targets,
      gradient: network.outputGradient(of: task),
      kernels
    )
  }
}

extension Trainer {
  /// Loss of each task on some rows at the parameters as they are; nothing is trained.
  ///
  /// - Parameter indices: As many rows as a batch has.
  /// - Returns: Mean losses, shape [K].
  package func losses(of indices: UnsafePointer<Int32>) -> [Double] {
    let before = cost
    defer { cost = before }
    unsafe load(indices, prefetching: nil)
    network.forward()
    return (0..<tasks.count).map { computeLoss($0).mean }
  }

  /// Norm of the last update's shared gradient: of the weighted sum of the tasks' gradients, or of
  /// the vector that the method made.
  package func sharedGradientNorm() -> Double {
    let gradient = unsafe network.gradient.start
    if hasRows, weights.update == .combination {
      // The update went from the rows to the parameters.
      unsafe kernels.combine(rows.view, weights: floatWeights.start, into: gradient)
    }
    return unsafe kernels.squaredNorm(gradient, count: network.sharedCount).squareRoot()
  }
}
