import Testing

@testable import Weighting

@Suite("Dual problem of CAGrad")
struct CAGradDualTests {
  @Test("one gradient, and two at a right angle")
  func byHand() {
    var single = CAGradDual(taskCount: 1)
    #expect(single.solve([4], c: 0.4) == .solved)
    // g0 = g, s = 0.4 |g|: the correction is 0.4 g.
    #expect(GradientStep.agree(single.correction, [0.4]))
    // Equal lengths at a right angle: q = (1/2, 1/2), so d = (1 + c) g0.
    var pair = CAGradDual(taskCount: 2)
    #expect(pair.solve([1, 0, 0, 1], c: 0.5) == .solved)
    #expect(GradientStep.agree(pair.weights, [0.5, 0.5]))
    #expect(GradientStep.agree(pair.correction, [0.25, 0.25]))
  }

  @Test("zero averages and zero mixtures are told apart")
  func edges() {
    var dual = CAGradDual(taskCount: 2)
    #expect(dual.solve([1, -1, -1, 1], c: 0.4) == .zeroAverage)
    #expect(dual.solve([1, 0, 0, 0], c: 0.4) == .zeroMixture)
    #expect(dual.solve([0, 0, 0, 0], c: 0.4) == .zeroAverage)
    // g and -g/2: q = (0, 1), the mixture -g/2, d = g/4 - c g/4.
    #expect(dual.solve([1, -0.5, -0.5, 0.25], c: 0.4) == .solved)
    #expect(GradientStep.agree(dual.correction, [0, 0.2]))
    // With c >= 1 the zero vector of their hull is optimal.
    #expect(dual.solve([1, -0.5, -0.5, 0.25], c: 1.5) == .zeroMixture)
  }

  @Test(
    "the duality gap closes, however hard the gradients",
    arguments: [1, 2, 3, 5, 10, 40],
    [0.1, 0.4, 0.9]
  )
  func dualityGap(_ count: Int, _ c: Double) {
    var dual = CAGradDual(taskCount: count)
    for seed in 0..<(count < 40 ? 10 : 1) {
      for (name, rows) in RandomGradients.all(count, seed: UInt64(seed)) {
        let outcome = dual.solve(GradientStep.product(rows, rows), c: c)
        #expect(outcome != .stalled, "\(name) \(seed)")
        guard outcome == .solved else { continue }
        check(dual, rows, c, "\(name) \(seed)")
      }
    }
  }

  /// The primal value `min g_k . d` of the direction equals the dual value of q.
  private func check(_ dual: CAGradDual, _ rows: [[Double]], _ c: Double, _ name: String) {
    let q = dual.weights
    #expect(q.allSatisfy { $0 >= 0 } && abs(q.reduce(0, +) - 1) < 1e-12, "\(name)")
    let average = GradientStep.combination(rows.map { _ in 1 / Double(rows.count) }, rows)
    let correction = GradientStep.combination(dual.correction, rows)
    let radius = c * norm(average)
    // Lengths of sums carry the rounding of their longest terms.
    let terms = zip(rows, dual.correction).reduce(0) { $0 + $1.1 * norm($1.0) }
    #expect(abs(norm(correction) - radius) <= 1e-7 * radius + 1e-14 * terms, "\(name)")
    let mixture = GradientStep.combination(q, rows)
    let dualValue = GradientStep.dot(average, mixture) + radius * norm(mixture)
    let primalValue = rows.map { GradientStep.dot($0, average) + GradientStep.dot($0, correction) }
    let lengths = rows.map { norm($0) }
    for (value, length) in zip(primalValue, lengths) {
      let scale = length * (norm(average) + terms) + abs(dualValue)
      #expect(value >= dualValue - 1e-7 * scale, "\(name)")
    }
  }

  @Test("agrees with a fine search over the simplex", arguments: [0.2, 0.5, 0.8])
  func gridSearch(_ c: Double) {
    for seed in 0..<8 {
      var source = RandomGradients(seed: UInt64(40 + seed))
      let rows = source.rows(3, seed % 2 == 0 ? 2 : 4)
      let gramian = GradientStep.product(rows, rows)
      var dual = CAGradDual(taskCount: 3)
      let outcome = dual.solve(gramian, c: c)
      var best = Double.infinity
      let steps = 60
      for i in 0...steps {
        for j in 0...(steps - i) {
          let a = Double(i) / Double(steps)
          let b = Double(j) / Double(steps)
          best = min(best, objective(a, b, 1 - a - b, gramian, c))
        }
      }
      let q = dual.weights
      let found = outcome == .solved ? objective(q[0], q[1], q[2], gramian, c) : 0
      #expect(found <= best + 1e-12, "\(seed)")
    }
  }

  private func objective(
    _ q0: Double,
    _ q1: Double,
    _ q2: Double,
    _ gramian: [Double],
    _ c: Double
  ) -> Double {
    let p0 = gramian[0] * q0 + gramian[1] * q1 + gramian[2] * q2
    let p1 = gramian[3] * q0 + gramian[4] * q1 + gramian[5] * q2
    let p2 = gramian[6] * q0 + gramian[7] * q1 + gramian[8] * q2
    let mixture = max(q0 * p0 + q1 * p1 + q2 * p2, 0).squareRoot()
    let average = gramian.reduce(0, +).squareRoot() / 3
    return (p0 + p1 + p2) / 3 + c * average * mixture
  }

  private func norm(_ x: [Double]) -> Double { GradientStep.dot(x, x).squareRoot() }
}
