import Kernels
import Testing

@testable import Weighting

@Suite("ExcessMTL")
struct ExcessMTLTests {
  private let rows = [[1.0, 0], [0, 2]]

  @Test("the first excess is used as it is, later ones relative to it")
  func simplex() throws {
    // e = |g|_1 = (1, 2) at first; then e / e(0) = 1/sqrt 2 for both and nothing moves.
    let settings = [(key: "step_size", value: "1")]
    var method = try GradientStep.method("excess_mtl", taskCount: 2, sharedCount: 2, settings)
    let first = 1 / (1 + Portable.exp(1))
    for _ in 0..<2 {
      let result = GradientStep.vector(&method, rows: rows).weights
      // 1e-7 is added to the squares and to the baseline.
      #expect(GradientStep.agree(result.shared, [first, 1 - first], 1e-6))
      #expect(result.heads == [1, 1])
    }
    #expect(method.sumFactor == 2)
  }

  @Test("a task that stops learning gains weight")
  func gain() throws {
    var method = try GradientStep.method("excess_mtl", taskCount: 2, sharedCount: 2)
    _ = GradientStep.vector(&method, rows: rows)
    let before = method.state[0].values
    let result = GradientStep.vector(&method, rows: [[1, 0], [0, 1e-3]]).weights
    #expect(result.shared[0] > before[0])
  }

  @Test("warm-up steps are uniform, and their mean is the baseline")
  func warmup() throws {
    let settings = [(key: "warmup_steps", value: "2"), (key: "step_size", value: "1")]
    var method = try GradientStep.method("excess_mtl", taskCount: 2, sharedCount: 2, settings)
    for _ in 0..<2 {
      #expect(GradientStep.vector(&method, rows: rows).weights.shared == [0.5, 0.5])
    }
    // Both tasks have the same ratio e / e(0), so uniform weights stay.
    let third = GradientStep.vector(&method, rows: rows).weights.shared
    #expect(GradientStep.agree(third, [0.5, 0.5], 1e-6))
  }

  @Test("sums to K and weights the heads in that variant")
  func sumToK() throws {
    let settings = [(key: "variant", value: "sum_to_k"), (key: "step_size", value: "1")]
    var method = try GradientStep.method("excess_mtl", taskCount: 2, sharedCount: 2, settings)
    #expect(GradientStep.vector(&method, rows: rows).weights.shared == [1, 1])
    // The second gradient of task 0 is 3 times as long: e = 9 / sqrt(10) against 1; task 1 has
    // sqrt(2) / 2 of its first.
    let result = GradientStep.vector(&method, rows: [[3, 0], [0, 2]]).weights
    let difference = 9 / 10.0.squareRoot() - 0.5.squareRoot()
    let second = 2 / (1 + Portable.exp(difference))
    #expect(GradientStep.agree(result.shared, [2 - second, second], 1e-6))
    #expect(result.heads == result.shared)
    #expect(method.sumFactor == 1)
  }

  @Test("a weight that vanished can grow again")
  func regrowth() throws {
    // Weights exp(1000) and exp(2000) at first: the smaller one is nothing beside the other.
    let settings = [(key: "step_size", value: "1000")]
    var method = try GradientStep.method("excess_mtl", taskCount: 2, sharedCount: 2, settings)
    #expect(GradientStep.vector(&method, rows: rows).weights.shared[0] < 1e-300)
    let later = GradientStep.vector(&method, rows: [[100, 0], [0, 2]]).weights.shared
    #expect(later[0] > 0.9)
  }

  @Test("a task without a gradient at the first step has a baseline of 1e-7")
  func zeroBaseline() throws {
    let settings = [(key: "step_size", value: "1")]
    var method = try GradientStep.method("excess_mtl", taskCount: 2, sharedCount: 2, settings)
    _ = GradientStep.vector(&method, rows: [[1, 0], [0, 0]])
    let weights = GradientStep.vector(&method, rows: [[1, 0], [0, 1e-5]]).weights.shared
    // Task 0 has moved by 1 and 1/sqrt 2; task 1 by 1e-10 / sqrt(1e-10 + 1e-7) over 1e-7, 3.16.
    let excess = 1e-10 / (1e-10 + 1e-7).squareRoot()
    let second = 1 / (1 + Portable.exp(1 + 0.5.squareRoot() - excess / 1e-7))
    #expect(GradientStep.agree(weights, [1 - second, second], 1e-5))
  }

  @Test(
    "a zero gradient at the first step leaves finite weights",
    arguments: ["simplex", "sum_to_k"]
  )
  func zero(_ variant: String) throws {
    let settings = [(key: "variant", value: variant)]
    var method = try GradientStep.method("excess_mtl", taskCount: 2, sharedCount: 2, settings)
    for row in [[0.0, 0], [0, 2], [0, 2], [0, 1]] {
      let weights = GradientStep.vector(&method, rows: [[1, 0], row]).weights.shared
      #expect(weights.allSatisfy { $0.isFinite })
    }
  }
}
