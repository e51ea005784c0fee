import Testing

@testable import Weighting

@Suite("Nash-MTL")
struct NashMTLTests {
  @Test("solves two orthogonal gradients, clips the update and not the heads")
  func orthogonal() throws {
    // 4 w = 1/w and 9 w = 1/w; d = (1, 1).
    var method = try GradientStep.method("nash_mtl", taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[2, 0], [0, 3]]))
    #expect(GradientStep.agree(result.shared, [1.0 / 2, 1.0 / 3]))
    #expect(abs(result.sharedFactor - 0.5.squareRoot()) < 1e-14)
    #expect(result.heads == result.shared)
    #expect(!result.isPolicy)
    #expect(method.sumFactor == 1)
    var free = try GradientStep.method("nash_mtl", taskCount: 2, [("max_norm", "0")])
    let unclipped = GradientStep.answer(&free, GradientStep.gramian(of: [[2, 0], [0, 3]]))
    #expect(unclipped.sharedFactor == 1)
  }

  @Test("w (G w) is 1 for conflicting and badly scaled gradients")
  func badlyScaled() throws {
    var method = try GradientStep.method("nash_mtl", taskCount: 2)
    for scale in [1, 1e-6, 1e6] {
      let step = GradientStep.gramian(of: [[1, 0], [-0.8 * scale, 0.6 * scale]])
      let w = GradientStep.answer(&method, step).shared
      for i in 0..<2 {
        let product = step.gramian[i * 2] * w[0] + step.gramian[i * 2 + 1] * w[1]
        #expect(abs(w[i] * product - 1) < 1e-12)
      }
    }
  }

  @Test("nearly opposite gradients have a solution and are no policy step")
  func nearlyOpposite() throws {
    var method = try GradientStep.method("nash_mtl", taskCount: 3)
    let step = GradientStep.gramian(of: [[-1, 3], [1, -2.999], [3, -2]])
    let result = GradientStep.answer(&method, step)
    #expect(!result.isPolicy)
    for i in 0..<3 {
      let product = (0..<3).reduce(0) { $0 + step.gramian[i * 3 + $1] * result.shared[$1] }
      // The terms are 1e8 times their sum, so that their rounding is 1e-8 of it.
      #expect(abs(result.shared[i] * product - 1) < 1e-6)
    }
  }

  @Test("keeps the previous weights where there is no solution")
  func stationary() throws {
    var method = try GradientStep.method("nash_mtl", taskCount: 2)
    let opposed = GradientStep.gramian(of: [[1, 2], [-1, -2]])
    let atStart = GradientStep.answer(&method, opposed)
    #expect(atStart.shared == [1, 1] && atStart.isPolicy)
    let solved = GradientStep.answer(&method, GradientStep.gramian(of: [[2, 0], [0, 3]])).shared
    let later = GradientStep.answer(&method, opposed)
    #expect(later.shared == solved && later.isPolicy)
  }

  @Test("zero gradients keep weight 1, and one gradient is made a unit vector")
  func edges() throws {
    var method = try GradientStep.method("nash_mtl", taskCount: 2)
    let zero = GradientStep.answer(&method, GradientStep.gramian(of: [[3, 4], [0, 0]]))
    #expect(GradientStep.agree(zero.shared, [0.2, 1]))
    #expect(zero.isPolicy)
    var single = try GradientStep.method("nash_mtl", taskCount: 1)
    let one = GradientStep.answer(&single, GradientStep.gramian(of: [[3, 4]]))
    #expect(GradientStep.agree(one.shared, [0.2]))
    #expect(!one.isPolicy)
  }

  @Test("solves again only every so many steps")
  func interval() throws {
    let settings = [(key: "update_weights_every", value: "2"), (key: "max_norm", value: "0")]
    var method = try GradientStep.method("nash_mtl", taskCount: 2, settings)
    #expect(method.needs == .gramian)
    let first = GradientStep.answer(&method, GradientStep.gramian(of: [[2, 0], [0, 3]])).shared
    #expect(method.needs == [])
    let other = GradientStep.gramian(of: [[4, 0], [0, 5]])
    #expect(GradientStep.answer(&method, other).shared == first)
    #expect(method.needs == .gramian)
    #expect(GradientStep.agree(GradientStep.answer(&method, other).shared, [0.25, 0.2]))
  }
}
