internal import Kernels
package import Settings

/// GradNorm: task weights that even out the gradient norms, corrected by how slowly each task trains.
///
/// With `n_k` the norm of task k's gradient on the chosen shared layer, `G_k = w_k n_k` and its mean
/// `Gbar`, loss ratios `rho_k = l_k / l_k(0)`, inverse training rates `r_k = rho_k / mean(rho)` and
/// targets `T_k = Gbar r_k^alpha` held constant, the weights descend along
/// `d/dw_k sum over j of |G_j - T_j| = sign(G_k - T_k) n_k` (the sign of 0 is 0). The step is made
/// with the current weights, which start at 1; then they move and are rescaled to sum to K.
///
/// Weights are positive, kept at 1e-4 or more before rescaling; a zero gradient gives no push. At the
/// first step every `r_k` is 1. One task keeps weight 1. A negative loss has no training rate and is
/// refused.
///
/// Variant `softmax_epoch`, as one library has it: `w = K softmax(z)`, `z` starts at 1 and shares the
/// network's optimizer and learning rate; weights stay at 1 during the first epoch, whose mean losses
/// are `l(0)`, and count as steps of zero gradient for Adam; heads follow their own unweighted
/// gradients.
///
/// Source: Chen, Badrinarayanan, Lee and Rabinovich, "GradNorm: Gradient Normalization for Adaptive
/// Loss Balancing in Deep Multitask Networks", ICML 2018, equations 1 and 2 and Algorithm 1.
///
/// Departures: the bound of 1e-4, since weights may otherwise cross 0 at large rates; `l_k(0) = 0`
/// counts as 1e-8.
package struct GradNorm: WeightingMethod {
  package static let name = "gradnorm"
  package static let description = MethodDescription(
    family: .loss,
    idea: "Learn weights that even out the tasks' gradient norms, favouring slow tasks.",
    formula: "w_k descends along sign(w_k n_k - mean(w n) r_k^alpha) n_k; sum w = K",
    source: "Chen et al., GradNorm, ICML 2018",
    passes: "K gradients of one layer + 1 backward",
    settings: [
      ("variant", "paper (default) or softmax_epoch"),
      ("alpha", "restoring force, default 1.5, 0 to 10"),
      ("layer", "where norms are taken: last (default for paper) or all_shared"),
      ("initial_losses", "paper: first_step (default) or log_classes"),
      ("weight_learning_rate", "paper: default 0.025"),
      ("weight_optimizer", "paper: adam (default) or sgd"),
      ("betas", "paper: Adam's decay rates, default [0.9, 0.999]"),
      ("adam_eps", "paper: default 1e-8"),
    ],
    traps: [
      "There is no authors' code.",
      "One library learns softmax logits at the network's rate, where weights hardly move.",
      "Some versions differentiate the mean norm too; weights then drift to zero.",
      "Some apply the weights before they are rescaled.",
    ]
  )

  package let needs: StepNeeds
  package let sumFactor = 1.0
  package var state: [(name: String, values: [Double])] {
    [(hasLogits ? "logits" : "weights", parameters.values)]
  }

  private let hasLogits: Bool
  private let alpha: Double
  /// The weights, or with `softmax_epoch` their logits.
  private var parameters: OwnParameters
  /// The weights of the step, shape [K].
  private var weights: [Double]
  /// `l(0)`, shape [K]; 0 until it is known.
  private var initialLosses: [Double]
  /// `softmax_epoch`: sums of the losses over the first epoch, and the steps in them; shape [K].
  private var firstSums: [Double]
  private var firstCounts: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let taskCount = context.taskCount
    let variant = try settings.choice("variant", of: ["paper", "softmax_epoch"], default: "paper")
    hasLogits = variant == "softmax_epoch"
    alpha = try settings.number("alpha", default: 1.5, in: 0...10)
    let layer = try settings.choice(
      "layer",
      of: ["last", "all_shared"],
      default: hasLogits ? "all_shared" : "last"
    )
    needs = layer == "last" ? .lastLayerNorms : .sharedNorms
    weights = Array(repeating: 1, count: taskCount)
    initialLosses = Array(repeating: 0, count: taskCount)
    firstSums = initialLosses
    firstCounts = initialLosses
    if hasLogits {
      parameters = OwnParameters(weights, optimizer: context.optimizer)
    } else {
      parameters = try GradNorm.readWeights(taskCount: taskCount, settings: &settings)
      let choice = try settings.choice(
        "initial_losses",
        of: ["first_step", "log_classes"],
        default: "first_step"
      )
      if choice == "log_classes" {
        initialLosses = context.classCounts.map { $0 > 1 ? Portable.log(Double($0)) : 0 }
      }
    }
  }

  private static func readWeights(
    taskCount: Int,
    settings: inout SettingsReader
  ) throws(SettingsError) -> OwnParameters {
    let kind = try settings.choice("weight_optimizer", of: ["adam", "sgd"], default: "adam")
    let optimizer = try MethodContext.NetworkOptimizer(
      kind: kind == "adam" ? .adam : .sgd,
      betasAndEpsilonIn: &settings
    )
    let rate = try settings.number(
      "weight_learning_rate",
      default: 0.025,
      in: OwnParameters.rates
    )
    return OwnParameters(
      Array(repeating: 1, count: taskCount),
      optimizer: optimizer,
      learningRate: rate
    )
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(below: 0)
    guard result.refusal == nil else { return }
    updateWeights()
    result.objective = 0
    for k in 0..<step.taskCount {
      result.shared[k] = weights[k]
      result.heads[k] = hasLogits ? 1 : weights[k]
      result.objective += weights[k] * step.losses[k]
    }
    guard hasLogits else {
      takeFirstLosses(step)
      fillWeightGradient(step)
      parameters.descend(networkRate: step.learningRate)
      rescale()
      return
    }
    if initialLosses.contains(0) {
      addFirstEpoch(step)
      for k in weights.indices { parameters.gradient[k] = 0 }
    } else {
      fillWeightGradient(step)
      fillLogitGradient()
    }
    // In the first epoch the gradient is 0, which leaves the logits but counts for Adam.
    parameters.descend(networkRate: step.learningRate)
  }

  /// Fills `weights` from the parameters.
  private mutating func updateWeights() {
    for k in weights.indices { weights[k] = parameters.values[k] }
    guard hasLogits else { return }
    Softmax.replace(&weights)
    for k in weights.indices { weights[k] *= Double(weights.count) }
  }

  /// Stands in for an initial loss of 0, by which ratios would be undefined.
  private static let smallestInitialLoss = 1e-8

  /// Takes the step's losses as the initial ones where none are known: at the task's first step.
  private mutating func takeFirstLosses(_ step: borrowing StepStatistics) {
    for k in initialLosses.indices where initialLosses[k] == 0 {
      initialLosses[k] = max(step.losses[k], GradNorm.smallestInitialLoss)
    }
  }

  /// Adds the step's losses to those of the first epoch of tasks that have not ended it.
  private mutating func addFirstEpoch(_ step: borrowing StepStatistics) {
    for k in initialLosses.indices where initialLosses[k] == 0 {
      firstSums[k] += step.losses[k]
      firstCounts[k] += 1
    }
  }

  /// Ends the first epoch's average; a task without a label in it goes on.
  package mutating func endEpoch() {
    guard hasLogits else { return }
    for k in initialLosses.indices where initialLosses[k] == 0 && firstCounts[k] > 0 {
      initialLosses[k] = max(firstSums[k] / firstCounts[k], GradNorm.smallestInitialLoss)
    }
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    parameters.carry(&memory, total: hasLogits ? nil : Double(weights.count))
    memory.perTask(&initialLosses)
    memory.perTask(&firstSums)
    memory.perTask(&firstCounts)
  }

  /// Fills `parameters.gradient` with the derivative for each weight.
  private mutating func fillWeightGradient(_ step: borrowing StepStatistics) {
    let taskCount = Double(weights.count)
    var meanNorm = 0.0
    var meanRatio = 0.0
    for k in weights.indices {
      meanNorm += weights[k] * step.gradientNorms[k] / taskCount
      meanRatio += step.losses[k] / initialLosses[k] / taskCount
    }
    for k in weights.indices {
      let ratio = step.losses[k] / initialLosses[k]
      let rate = meanRatio > 0 ? ratio / meanRatio : 1
      let excess = weights[k] * step.gradientNorms[k] - meanNorm * force(of: rate)
      let sign = excess > 0 ? 1.0 : (excess < 0 ? -1 : 0)
      parameters.gradient[k] = sign * step.gradientNorms[k]
    }
  }

  /// `rate^alpha`; 0 to the power of 0 is 1.
  private func force(of rate: Double) -> Double {
    if rate > 0 { return Portable.pow(rate, alpha) }
    return alpha == 0 ? 1 : 0
  }

  /// Turns the derivatives for the weights into those for the logits of `w = K softmax(z)`:
  /// `w_k (v_k - sum over j of w_j v_j / K)`.
  private mutating func fillLogitGradient() {
    var mean = 0.0
    for k in weights.indices {
      mean += weights[k] * parameters.gradient[k] / Double(weights.count)
    }
    for k in weights.indices {
      parameters.gradient[k] = weights[k] * (parameters.gradient[k] - mean)
    }
  }

  /// Keeps weights positive, and their sum at K.
  private mutating func rescale() {
    let smallest = 1e-4
    parameters.clamp(to: smallest...Double.greatestFiniteMagnitude)
    let scale = Double(weights.count) / parameters.values.reduce(0, +)
    for k in weights.indices { parameters.set(k, to: parameters.values[k] * scale) }
  }

  package mutating func restore(_ state: [String: [Double]]) {
    parameters.restore(state[hasLogits ? "logits" : "weights"])
  }
}
