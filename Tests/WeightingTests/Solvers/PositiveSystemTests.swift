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
        #expect(holds(gramian, system.weights, power), "\(name) \(seed)")
      }
    }
  }

  /// Whether every equation holds up to rounding of the terms of its left side.
  private func holds(_ gramian: [Double], _ w: [Double], _ power: Double) -> Bool {
    for i in w.indices {
      var product = 0.0
      var magnitude = 0.0
      for j in w.indices {
        product += gramian[i * w.count + j] * w[j]
        magnitude += abs(gramian[i * w.count + j] * w[j])
      }
      let error = abs(product - Portable.pow(w[i], -power))
      guard w[i] > 0, error <= 1e-12 * magnitude else { return false }
    }
    return true
  }

  /// Random rows that have a solution, each family hard in one way.
  private func solvable(_ count: Int, seed: UInt64) -> [(name: String, rows: [[Double]])] {
    var source = RandomGradients(seed: seed)
    let width = max(2 * count, 5)
    let common = source.numbers(width)
    // Pairs of opposite rows, which all lean to one side a little.
    let opposed = source.rows(count, width).enumerated().map { i, row in
      let sign = i % 2 == 0 ? 1.0 : -1
      return [1e-3 * (1 + abs(row[0]))] + zip(common, row).dropFirst().map { sign * $0 + 1e-4 * $1 }
    }
    let parallel = source.rows(count, width).map { row in zip(common, row).map { $0 + 1e-6 * $1 } }
    let deficient = source.aligned(count, max(count / 3, 2))
    return [
      ("opposed", opposed), ("parallel", parallel), ("deficient", deficient),
      ("opposed and scaled", source.scaled(opposed, decades: 8)),
      ("parallel and scaled", source.scaled(parallel, decades: 8)),
      ("deficient and scaled", source.scaled(deficient, decades: 8)),
    ]
  }

  static let powers = [0.1, 0.5, 1, 2, 20]

  @Test(
    "nearly opposite, nearly parallel and dependent gradients",
    arguments: [2, 3, 8, 40],
    powers
  )
  func hard(_ count: Int, _ power: Double) {
    var system = PositiveSystem(taskCount: count, power: power)
    for seed in 0..<(count < 40 ? 8 : 1) {
      for (name, rows) in solvable(count, seed: UInt64(seed)) {
        let gramian = GradientStep.product(rows, rows)
        #expect(system.solve(gramian) == .solved, "\(name) \(seed)")
        #expect(holds(gramian, system.weights, power), "\(name) \(seed)")
      }
    }
  }

  @Test("dependent gradients that cancel have none", arguments: [2, 3, 8, 40], powers)
  func dependentWithout(_ count: Int, _ power: Double) {
    var system = PositiveSystem(taskCount: count, power: power)
    for seed in 0..<(count < 40 ? 8 : 1) {
      var source = RandomGradients(seed: UInt64(seed))
      var rows = source.rows(count, max(2 * count, 5))
      rows[count - 1] = rows[0].indices.map { p in
        -rows.dropLast().enumerated().reduce(0) { $0 + $1.element[p] / Double($1.offset + 1) }
      }
      for (name, rows) in [("plain", rows), ("scaled", source.scaled(rows, decades: 8))] {
        let outcome = system.solve(GradientStep.product(rows, rows))
        #expect(outcome == .stationary, "\(name) \(seed)")
      }
    }
  }

  @Test("the last digits of nearly opposite gradients are solved, too", arguments: powers)
  func nearlyOpposite(_ power: Double) {
    for gap in [1e-1, 1e-2, 1e-3, 1e-4] {
      for scale in [1e-8, 1, 1e8] {
        let rows = [[-1.0, 3], [1, gap - 3], [3, -2]].map { $0.map { $0 * scale } }
        let gramian = GradientStep.product(rows, rows)
        var system = PositiveSystem(taskCount: 3, power: power)
        #expect(system.solve(gramian) == .solved, "\(gap) \(scale)")
        #expect(holds(gramian, system.weights, power), "\(gap) \(scale)")
      }
    }
  }

  @Test("a solution smaller than any number is told from a small one")
  func notRepresentable() {
    let rows = [[-1.0, 3], [1, -2.999], [3, -2]]
    let gramian = GradientStep.product(rows, rows)
    for (power, outcome) in [(0.01, PositiveSystem.Outcome.stalled), (0.02, .solved)] {
      var system = PositiveSystem(taskCount: 3, power: power)
      #expect(system.solve(gramian) == outcome, "\(power)")
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

  @Test(
    "gradients that cancel are seen beside one that does not",
    arguments: [0.5, 1, 4.0 / 3, 2, 4, 10]
  )
  func stationaryInPart(_ power: Double) {
    let cases: [(rows: [[Double]], isSolved: Bool)] = [
      ([[-1, 3], [1, -3], [3, -2]], false), ([[0, 1, 1], [0, -1, -1], [3, 4, 2]], false),
      ([[-1e-4, 3e-4], [1e4, -3e4], [3, -2]], false),
      ([[-1, 3], [0, 0], [1, -3], [3, -2]], false),
      // Nearly opposite gradients still have a solution, and so has one gradient beside zeros.
      ([[-1, 3], [1, -2.9], [3, -2]], true), ([[0, 0], [0, 0], [3, -2]], true),
    ]
    for (rows, isSolved) in cases {
      var system = PositiveSystem(taskCount: rows.count, power: power)
      let outcome = system.solve(GradientStep.product(rows, rows))
      #expect(outcome == (isSolved ? .solved : .stationary), "\(rows)")
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
