import Testing

@testable import Weighting

@Suite("Quadratic program with lower bounds")
struct LowerBoundedQPTests {
  @Test("two variables by hand")
  func pair() {
    var program = LowerBoundedQP(size: 2)
    program.setMatrix([1, -0.5, -0.5, 1])
    // At v = u = (1, 0) the second product is -1/2: v2 rises to 1/2.
    program.solve(bounds: [1, 0])
    #expect(GradientStep.agree(program.solution, [1, 0.5]))
    program.setMatrix([1, 0.5, 0.5, 1])
    program.solve(bounds: [1, 0])
    #expect(program.solution == [1, 0])
    // Negative bounds: the optimum is zero.
    program.solve(bounds: [-1, -2])
    #expect(program.solution.allSatisfy { abs($0) < 1e-15 })
  }

  @Test("all optimality conditions hold, however hard the matrix", arguments: [1, 2, 3, 5, 10, 40])
  func optimality(_ count: Int) {
    var program = LowerBoundedQP(size: count)
    for seed in 0..<(count < 40 ? 10 : 1) {
      for (name, rows) in RandomGradients.all(count, seed: UInt64(seed)) {
        var source = RandomGradients(seed: UInt64(1000 + seed))
        let gramian = GradientStep.product(rows, rows)
        for bounds in [source.numbers(count), source.numbers(count).map { abs($0) }] {
          program.setMatrix(gramian)
          program.solve(bounds: bounds)
          #expect(program.isExact, "\(name)")
          check(program.solution, bounds, gramian, name)
        }
      }
    }
  }

  private func check(_ v: [Double], _ u: [Double], _ gramian: [Double], _ name: String) {
    let count = v.count
    for i in 0..<count {
      var product = 0.0
      var magnitude = 0.0
      for j in 0..<count {
        product += gramian[i * count + j] * v[j]
        magnitude += abs(gramian[i * count + j]) * (abs(u[j]) + abs(v[j] - u[j]))
      }
      #expect(v[i] >= u[i], "\(name)")
      // Rounding of v is that of u and v - u; dependent rows leave their pivots' cut-off too.
      #expect(product >= -1e-12 * magnitude, "\(name) \(i)")
      if v[i] > u[i] { #expect(product <= 1e-12 * magnitude, "\(name) \(i)") }
    }
  }

  @Test("agrees with the best of all free sets", arguments: [2, 3, 4, 5])
  func bruteForce(_ count: Int) {
    for seed in 0..<30 {
      var source = RandomGradients(seed: UInt64(500 + seed))
      let rows = source.rows(count, 6)
      let gramian = GradientStep.product(rows, rows)
      let bounds = source.numbers(count)
      var program = LowerBoundedQP(size: count)
      program.setMatrix(gramian)
      program.solve(bounds: bounds)
      #expect(value(program.solution, gramian) <= smallest(gramian, bounds) * (1 + 1e-12) + 1e-14)
    }
  }

  private func value(_ v: [Double], _ gramian: [Double]) -> Double {
    var sum = 0.0
    for i in v.indices { for j in v.indices { sum += v[i] * gramian[i * v.count + j] * v[j] } }
    return sum
  }

  private func smallest(_ gramian: [Double], _ bounds: [Double]) -> Double {
    let count = bounds.count
    var best = Double.infinity
    for free in 0..<(1 << count) {
      let rows = (0..<count).filter { free >> $0 & 1 == 1 }
      var system = SupportFactor(capacity: max(rows.count, 1))
      var x = rows.map { row in
        (0..<count).filter { !rows.contains($0) }.reduce(0) {
          $0 - gramian[row * count + $1] * bounds[$1]
        }
      }
      guard system.factorize(rows, of: gramian, width: count, cutoff: 1e-13) else { continue }
      system.solve(&x)
      var v = bounds
      for (i, row) in rows.enumerated() { v[row] = x[i] }
      guard zip(v, bounds).allSatisfy({ $0 >= $1 }) else { continue }
      best = min(best, value(v, gramian))
    }
    return best
  }
}
