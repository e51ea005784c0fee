import Testing

@testable import Weighting

@Suite("Least-norm element of a hull")
struct MinimumNormTests {
  @Test("two gradients by hand")
  func pair() {
    var solver = MinimumNorm(taskCount: 2)
    // (1, 0) and (0, 2): w = 4/5, 1/5.
    solver.solve([1, 0, 0, 4])
    #expect(GradientStep.agree(solver.weights, [0.8, 0.2]))
    // (1, 0) and (3, 1): the first is the nearest point itself.
    solver.solve([1, 3, 3, 10])
    #expect(solver.weights == [1, 0])
    // Opposite, with lengths 1 and 1/2.
    solver.solve([1, -0.5, -0.5, 0.25])
    #expect(GradientStep.agree(solver.weights, [1.0 / 3, 2.0 / 3]))
    solver.solve([1, 1, 1, 1])
    #expect(solver.weights == [0.5, 0.5])
    solver.solve([1, 0, 0, 0])
    #expect(solver.weights == [0, 1])
  }

  @Test("two gradients whose squares add up to more than a number holds")
  func largePair() {
    var solver = MinimumNorm(taskCount: 2)
    solver.solve([1e308, 0, 0, 1e308])
    #expect(solver.weights == [0.5, 0.5])
    // (2, 0) and (-1, 1) times a large number: (2 + 2) / 10 and (4 + 2) / 10.
    solver.solve([0x1p1023, -0x1p1022, -0x1p1022, 0x1p1022])
    #expect(GradientStep.agree(solver.weights, [0.4, 0.6]))
  }

  @Test("a zero element is told from a short one")
  func zero() {
    var solver = MinimumNorm(taskCount: 3)
    for (rows, isZero) in [
      ([[1.0, 0], [-1, 1], [-1, -1]], true), ([[1, 3], [-2, -6], [3, -2]], true),
      ([[0, 0], [1, 0], [1, 1]], true), ([[1, 0], [-1, 1e-6], [0, 1]], false),
      ([[1e-9, 0], [1, 1], [1, -1]], false),
    ] {
      let gramian = GradientStep.product(rows, rows)
      #expect(solver.findsZero(gramian, tolerance: 1e-14) == isZero, "\(rows)")
    }
  }

  @Test(
    "all optimality conditions hold, however hard the gradients",
    arguments: [1, 2, 3, 5, 10, 40]
  )
  func optimality(_ count: Int) {
    var solver = MinimumNorm(taskCount: count)
    for seed in 0..<(count < 40 ? 10 : 1) {
      for (name, rows) in RandomGradients.all(count, seed: UInt64(seed)) {
        let gramian = GradientStep.product(rows, rows)
        solver.solve(gramian)
        let w = solver.weights
        #expect(solver.isExact, "\(name)")
        #expect(w.allSatisfy { $0 >= 0 } && abs(w.reduce(0, +) - 1) < 1e-13, "\(name)")
        let d = GradientStep.combination(w, rows)
        let squaredNorm = GradientStep.dot(d, d)
        // Rounding of d is that of its terms; 1e-12 of them leaves three decades.
        let terms = zip(rows, w).reduce(0) { $0 + $1.1 * norm($1.0) }
        for (i, g) in rows.enumerated() {
          let slack = GradientStep.dot(g, d) - squaredNorm
          #expect(slack >= -1e-12 * norm(g) * terms - 1e-12 * terms * terms, "\(name) \(i)")
        }
      }
    }
  }

  @Test("agrees with the best of all supports", arguments: [3, 4, 5])
  func bruteForce(_ count: Int) {
    for seed in 0..<30 {
      var source = RandomGradients(seed: UInt64(100 + seed))
      let rows = source.rows(count, seed % 2 == 0 ? 2 : 6)
      let gramian = GradientStep.product(rows, rows)
      var solver = MinimumNorm(taskCount: count)
      solver.solve(gramian)
      let found = squaredNorm(solver.weights, gramian)
      let best = smallestOverSupports(gramian, count)
      #expect(found <= best + 1e-12)
    }
  }

  private func norm(_ x: [Double]) -> Double { GradientStep.dot(x, x).squareRoot() }

  private func squaredNorm(_ w: [Double], _ gramian: [Double]) -> Double {
    var sum = 0.0
    for i in w.indices { for j in w.indices { sum += w[i] * gramian[i * w.count + j] * w[j] } }
    return sum
  }

  /// The least norm over the affine hulls of all supports, where it lies inside the hull.
  private func smallestOverSupports(_ gramian: [Double], _ count: Int) -> Double {
    var best = Double.infinity
    for support in 1..<(1 << count) {
      let rows = (0..<count).filter { support >> $0 & 1 == 1 }
      let size = rows.count + 1
      var solver = LinearSolver(capacity: size)
      for (i, row) in rows.enumerated() {
        for (j, column) in rows.enumerated() {
          solver.matrix[i * size + j] = gramian[row * count + column]
        }
        solver.matrix[i * size + size - 1] = 1
        solver.matrix[(size - 1) * size + i] = 1
      }
      guard solver.factorize(size: size, cutoff: 1e-12) else { continue }
      var x = rows.map { _ in 0.0 } + [1]
      solver.solve(&x)
      guard x.dropLast().allSatisfy({ $0 >= 0 }) else { continue }
      var w = Array(repeating: 0.0, count: count)
      for (i, row) in rows.enumerated() { w[row] = x[i] }
      best = min(best, squaredNorm(w, gramian))
    }
    return best
  }
}
