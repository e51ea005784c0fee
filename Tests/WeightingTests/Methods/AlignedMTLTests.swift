import Testing

@testable import Weighting

@Suite("Aligned-MTL")
struct AlignedMTLTests {
  @Test("scales orthogonal gradients to one length")
  func orthogonal() throws {
    // Eigenvalues 4 and 1: B = sigma diag(1/2, 1), sigma^2 = 1, 1 or 5/2.
    let step = GradientStep.gramian(of: [[2, 0], [0, 1]])
    for (mode, scale) in [("min", 1.0), ("median", 1), ("rmse", 2.5.squareRoot())] {
      var method = try GradientStep.method("aligned_mtl", taskCount: 2, [("scale_mode", mode)])
      let result = GradientStep.answer(&method, step)
      #expect(GradientStep.agree(result.shared, [0.25 * scale, 0.5 * scale]), "\(mode)")
      #expect(method.sumFactor == 2)
    }
  }

  @Test("the median of three eigenvalues is the middle one")
  func median() throws {
    // Eigenvalues 16, 4 and 1: sigma = 2, w = 2 a / |g|.
    var method = try GradientStep.method("aligned_mtl", taskCount: 3, [("scale_mode", "median")])
    let step = GradientStep.gramian(of: [[4, 0, 0], [0, 2, 0], [0, 0, 1]])
    let found = GradientStep.answer(&method, step).shared
    #expect(GradientStep.agree(found, [1.0 / 6, 1.0 / 3, 2.0 / 3]))
  }

  @Test("sums the columns for a preference of ones, which is the sum scale")
  func preference() throws {
    let step = GradientStep.gramian(of: [[2, 0], [0, 1]])
    var ones = try GradientStep.method("aligned_mtl", taskCount: 2, [("preference", "ones")])
    #expect(GradientStep.agree(GradientStep.answer(&ones, step).shared, [0.5, 1]))
    #expect(ones.sumFactor == 1)
    var list = try GradientStep.method("aligned_mtl", taskCount: 2, [("preference", "[2, 0]")])
    #expect(GradientStep.agree(GradientStep.answer(&list, step).shared, [1, 0]))
  }

  @Test("does not depend on the size of all gradients", arguments: [-100, 100])
  func scale(_ exponent: Int) throws {
    var method = try GradientStep.method("aligned_mtl", taskCount: 3)
    let rows = [[1.0, 0, 0.5], [-1, 0.1, 0], [0.3, -0.7, 0.2]]
    let factor = Double(sign: .plus, exponent: 3 * exponent, significand: 1)
    let near = GradientStep.answer(&method, GradientStep.gramian(of: rows)).shared
    let scaled = rows.map { $0.map { $0 * factor } }
    let far = GradientStep.answer(&method, GradientStep.gramian(of: scaled))
    #expect(far.shared == near)
    #expect(!far.isPolicy)
  }

  @Test("keeps what survives of opposed, zero and conflicting gradients")
  func edges() throws {
    var method = try GradientStep.method("aligned_mtl", taskCount: 2)
    let cases: [(rows: [[Double]], expected: [Double])] = [
      ([[1.0, 2], [-1, -2]], [0.0, 0]), ([[2, 4], [-1, -2]], [0.2, -0.1]),
      ([[1, 2], [0, 0]], [0.5, 0]), ([[0, 0], [0, 0]], [0.5, 0.5]),
    ]
    for (rows, expected) in cases {
      let result = GradientStep.answer(&method, GradientStep.gramian(of: rows))
      for (x, e) in zip(result.shared, expected) { #expect(abs(x - e) < 1e-15, "\(rows)") }
      #expect(!result.isPolicy)
    }
    var single = try GradientStep.method("aligned_mtl", taskCount: 1)
    #expect(GradientStep.answer(&single, GradientStep.gramian(of: [[3, 4]])).shared == [1])
  }
}
