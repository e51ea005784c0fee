internal import Kernels
package import Settings

/// Impartial multi-task learning (IMTL): IMTL-G on losses scaled as in IMTL-L.
///
/// Scaled losses `L_k = exp(s_k) l_k - s_k`: the weights w are those of IMTL-G for the gradients
/// `exp(s_k) g_k`, the direction is `sum over k of w_k exp(s_k) g_k`, every head follows the gradient
/// of its `L_k`, and s descends along `exp(s_k) l_k - 1`, which w does not multiply, together with the
/// network.
///
/// `sum over k of w_k = 1`; edges and policy as IMTL-G's.
///
/// Source: Liu, Li, Kuang, Xue, Chen, Yang, Liao and Zhang, "Towards Impartial Multi-Task Learning",
/// ICLR 2021, Algorithm 1.
///
/// Departures: none.
package struct ImpartialMTL: WeightingMethod {
  package static let name = "imtl"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Equal projections on the gradients of losses whose scales are learnt as in IMTL-L.",
    formula: "d = sum w_k exp(s_k) g_k with w of IMTL-G; s descends along exp(s_k) l_k - 1",
    source: "Liu et al., Towards Impartial Multi-Task Learning, ICLR 2021",
    passes: "K backward",
    settings: [
      ("init", "start of the log-scales s, default 0, -20 to 20"),
      ("learning_rate", "of s, default the network's"),
    ],
    traps: [
      "One library calls this hybrid IMTL and reports w without exp(s).",
      "Heads follow the scaled losses.",
    ]
  )

  package let needs: StepNeeds = .gramian
  package let sumFactor: Double
  /// The log-scales, and the weights of the scaled gradients.
  package var state: [(name: String, values: [Double])] {
    [("log_scale", logScales.values), ("row_weights", system.weights)]
  }

  private var logScales: OwnParameters
  private var system: ImpartialSystem
  private var gramian: [Double]
  private var scales: [Double]

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    logScales = try OwnParameters(
      context: context,
      initial: 0,
      in: -20...20,
      settings: &settings
    )
    sumFactor = Double(context.taskCount)
    system = ImpartialSystem(taskCount: context.taskCount)
    gramian = Array(repeating: 0, count: context.taskCount * context.taskCount)
    scales = Array(repeating: 1, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    let count = step.taskCount
    for k in 0..<count {
      scales[k] = Portable.exp(logScales.values[k])
      logScales.gradient[k] = scales[k] * step.losses[k] - 1
    }
    for i in 0..<count {
      for j in 0..<count {
        gramian[i * count + j] = scales[i] * scales[j] * step.gramian[i * count + j]
      }
    }
    result.isPolicy = !system.solve(gramian)
    for k in 0..<count {
      result.shared[k] = system.weights[k] * scales[k]
      result.heads[k] = scales[k]
    }
    logScales.descend(networkRate: step.learningRate)
  }

  package mutating func carry(_ memory: inout TaskMemory) { logScales.carry(&memory) }

  package mutating func restore(_ state: [String: [Double]]) {
    logScales.restore(state["log_scale"])
  }
}
