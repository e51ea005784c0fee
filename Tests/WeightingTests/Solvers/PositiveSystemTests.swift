import Kernels
import Testing

@testable import Weighting

@Suite("Positive system")
struct PositiveSystemTests {
  @Test("one gradient has the closed form", arguments: [0.2, 0.5, 1, 2, 10], [1e-8, 1, 1e8])
  func single(_ power: Double, _ length: Double) {
    var system = PositiveSystem(taskCount: 1, power: power)
    #expect(system.solve([length * length]) == .solved)
    let expected = Portable.pow(length, -2 / (1 + power))
    #expect(abs(system.weights[0] / expected - 1) < 1e-13)
  }

  @Test("two orthogonal gradients by hand")
  func orthogonal() {
    // 4 w = 1 / w and 9 w = 1 / w.
    var system = PositiveSystem(taskCount: 2, power: 1)
    #expect(system.solve([4, 0, 0, 9]) == .solved)
    #expect(GradientStep.agree(system.weights, [1.0 / 2, 1.0 / 3], 1e-14))
  }

  @Test(
    "the equations hold to rounding wherever zero is not in the hull",
    arguments: [1, 2, 3, 5, 10, 40],
    [0.2, 0.5, 1, 2]
  )
  func residual(_ count: Int, _ power: Double) {
    var system = PositiveSystem(taskCount: count, power: power)
    for seed in 0..<(count < 40 ? 10 : 1) {
      for (name, rows) in RandomGradients.all(count, seed: UInt64(seed))
      where ["aligned", "scaled and aligned", "half", "identical"].contains(name) {
        let gramian = GradientStep.product(rows, rows)
        let outcome = system.solve(gramian)
        #expect(outcome == .solved, "\(name) \(seed)")
        guard outcome == .solved else { continue }
        let w = system.weights
        for i in 0..<count {
          var product = 0.0
          var magnitude = 0.0
          for j in 0..<count {
            product += gramian[i * count + j] * w[j]
            magnitude += abs(gramian[i * count + j] * w[j])
          }
          let error = abs(product - Portable.pow(w[i], -power))
          #expect(w[i] > 0 && error <= 1e-12 * magnitude, "\(name) \(seed)")
        }
      }
    }
  }

  @Test("gradients whose hull holds zero have no solution", arguments: [0.2, 0.5, 1, 2, 5])
  func stationary(_ power: Double) {
    let cases: [(rows: [[Double]], isSolved: Bool)] = [
      ([[1.0, 2], [-1, -2]], false), ([[1, 0.3], [-0.5, -0.15]], false),
      ([[1, 0], [-1, 1], [-1, -1]], false), ([[1, 0], [-1, 0], [0.5, 2]], false),
      ([[1, 0], [-1, 1e-3]], true),
    ]
    for (rows, isSolved) in cases {
      var system = PositiveSystem(taskCount: rows.count, power: power)
      let outcome = system.solve(GradientStep.product(rows, rows))
      #expect((outcome == .solved) == isSolved, "\(rows)")
    }
  }

  @Test("zero gradients are left out with weight 1")
  func zeroRow() {
    var system = PositiveSystem(taskCount: 3, power: 1)
    #expect(system.solve([4, 0, 0, 0, 0, 0, 0, 0, 9]) == .solved)
    #expect(system.hasZeroRow)
    #expect(GradientStep.agree(system.weights, [1.0 / 2, 1, 1.0 / 3], 1e-14))
    #expect(system.solve(Array(repeating: 0, count: 9)) == .solved)
    #expect(system.weights == [1, 1, 1])
  }
}
