internal import Kernels
package import Settings

/// Fast adaptive multitask optimization (FAMO): all log losses are made to fall at equal rates.
///
/// With logits `xi`, `z = softmax(xi)`, `D_k = l_k - b_k + epsilon` and `c = sum over k of z_k / D_k`
/// held constant, `F = sum over k of (z_k / c) log D_k` and `w_k = z_k / (c D_k)`. After the
/// parameter step the losses of the *same* batch give `delta_k = log D_k - log D_k(after)`; the logits
/// take an Adam step along `z_k (delta_k - sum over j of z_j delta_j) + gamma xi_k`, which lowers the
/// logit of a task that fell more than the others.
///
/// Weights are positive and sum to 1 (K on sum scale). A loss that is not above its lower bound b is
/// refused. One task has weight 1.
///
/// Source: Liu, Feng, Stone and Liu, "FAMO: Fast Adaptive Multitask Optimization", NeurIPS 2023,
/// Algorithm 1.
///
/// Departures: none.
package struct FAMO: WeightingMethod {
  package static let name = "famo"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Lower the log losses of all tasks at equal rates.",
    formula: "w_k = z_k / (c D_k), z = softmax(xi), D = l - b + epsilon; xi learns after the step",
    source: "Liu et al., FAMO: Fast Adaptive Multitask Optimization, NeurIPS 2023",
    passes: "1 backward + 1 forward",
    settings: [
      ("learning_rate", "of the logits, default 0.025"),
      ("weight_decay", "gamma, default 1e-3, 0 to 10"),
      ("betas", "Adam's decay rates, default [0.9, 0.999]"),
      ("adam_eps", "default 1e-8"),
      ("eps", "added to each loss above its bound, default 1e-8, 0 to 1"),
      ("lower_bound", "b, one for each task, default 0"),
    ],
    traps: [
      "The advertised clipping of the gradient has no effect in the authors' common code. Ours: none.",
      "Their toy reuses the next step's losses; the same batch must be evaluated twice.",
      "gamma is 1e-5, 1e-3 or 0.01 depending on the file.",
    ]
  )

  package let needs: StepNeeds = .lossesAfterStep
  package let sumFactor: Double
  package var state: [(name: String, values: [Double])] { [("logits", logits.values)] }

  private let decay: Double
  private let epsilon: Double
  private var bounds: [Double]
  private var logits: OwnParameters
  /// `softmax(xi)` of the step, shape [K].
  private var shares: [Double]
  /// `log D` of the step, and then how much it fell; shape [K].
  private var logGaps: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let taskCount = context.taskCount
    sumFactor = Double(taskCount)
    let rate = try settings.number("learning_rate", default: 0.025, in: OwnParameters.rates)
    decay = try settings.number("weight_decay", default: 1e-3, in: 0...10)
    let optimizer = try MethodContext.NetworkOptimizer(kind: .adam, betasAndEpsilonIn: &settings)
    epsilon = try settings.number("eps", default: 1e-8, in: 0...1)
    shares = Array(repeating: 0, count: taskCount)
    logGaps = shares
    bounds = try context.taskNumbers("lower_bound", default: shares, in: -1e9...1e9, &settings)
    logits = OwnParameters(shares, optimizer: optimizer, learningRate: rate)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    for k in 0..<step.taskCount where step.losses[k] <= bounds[k] {
      result.refusal = StepWeights.Refusal(task: k, reason: .nonPositiveLoss)
      return
    }
    for k in 0..<step.taskCount { shares[k] = logits.values[k] }
    Softmax.replace(&shares)
    var c = 0.0
    for k in 0..<step.taskCount {
      let gap = step.losses[k] - bounds[k] + epsilon
      logGaps[k] = Portable.log(gap)
      result.shared[k] = shares[k] / gap
      c += result.shared[k]
    }
    result.objective = 0
    for k in 0..<step.taskCount {
      result.shared[k] /= c
      result.heads[k] = result.shared[k]
      result.objective += shares[k] / c * logGaps[k]
    }
  }

  /// Moves the logits; losses that are not finite, or at or below their bounds, leave them.
  package mutating func observe(lossesAfter losses: [Double]) {
    for k in logGaps.indices {
      guard losses[k].isFinite, losses[k] - bounds[k] + epsilon > 0 else { return }
    }
    var mean = 0.0
    for k in logGaps.indices {
      logGaps[k] -= Portable.log(losses[k] - bounds[k] + epsilon)
      mean += shares[k] * logGaps[k]
    }
    for k in logGaps.indices {
      logits.gradient[k] = shares[k] * (logGaps[k] - mean) + decay * logits.values[k]
    }
    // The logits have a rate of their own.
    logits.descend(networkRate: 0)
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    memory.perTask(&bounds)
    logits.carry(&memory)
  }

  package mutating func restore(_ state: [String: [Double]]) {
    logits.restore(state["logits"])
    guard let bounds = state["lower_bound"] else { return }
    precondition(bounds.count == self.bounds.count, "\(bounds.count) for \(self.bounds.count)")
    self.bounds = bounds
  }
}
