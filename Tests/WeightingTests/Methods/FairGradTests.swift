import Kernels
import Testing

@testable import Weighting

@Suite("FairGrad")
struct FairGradTests {
  @Test("solves orthogonal gradients in closed form")
  func orthogonal() throws {
    // |g|^2 w = w^(-1/2): w = |g|^(-4/3), 1/16 for |g| = 8.
    var method = try GradientStep.method("fairgrad", taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[8, 0], [0, 1]]))
    #expect(GradientStep.agree(result.shared, [1.0 / 16, 1]))
    #expect(result.heads == [1, 1])
    #expect(!result.isPolicy)
    #expect(method.sumFactor == 1)
  }

  @Test(
    "nearly opposite gradients have a solution",
    arguments: ["0.05", "0.5", "1", "2", "10", "50"]
  )
  func nearlyOpposite(_ alpha: String) throws {
    var method = try GradientStep.method("fairgrad", taskCount: 3, [("alpha", alpha)])
    let step = GradientStep.gramian(of: [[-1, 3], [1, -2.999], [3, -2]])
    #expect(!GradientStep.answer(&method, step).isPolicy)
  }

  @Test("is Nash-MTL's system at alpha 1")
  func likeNashMTL() throws {
    let step = GradientStep.gramian(of: [[1, 0, 3], [-0.8, 6, 0.1], [0.3, 0.2, 0.01]])
    var fair = try GradientStep.method("fairgrad", taskCount: 3, [("alpha", "1")])
    var nash = try GradientStep.method("nash_mtl", taskCount: 3)
    let expected = GradientStep.answer(&nash, step).shared
    #expect(GradientStep.agree(GradientStep.answer(&fair, step).shared, expected, 1e-12))
  }

  @Test("scales as s^(-2 alpha / (1 + alpha)), badly scaled or not", arguments: [0.5, 2, 5])
  func scale(_ alpha: Double) throws {
    let rows = [[1.0, 0, 0.2], [-0.8, 6, 0], [0.3, 0.2, 1e-3]]
    let exponent = -2 * alpha / (1 + alpha)
    var method = try GradientStep.method("fairgrad", taskCount: 3, [("alpha", "\(alpha)")])
    let plain = GradientStep.answer(&method, GradientStep.gramian(of: rows)).shared
    let scaled = rows.map { $0.map { $0 * 0x1p-20 } }
    let found = GradientStep.answer(&method, GradientStep.gramian(of: scaled)).shared
    let factor = Portable.pow(0x1p-20, exponent)
    #expect(GradientStep.agree(found, plain.map { $0 * factor }, 1e-10))
  }

  @Test("weights are 1 where there is no solution, as policy")
  func stationary() throws {
    var method = try GradientStep.method("fairgrad", taskCount: 2)
    let outside: [[[Double]]] = [
      [[1, 2], [-1, -2]], [[1, 2], [-0.5, -1]], [[0, 0], [0, 0]],
    ]
    for rows in outside {
      let result = GradientStep.answer(&method, GradientStep.gramian(of: rows))
      #expect(result.shared == [1, 1] && result.isPolicy)
    }
  }
}
