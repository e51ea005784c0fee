/// The least-norm mixture of task gradients divided by lengths of their own, as MGDA takes it.
struct NormalizedHull: Sendable {
  /// The lengths `n_k` of the last step, shape [K].
  private(set) var lengths: [Double]
  /// Inner products of the normalised gradients, shape [K][K] row-major.
  private(set) var gramian: [Double]
  /// The mixture's weights, shape [K].
  var weights: [Double] { minimum.weights }

  private let normalization: RowNormalization
  private var minimum: MinimumNorm

  init(taskCount: Int, normalization: RowNormalization) {
    self.normalization = normalization
    lengths = Array(repeating: 1, count: taskCount)
    gramian = Array(repeating: 0, count: taskCount * taskCount)
    minimum = MinimumNorm(taskCount: taskCount)
  }

  /// A refusal where a negative loss would be a length.
  func refusal(of step: borrowing StepStatistics) -> StepWeights.Refusal? {
    normalization.usesLosses ? step.taskWithLoss(below: 0) : nil
  }

  /// Takes in a Gramian, shape [K][K] row-major, and losses, shape [K].
  mutating func read(_ source: [Double], losses: [Double]) {
    let count = lengths.count
    for k in 0..<count {
      lengths[k] = normalization.length(squaredNorm: source[k * count + k], loss: losses[k])
    }
    for i in 0..<count {
      for j in 0..<count {
        gramian[i * count + j] = source[i * count + j] / lengths[i] / lengths[j]
      }
    }
  }

  /// Fills `weights`; tells whether they are exact.
  mutating func solve() -> Bool {
    minimum.solve(gramian)
    return minimum.isExact
  }
}
