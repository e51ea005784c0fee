internal import GRDB

/// How a run ended and what it took: what lists of runs need of each, without its spec and the series
/// over its steps.
package struct RunEnd: Sendable, Hashable {
  package var status: RunStatus
  /// Why the run did not finish; empty when it did.
  package var reason: String
  /// Step at which the run went wrong, counted from 1; `nil` when it did not.
  package var failedStep: Int?
  /// Steps that were trained.
  package var stepCount = 0
  /// Seconds spent in training steps alone.
  package var trainSeconds = 0.0
  /// Seconds of the whole run, with data, evaluation and diagnostics.
  package var totalSeconds = 0.0
  /// Forward passes through the shared parameters.
  package var forwardPasses = 0
  /// Backward passes through the shared parameters.
  package var backwardPasses = 0
  /// Training samples seen, repetitions counted.
  package var samplesSeen = 0
  /// Bytes of the buffers that training used; `nil` where an earlier version did not count them.
  package var memoryBytes: Int?
  /// Steps in which the weighting method used its fallback.
  package var policySteps = 0
  /// Mean over the tasks of the logarithm of the validation loss at the checkpoint; `nil` where none
  /// has one.
  package var checkpointScore: Double?
  /// Name and processor of the machine that trained it.
  package var machine = ""
  /// Mean over the steps of the sum of the shared weights; `nil` for updates that have none.
  package var meanWeightSum: Double?

  /// The end of a run without a step.
  package init(_ status: RunStatus, reason: String = "") {
    self.status = status
    self.reason = reason
  }
}

extension RunEnd {
  /// Its columns of the table `run`, in the order in which they are read and written.
  static let columns = """
    status, reason, failed_step, step_count, train_seconds, total_seconds, forward_passes,
    backward_passes, samples_seen, memory_bytes, policy_steps, checkpoint_score, machine,
    mean_weight_sum
    """

  /// What `columns` hold in a row, from the column `first`.
  ///
  /// `machines` keeps one copy of the name that all runs of a machine have.
  init(_ row: StoredRow, from first: Int, _ machines: inout Set<String>) throws {
    status = try row.word(first)
    reason = try row.text(first + 1)
    failedStep = try row.optionalCount(first + 2)
    stepCount = try row.count(first + 3)
    trainSeconds = try row.amount(first + 4)
    totalSeconds = try row.amount(first + 5)
    forwardPasses = try row.count(first + 6)
    backwardPasses = try row.count(first + 7)
    samplesSeen = try row.count(first + 8)
    memoryBytes = try row.optionalCount(first + 9)
    policySteps = try row.count(first + 10)
    checkpointScore = try row.number(first + 11)
    machine = machines.insert(try row.text(first + 12)).memberAfterInsert
    meanWeightSum = try row.number(first + 13)
  }

  /// What goes into `columns`.
  var values: StatementArguments {
    [
      status.rawValue, reason, failedStep, stepCount, trainSeconds, totalSeconds, forwardPasses,
      backwardPasses, samplesSeen, memoryBytes, policySteps, checkpointScore, machine,
      meanWeightSum,
    ]
  }
}
