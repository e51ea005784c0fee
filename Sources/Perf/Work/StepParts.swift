import Kernels
import Networks
import Problems
import Training
import Weighting

/// A training whose steps are taken apart and timed.
final class StepParts {
  private let trainer: Trainer
  private let rows: [Int32]
  private let batchRows: Int
  /// Seconds of about each measurement.
  private let span: Double
  private var position = 0
  /// Statistics of some steps in a row.
  private var steps: [StepStatistics] = []

  /// Warms up, then keeps what some steps offer the method.
  ///
  /// - Parameters:
  ///   - work: What is trained.
  ///   - data: Its data.
  ///   - method: A name of the registry that needs no settings, and no look-ahead.
  ///   - span: Seconds of about each measurement.
  /// - Throws: `SettingsError` for an unknown method.
  init(_ work: Work, _ data: ProblemData, method: String, within span: Double) throws {
    trainer = try work.makeTrainer(method, data)
    batchRows = work.batchRows
    self.span = span
    var stream = RandomStream(seed: 1, purpose: .batches)
    rows = (0..<work.rowCount).map { _ in Int32(stream.below(work.rowCount)) }
    for _ in 0..<2 { step() }
    for _ in 0..<8 {
      step()
      steps.append(trainer.statistics)
    }
  }

  /// Makes one step on the next batch.
  private func step() {
    if position + 3 * batchRows > rows.count { position = 0 }
    rows.withUnsafeBufferPointer { rows in
      guard let start = rows.baseAddress else { return }
      var batches = StepBatches(main: start + position)
      batches.next = start + position + batchRows
      batches.first = start + position + batchRows
      batches.second = start + position + 2 * batchRows
      precondition(trainer.step(batches) == nil, "a step failed")
    }
    position += batchRows
    trainer.statistics.step += 1
  }

  /// Seconds of a whole step.
  func stepSeconds() -> Double { bestSeconds(within: span) { step() } }

  /// Seconds of the method's answer to what steps of this training offered.
  func weighingSeconds() -> Double {
    WeighTimer(trainer.method, trainer.weights).seconds(of: steps, within: span)
  }

  /// Whether every task has a backward pass of its own.
  private var hasRows: Bool {
    !trainer.method.rule.needs.isDisjoint(with: [.gramian, .sharedNorms, .jacobian])
  }

  /// Seconds of the passes through the network: products and activations.
  func networkSeconds() -> Double {
    let network = trainer.network
    let rows = Matrix(rows: trainer.tasks.count, columns: network.sharedCount)
    return bestSeconds(within: span) {
      network.forward()
      network.backwardOwn()
      network.finishOwn()
      if hasRows {
        for task in 0..<rows.rows {
          network.sharedGradient(of: task, into: rows.buffer.start + task * rows.stride)
        }
      } else {
        network.sharedGradient(into: network.gradient.start)
      }
    }
  }

  /// Seconds of the inner products of the tasks' gradients; 0 where there are none.
  func gramianSeconds() -> Double {
    guard hasRows else { return 0 }
    let rows = Matrix(rows: trainer.tasks.count, columns: trainer.network.sharedCount)
    for index in 0..<rows.buffer.count { rows.buffer.start[index] = 0.5 }
    var gramian = trainer.statistics.gramian
    return bestSeconds(within: span) { KernelTable.best.gramian(rows.view, into: &gramian) }
  }

  /// Seconds of Adam, with the weighted sum of the tasks' gradients where there are any.
  func optimizerSeconds() -> Double {
    let network = trainer.network
    guard hasRows else { return OptimizerState.adamSeconds(network.parameterCount, within: span) }
    let own = network.parameterCount - network.sharedCount
    return OptimizerState.adamSeconds(
      network.sharedCount,
      combining: trainer.tasks.count,
      within: span
    ) + OptimizerState.adamSeconds(own, within: span)
  }
}
