import Kernels
import Weighting

/// Times a method's weight computation on steps that are given in turn.
struct WeighTimer {
  private var method: ConfiguredMethod
  private var weights: StepWeights
  private var draws = WeightingDraws(RandomStream(seed: 1, purpose: .weighting))

  /// - Parameters:
  ///   - method: In any state.
  ///   - weights: With the buffers that the method writes to.
  init(_ method: ConfiguredMethod, _ weights: StepWeights) {
    self.method = method
    self.weights = weights
  }

  /// How long one computation takes in the best of several passes.
  ///
  /// - Parameters:
  ///   - steps: At least one; their numbers go on when they are given again.
  ///   - seconds: About how long to measure.
  /// - Returns: Seconds.
  func seconds(of steps: [StepStatistics], within seconds: Double) -> Double {
    var copy = self
    var steps = steps
    let observes = method.rule.needs.contains(.lossesAfterStep)
    let losses = steps[0].losses
    return steps.withUnsafeMutableBufferPointer { steps in
      var index = 0
      let best = bestSeconds(within: seconds) {
        copy.method.weigh(steps[index], draws: &copy.draws, into: &copy.weights)
        if observes { copy.method.observe(lossesAfter: losses) }
        steps[index].step += steps.count
        index = (index + 1) % steps.count
      }
      precondition(copy.weights.refusal == nil, "\(copy.method.name) refused a step")
      return best
    }
  }
}
