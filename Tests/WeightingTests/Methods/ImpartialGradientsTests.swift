import Testing

@testable import Weighting

@Suite("IMTL-G")
struct ImpartialGradientsTests {
  @Test("gives orthogonal gradients equal projections")
  func orthogonal() throws {
    // w_k in proportion to 1 / |g_k|: d = 12/7 (1, 1).
    var method = try GradientStep.method("imtl_g", taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[3, 0], [0, 4]]))
    #expect(GradientStep.agree(result.shared, [4.0 / 7, 3.0 / 7]))
    #expect(!result.isPolicy)
    #expect(method.sumFactor == 2)
  }

  @Test("projections are equal for conflicting and badly scaled gradients")
  func projections() throws {
    var method = try GradientStep.method("imtl_g", taskCount: 3)
    let rows = [[1e4, 2e3, 0], [-1, 0.5, 0.2], [1e-4, -2e-4, 3e-4]]
    let weights = GradientStep.answer(&method, GradientStep.gramian(of: rows)).shared
    let d = GradientStep.combination(weights, rows)
    let projections = rows.map { GradientStep.dot($0, d) / GradientStep.dot($0, $0).squareRoot() }
    // The direction is some 1e-4 long and made of parts some 1e-4 long.
    #expect(GradientStep.agree(projections, projections.map { _ in projections[0] }, 1e-10))
    #expect(abs(weights.reduce(0, +) - 1) < 1e-14)
  }

  @Test("dependent gradients take the source's smaller system, as policy")
  func dependent() throws {
    var method = try GradientStep.method("imtl_g", taskCount: 2)
    let cases: [(rows: [[Double]], expected: [Double])] = [
      ([[2.0, 4], [-1, -2]], [1.0 / 3, 2.0 / 3]), ([[1, 2], [-1, -2]], [0.5, 0.5]),
      ([[1, 2], [1, 2]], [1, 0]), ([[1, 2], [0, 0]], [1, 0]), ([[0, 0], [0, 0]], [0.5, 0.5]),
    ]
    for (rows, expected) in cases {
      let result = GradientStep.answer(&method, GradientStep.gramian(of: rows))
      #expect(GradientStep.agree(result.shared, expected), "\(rows)")
      #expect(result.isPolicy)
    }
    var single = try GradientStep.method("imtl_g", taskCount: 1)
    #expect(GradientStep.answer(&single, GradientStep.gramian(of: [[3, 4]])).shared == [1])
  }

  @Test("the pseudo-inverse of the Gramian is another rule for dependent gradients")
  func pseudoInverse() throws {
    let settings = [(key: "variant", value: "gram_pinv")]
    var method = try GradientStep.method("imtl_g", taskCount: 2, settings)
    let cases: [(rows: [[Double]], expected: [Double])] = [
      ([[3.0, 0], [0, 4]], [4.0 / 7, 3.0 / 7]), ([[2, 4], [-1, -2]], [2, -1]),
      ([[1, 2], [1, 2]], [0.5, 0.5]), ([[1, 2], [0, 0]], [1, 0]), ([[1, 2], [-1, -2]], [0, 0]),
      ([[0, 0], [0, 0]], [0, 0]),
    ]
    for (rows, expected) in cases {
      let result = GradientStep.answer(&method, GradientStep.gramian(of: rows))
      #expect(GradientStep.agree(result.shared, expected), "\(rows)")
      #expect(!result.isPolicy)
    }
  }
}
