internal import Kernels
package import Settings

/// Dual-balancing multi-task learning (DB-MTL): logarithms of losses, gradients of equal norm.
///
/// At step t = 1, 2, …: gradients of the log-losses `h_k = g_k / (l_k + eps)`; buffers
/// `B <- b B + (1 - b) h` with `b = beta t^(-beta_decay)`, 0 at the start; norms `n_k = |B_k|`; the
/// direction is `sum over k of a_k B_k` with `a_k = max over j of n_j / (n_k + 1e-8)`. Heads follow the
/// gradient of their own `log(l_k + eps)`.
///
/// All K parts have the norm of the largest; a zero buffer stays zero. There is no bias correction, so
/// with a constant b the first steps are 1 - b of their size. A loss of `-eps` or less is refused.
///
/// Source: Lin, Jiang, Ye, Zhang, Chen, Chen, Liu, Tsang and Kwok, "Dual-Balancing for Multi-Task
/// Learning", arXiv 2308.12029, 2023, Algorithm 1.
///
/// Departures: none. The weights reported are `a_k`, of the buffers.
package struct DBMTL: WeightingMethod {
  package static let name = "db_mtl"
  package static let description = MethodDescription(
    family: .gradient,
    idea: "Take logarithms of the losses and bring averaged gradients to the largest norm.",
    formula: "B <- b B + (1 - b) grad log l; d = sum (max_j |B_j| / |B_k|) B_k",
    source: "Lin et al., Dual-Balancing for Multi-Task Learning, arXiv 2308.12029, 2023",
    passes: "K backward",
    settings: [
      ("beta", "average over steps, default 0.9, 0 to 1"),
      ("beta_decay", "its exponent in t, default 0, 0 to 10"),
      ("eps", "added to the losses, default 1e-8"),
    ],
    traps: [
      "Without bias correction the first direction is a tenth of its size.",
      "Heads follow the log-losses too.",
    ]
  )

  package let needs: StepNeeds = .jacobian
  package let sumFactor = 1.0
  package let answersDirection = true

  private let beta: Double
  private let betaDecay: Double
  private let epsilon: Double
  private let sharedCount: Int
  private var stepsSeen = 0.0
  /// B, shape [K][P] row-major.
  private var buffer: [Double]
  private var norms: [Double]

  /// Keeps the norm of a zero buffer away from 0.
  private static let smallestNorm = 1e-8

  package init(context: MethodContext, settings: inout SettingsReader) throws(SettingsError) {
    beta = try settings.number("beta", default: 0.9, in: 0...1)
    betaDecay = try settings.number("beta_decay", default: 0, in: 0...10)
    epsilon = try settings.number("eps", default: 1e-8, in: 0...1)
    sharedCount = context.sharedCount
    buffer = Array(repeating: 0, count: context.taskCount * sharedCount)
    norms = Array(repeating: 0, count: context.taskCount)
  }

  package mutating func weigh(
    _ step: borrowing StepStatistics,
    draws: inout WeightingDraws,
    into result: inout StepWeights
  ) {
    result.refusal = step.taskWithLoss(notAbove: -epsilon)
    guard result.refusal == nil else { return }
    stepsSeen += 1
    let share = beta * Portable.pow(stepsSeen, -betaDecay)
    for k in norms.indices {
      let factor = (1 - share) / (step.losses[k] + epsilon)
      var squaredNorm = 0.0
      for entry in k * sharedCount..<(k + 1) * sharedCount {
        let g = unsafe step.jacobian[entry]
        buffer[entry] = share * buffer[entry] + factor * g
        squaredNorm += buffer[entry] * buffer[entry]
      }
      norms[k] = squaredNorm.squareRoot()
      result.heads[k] = 1 / (step.losses[k] + epsilon)
    }
    combine(into: &result)
  }

  private func combine(into result: inout StepWeights) {
    result.update = .direction
    let largest = norms.reduce(0) { max($0, $1) }
    for p in 0..<sharedCount { unsafe result.direction[p] = 0 }
    for k in norms.indices {
      let factor = largest / (norms[k] + Self.smallestNorm)
      result.shared[k] = factor
      for p in 0..<sharedCount {
        unsafe result.direction[p] += factor * buffer[k * sharedCount + p]
      }
    }
  }

  package mutating func carry(_ memory: inout TaskMemory) {
    memory.common(&stepsSeen)
    memory.perTask(&buffer, width: sharedCount)
  }
}
