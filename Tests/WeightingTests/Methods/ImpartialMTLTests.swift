import Kernels
import Testing

@testable import Weighting

@Suite("IMTL")
struct ImpartialMTLTests {
  @Test("starts as IMTL-G and learns the scales of IMTL-L")
  func twoSteps() throws {
    var context = MethodContext(taskCount: 2)
    context.optimizer = MethodContext.NetworkOptimizer(kind: .sgd)
    var method = try GradientStep.method("imtl", context: context)
    var step = GradientStep.gramian(of: [[3, 0], [0, 4]], losses: [2, 0.5])
    step.learningRate = 0.1
    let first = GradientStep.answer(&method, step)
    #expect(GradientStep.agree(first.shared, [4.0 / 7, 3.0 / 7]))
    #expect(first.heads == [1, 1])
    // s falls along exp(s) l - 1: 0 - 0.1 (2 - 1) and 0 - 0.1 (0.5 - 1).
    #expect(GradientStep.agree(method.state[0].values, [-0.1, 0.05]))
    // Rows scaled by e^s; with lengths n_k e^s_k the weights times e^s are again 1/n_k, over the sum
    // of 1 / (n_k e^s_k).
    let second = GradientStep.answer(&method, step)
    let scales = [Portable.exp(-0.1), Portable.exp(0.05)]
    let sum = 1 / (3 * scales[0]) + 1 / (4 * scales[1])
    #expect(GradientStep.agree(second.shared, [1 / 3 / sum, 1 / 4 / sum]))
    #expect(GradientStep.agree(second.heads, scales))
    #expect(
      GradientStep.agree(
        method.state[1].values,
        [1 / (3 * scales[0]) / sum, 1 / (4 * scales[1]) / sum]
      )
    )
  }

  @Test("takes log-scales given to it")
  func restore() throws {
    var method = try GradientStep.method("imtl", taskCount: 2, [("init", "0.5")])
    #expect(method.state[0].values == [0.5, 0.5])
    method.restore(["log_scale": [0.1, -0.2]])
    #expect(method.state[0].values == [0.1, -0.2])
  }
}
