internal import Kernels
package import Settings

/// ExcessMTL: more weight for tasks that are far from their optimum.
///
/// The excess risk of task k is estimated by `e_k = sum over p of g_kp^2 / sqrt(S_kp + 1e-7)` with
/// `S <- S + g * g`, AdaGrad's diagonal Hessian; weights move by `w <- softmax(log w + step_size e)`,
/// 1/K at the start; `d = sum over k of w_k g_k`. The first e is used as it is and kept as the
/// baseline; later ones are divided by it. With `warmup_steps: n` the first n steps have uniform
/// weights and their mean e is the baseline.
///
/// Weights are positive and sum to 1. A zero gradient at the first step leaves a baseline of 1e-7, by
/// which later excesses are divided: its task then soon takes all the weight. S never decays.
///
/// Source: He, Zhou, Zhang, Yun, Xu, Zeng, Chilimbi and Zhao, "Robust Multi-Task Learning with Excess
/// Risks", ICML 2024, Algorithm 1.
///
/// Departures: the default follows one library's form of the first step; variant `sum_to_k`, the
/// authors' code, starts at weights of 1, only stores the baseline at the first step, keeps the sum at K
/// and weights the heads.
package struct ExcessMTL: WeightingMethod {
  package static let name = "excess_mtl"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Give more weight to tasks that are far from their optimum.",
    formula: "e_k = g_k^T H_k^-1 g_k, H AdaGrad's diagonal; w <- softmax(log w + eta e / e(0))",
    source: "He et al., Robust Multi-Task Learning with Excess Risks, ICML 2024",
    passes: "K backward",
    settings: [
      ("variant", "simplex (default): sum 1, own heads; sum_to_k: sum K, weighted heads"),
      ("step_size", "eta, default 0.01"),
      ("warmup_steps", "simplex: steps of uniform weights before, default 0"),
    ],
    traps: [
      "Libraries have step sizes 1 and 0.01, and differ from the first step on.",
      "The estimate shrinks like 1 / sqrt(t) for all tasks, as S never decays.",
    ]
  )

  package let needs: StepNeeds = .jacobian
  package let sumFactor: Double
  package var state: [(name: String, values: [Double])] { [("weights", weights)] }

  private let sumsToCount: Bool
  private let stepSize: Double
  private let warmupSteps: Int
  private let sharedCount: Int
  /// Steps in which the task had labels, shape [K].
  private var stepCounts: [Double]
  private var weights: [Double]
  private var excess: [Double]
  private var baseline: [Double]
  /// S, shape [K][P] row-major.
  private var squares: [Double]

  /// Keeps roots and baselines away from 0.
  private static let smallest = 1e-7

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    let variants = ["simplex", "sum_to_k"]
    sumsToCount = try settings.choice("variant", of: variants, default: variants[0]) == "sum_to_k"
    stepSize = try settings.number("step_size", default: 0.01, in: 0...1e6)
    warmupSteps =
      sumsToCount ? 0 : try settings.count("warmup_steps", default: 0, in: 0...1_000_000)
    sharedCount = context.sharedCount
    let taskCount = context.taskCount
    sumFactor = sumsToCount ? 1 : Double(taskCount)
    weights = Array(repeating: sumsToCount ? 1 : 1 / Double(taskCount), count: taskCount)
    excess = Array(repeating: 0, count: taskCount)
    baseline = excess
    stepCounts = excess
    squares = Array(repeating: 0, count: taskCount * sharedCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    var moves = false
    for k in weights.indices {
      excess[k] = estimate(task: k, of: step)
      if relate(task: k) { moves = true }
      stepCounts[k] += 1
    }
    if moves { reweigh() }
    for k in weights.indices {
      result.shared[k] = weights[k]
      result.heads[k] = sumsToCount ? weights[k] : 1
    }
  }

  /// Brings the excess of task k into relation to its baseline, or makes the baseline of it.
  ///
  /// - Returns: Whether it is to move the weights; else it is 0.
  private mutating func relate(task k: Int) -> Bool {
    if stepCounts[k] < Double(warmupSteps) {
      baseline[k] += excess[k] / Double(warmupSteps)
    } else if stepCounts[k] > 0 {
      excess[k] /= divisor(task: k)
      return true
    } else {
      baseline[k] = excess[k]
      if !sumsToCount { return true }
    }
    excess[k] = 0
    return false
  }

  private func divisor(task k: Int) -> Double {
    guard sumsToCount else { return baseline[k] + Self.smallest }
    return baseline[k] > 0 ? baseline[k] : Self.smallest
  }

  /// Takes in the gradient of task k and returns its excess risk.
  private mutating func estimate(task k: Int, of step: borrowing StepStatistics) -> Double {
    var sum = 0.0
    for entry in k * sharedCount..<(k + 1) * sharedCount {
      let g = unsafe step.jacobian[entry]
      squares[entry] += g * g
      sum += g * g / (squares[entry] + Self.smallest).squareRoot()
    }
    return sum
  }

  private mutating func reweigh() {
    for k in weights.indices { weights[k] = Portable.log(weights[k]) + stepSize * excess[k] }
    Softmax.replace(&weights)
    for k in weights.indices {
      // A weight of 0 could never grow again.
      weights[k] = max(weights[k], Double.leastNormalMagnitude)
      if sumsToCount { weights[k] *= Double(weights.count) }
    }
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    memory.shares(&weights, total: sumsToCount ? Double(weights.count) : 1)
    memory.perTask(&baseline)
    memory.perTask(&stepCounts)
    memory.perTask(&squares, width: sharedCount)
  }

  package mutating func restore(_ state: [String: [Double]]) {
    guard let values = state["weights"] else { return }
    precondition(values.count == weights.count, "\(values.count) for \(weights.count) weights")
    weights = values
  }
}
