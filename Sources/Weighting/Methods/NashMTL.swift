package import Settings

/// Nash-MTL: the bargaining solution of the tasks over the update.
///
/// w > 0 with `(G w)_k = 1 / w_k`, the stationary point of `sum over k of log(g_k . d)` in a ball;
/// `d = sum over k of w_k g_k`, scaled by `max_norm / |d|` where it is longer than `max_norm`. As
/// `|d| = sqrt(K)` always, `max_norm: 1` clips every step for K >= 2: d is a unit vector, whatever the
/// scales of the losses. Heads are weighted by w before the clip.
///
/// By our convention (policy): zero gradients are left out with weight 1; where zero lies in the convex
/// hull of the others there is no solution, and the previous w stays (1 at the start). One task has
/// `w = 1 / |g|`.
///
/// Source: Navon, Shamsian, Achituve, Maron, Kawaguchi, Chechik and Fetaya, "Multi-Task Learning as a
/// Bargaining Game", ICML 2022, equation 3 and Algorithm 1.
///
/// Departures: the system is solved exactly, not by the authors' convex-concave iteration, whose
/// failures return the previous weights unnoticed.
package struct NashMTL: WeightingMethod {
  package static let name = "nash_mtl"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Follow the bargaining solution of the tasks over the update.",
    formula: "(G w)_k = 1 / w_k, w > 0; d = sum w_k g_k, |d| = sqrt(K), clipped to max_norm",
    source: "Navon et al., Multi-Task Learning as a Bargaining Game, ICML 2022",
    passes: "K + 1 backward (1 between solutions without a clip)",
    settings: [
      ("max_norm", "largest length of d, default 1; 0: no clip"),
      ("update_weights_every", "steps between solutions, default 1"),
    ],
    traps: [
      "The authors' iteration is up to 62 degrees off where gradient norms differ, without notice.",
      "With max_norm 1 every step is clipped, for |d| = sqrt(K).",
      "Weights grow like 1 / |g|, and so do the heads' steps.",
    ]
  )

  package let sumFactor = 1.0
  /// A clip needs the length of d, also between solutions.
  package var needs: StepNeeds { solvesNow || maxNorm > 0 ? .gramian : [] }
  package var state: [(name: String, values: [Double])] { [("weights", weights)] }

  private let maxNorm: Double
  private let interval: Int
  private var stepsSeen = 0
  private var weights: [Double]
  private var system: PositiveSystem

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    maxNorm = try settings.number("max_norm", default: 1, in: 0...1e6)
    interval = try settings.count("update_weights_every", default: 1, in: 1...1_000_000)
    weights = Array(repeating: 1, count: context.taskCount)
    system = PositiveSystem(taskCount: context.taskCount, power: 1)
  }

  private var solvesNow: Bool { stepsSeen % interval == 0 }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    if solvesNow {
      let outcome = system.solve(step.gramian)
      if outcome == .solved {
        for k in weights.indices { weights[k] = system.weights[k] }
      }
      result.isPolicy = outcome != .solved || system.hasZeroRow
    }
    if maxNorm > 0 { result.sharedFactor = clip(step.gramian) }
    for k in weights.indices {
      result.shared[k] = weights[k]
      result.heads[k] = weights[k]
    }
    stepsSeen += 1
  }

  private func clip(_ gramian: [Double]) -> Double {
    let count = weights.count
    var squaredNorm = 0.0
    for i in 0..<count {
      for j in 0..<count { squaredNorm += weights[i] * gramian[i * count + j] * weights[j] }
    }
    return squaredNorm > maxNorm * maxNorm ? maxNorm / squaredNorm.squareRoot() : 1
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    memory.common(&stepsSeen)
    memory.perTask(&weights)
  }

  package mutating func restore(_ state: [String: [Double]]) {
    guard let values = state["weights"] else { return }
    precondition(values.count == weights.count, "\(values.count) for \(weights.count) weights")
    weights = values
  }
}
