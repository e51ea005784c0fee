import Testing

@testable import Weighting

@Suite("Small dense linear algebra")
struct LinearAlgebraTests {
  static let sizes = [1, 2, 3, 5, 10, 40]

  @Test("elimination leaves a residual of rounding", arguments: sizes)
  func elimination(_ size: Int) {
    var source = RandomGradients(seed: UInt64(size))
    let matrix = source.rows(size, size)
    let rightSide = source.numbers(size)
    var solver = LinearSolver(capacity: size + 2)
    for i in 0..<size * size { solver.matrix[i] = matrix[i / size][i % size] }
    var x = rightSide
    #expect(solver.factorize(size: size, cutoff: 1e-14) == true)
    solver.solve(&x)
    for (row, value) in zip(matrix, rightSide) {
      // Complete pivoting: the backward error is a few roundings of the terms.
      let scale = zip(row, x).reduce(abs(value)) { $0 + abs($1.0 * $1.1) }
      #expect(abs(GradientStep.dot(row, x) - value) <= 1e-13 * scale)
    }
  }

  @Test("elimination pivots where the diagonal is zero, and tells a singular matrix")
  func pivoting() {
    var solver = LinearSolver(capacity: 2)
    solver.matrix = [0, 2, 3, 0]
    #expect(solver.factorize(size: 2, cutoff: 1e-14) == true)
    var x = [4.0, 9]
    solver.solve(&x)
    #expect(x == [3, 2])
    solver.matrix = [1, 2, 2, 4]
    #expect(solver.factorize(size: 2, cutoff: 1e-14) == false)
  }

  @Test("Cholesky solves Gramians and refuses dependent rows", arguments: sizes)
  func cholesky(_ size: Int) {
    var source = RandomGradients(seed: UInt64(size))
    let rows = source.rows(size, 2 * size)
    let gramian = GradientStep.product(rows, rows)
    let solution = source.numbers(size)
    var x = (0..<size).map { i in
      GradientStep.dot(Array(gramian[i * size..<(i + 1) * size]), solution)
    }
    var cholesky = Cholesky(capacity: size)
    #expect(append(gramian, size, to: &cholesky) == true)
    cholesky.solve(&x)
    // Condition numbers of these matrices stay below 1e3.
    #expect(GradientStep.agree(x, solution, 1e-11))
    cholesky.truncate(to: 0)
    let ones = rows.flatMap { _ in rows.map { _ in 1.0 } }
    #expect(append(ones, size, to: &cholesky) == (size == 1))
    #expect(cholesky.count == 1)
  }

  private func append(_ matrix: [Double], _ size: Int, to cholesky: inout Cholesky) -> Bool {
    for i in 0..<size {
      var column = Array(matrix[i * size..<i * size + size])
      guard cholesky.append(&column, cutoff: 1e-14) else { return false }
    }
    return true
  }

  @Test("the factor of a changed support is that of a fresh one, to the last bit")
  func supportFactor() {
    let size = 12
    var source = RandomGradients(seed: 5)
    let rows = source.rows(size, 20)
    let gramian = GradientStep.product(rows, rows)
    let rightSide = source.numbers(size)
    var kept = SupportFactor(capacity: size)
    for support in [
      [3, 1, 4], [3, 1, 4, 9, 2], [3, 4, 9, 2], [3, 4, 9, 11], [5], [5, 3], [], [0],
    ] {
      var fresh = SupportFactor(capacity: size)
      var (x, y) = (rightSide, rightSide)
      #expect(kept.factorize(support, of: gramian, width: size, cutoff: 1e-14) == true)
      #expect(fresh.factorize(support, of: gramian, width: size, cutoff: 1e-14) == true)
      kept.solve(&x)
      fresh.solve(&y)
      #expect(x == y, "\(support)")
    }
    kept.reset()
    let ones = gramian.map { _ in 1.0 }
    #expect(kept.factorize([0, 1], of: ones, width: size, cutoff: 1e-14) == false)
    #expect(kept.factorize([0], of: ones, width: size, cutoff: 1e-14) == true)
  }

  @Test("scaled eigenvectors are orthogonal and rebuild the Gramian", arguments: sizes)
  func spectrum(_ size: Int) {
    for (name, rows) in RandomGradients.all(size, seed: 3) {
      let gramian = GradientStep.product(rows, rows)
      var spectrum = GramianSpectrum(taskCount: size)
      #expect(spectrum.decompose(gramian) == true, "\(name)")
      let vectors = (0..<spectrum.rank).map { e in
        Array(spectrum.scaledVectors[e * size..<(e + 1) * size])
      }
      let rebuilt = (0..<size * size).map { entry in
        vectors.reduce(0) { $0 + $1[entry / size] * $1[entry % size] }
      }
      #expect(GradientStep.agree(rebuilt, gramian, 1e-13), "\(name)")
      for i in vectors.indices {
        let square = GradientStep.dot(vectors[i], vectors[i])
        #expect(abs(square / spectrum.eigenvalues[i] - 1) < 1e-13, "\(name)")
        for j in 0..<i {
          let scale = (square * spectrum.eigenvalues[j]).squareRoot()
          #expect(abs(GradientStep.dot(vectors[i], vectors[j])) <= 1e-13 * scale, "\(name)")
        }
      }
    }
  }

  @Test("eigenvalues of graded matrices keep their relative accuracy")
  func graded() {
    // Rows (1, 0), 1e-8 (1, 1): the product of the eigenvalues is the determinant, 1e-16.
    var spectrum = GramianSpectrum(taskCount: 2)
    #expect(spectrum.decompose([1, 1e-8, 1e-8, 2e-16]) == true)
    let values = spectrum.eigenvalues.sorted()
    #expect(abs(values[0] / 1e-16 - 1) < 1e-7)
    #expect(abs(values[1] - 1) < 1e-15)
  }

  @Test("the pseudo-inverse obeys Penrose's conditions on a vector", arguments: [1, 2, 4, 9])
  func pseudoInverse(_ size: Int) {
    var source = RandomGradients(seed: UInt64(size))
    for rank in 1...size {
      // A = X Y with X of `rank` columns.
      let left = source.rows(size, rank)
      let right = source.rows(size, rank)
      let matrix = GradientStep.product(left, right)
      let b = source.numbers(size)
      var pseudoInverse = PseudoInverse(capacity: size + 1)
      var x = b
      #expect(pseudoInverse.solve(&x, matrix: matrix, size: size, cutoff: 1e-12) == true)
      let residual = (0..<size).map { i in
        b[i] - GradientStep.dot(Array(matrix[i * size..<(i + 1) * size]), x)
      }
      // The residual is orthogonal to the columns of X, the solution lies in the span of Y.
      for r in 0..<rank {
        #expect(abs(GradientStep.dot(residual, left.map { $0[r] })) < 1e-9)
      }
      var again = (0..<size).map { i in
        GradientStep.dot(Array(matrix[i * size..<(i + 1) * size]), x)
      }
      #expect(pseudoInverse.solve(&again, matrix: matrix, size: size, cutoff: 1e-12) == true)
      #expect(GradientStep.agree(again, x, 1e-8))
    }
  }

  @Test("the simplex projection is the nearest point", arguments: sizes)
  func simplex(_ count: Int) {
    var source = RandomGradients(seed: UInt64(count))
    var projection = SimplexProjection(count: count)
    for scale in [1e-8, 0.1, 1, 1e8] {
      let y = source.numbers(count).map { $0 * scale }
      var x = y
      projection.project(&x)
      #expect(x.allSatisfy { $0 >= 0 })
      #expect(abs(x.reduce(0, +) - 1) < 1e-6 * max(scale * 1e-8, 1e-6))
      // Optimality: y - x is the same tau where x > 0 and at most tau elsewhere.
      let gaps = zip(y, x).map { $0 - $1 }
      let tau = zip(gaps, x).filter { $0.1 > 0 }.map { $0.0 }.min() ?? 0
      for (gap, value) in zip(gaps, x) {
        #expect(value > 0 ? abs(gap - tau) <= 1e-14 * max(1, scale) * 10 : gap <= tau + 1e-14)
      }
    }
    var corner = (0..<count).map { $0 == 0 ? 5.0 : 0 }
    projection.project(&corner)
    #expect(corner == (0..<count).map { $0 == 0 ? 1 : 0 })
  }
}
