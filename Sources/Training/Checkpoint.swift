internal import Kernels
internal import Networks
internal import Statistics

/// The evaluation that one rule reports, as far as training has come, with its parameters.
struct Checkpoint {
  let rule: CheckpointRule
  /// Step after which the parameters stood.
  private(set) var step = 0
  /// Parameters and state of the network then; nil where they are those of the end of training.
  private(set) var snapshot: FloatBuffer?
  /// Mean over the tasks of the logarithm of the validation loss; nan where no task has one.
  private(set) var logScore = Double.nan
  private var score = Double.infinity
  private let storage: FloatBuffer?

  init(_ rule: CheckpointRule, snapshotCount: Int) {
    self.rule = rule
    storage = rule == .last ? nil : FloatBuffer(count: snapshotCount)
  }

  /// Takes an evaluation if the rule prefers it to all before it.
  mutating func consider(
    _ step: Int,
    _ losses: [Double],
    start: [Double],
    _ network: Network
  ) {
    if let storage {
      let score = rule.score(losses: losses, start: start) ?? .infinity
      // Until an evaluation has a score, the end of training stands for the checkpoint.
      guard score < self.score || snapshot == nil else { return }
      if score < self.score {
        self.score = score
        unsafe network.save(to: storage.start)
        snapshot = storage
      }
    }
    self.step = step
    logScore = CheckpointRule.best.score(losses: losses, start: start) ?? .nan
  }
}
