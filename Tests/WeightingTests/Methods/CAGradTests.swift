import Testing

@testable import Weighting

@Suite("CAGrad")
struct CAGradTests {
  @Test("lengthens the average of two balanced gradients")
  func balanced() throws {
    // q = (1/2, 1/2): d = (1 + c) g0.
    var method = try GradientStep.method("cagrad", taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 0], [0, 1]]))
    #expect(GradientStep.agree(result.shared, [0.7, 0.7]))
    #expect(method.sumFactor == 2)
    #expect(GradientStep.agree(method.state[0].values, [0.5, 0.5]))
  }

  @Test("turns towards the shorter of two opposed gradients")
  func opposed() throws {
    // g and -g/2: g0 = g/4, q = (0, 1), so w = (1/2, 1/2 + c/2).
    var method = try GradientStep.method("cagrad", taskCount: 2, [("c", "0.6")])
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[4, 2], [-2, -1]]))
    #expect(GradientStep.agree(result.shared, [0.5, 0.8]))
    #expect(!result.isPolicy)
  }

  @Test("is scale-free over twenty decades")
  func scales() throws {
    var method = try GradientStep.method("cagrad", taskCount: 3)
    let rows = [[1, 0.2, 0], [-0.5, 1, 0.3], [0.1, -0.7, 0.4]]
    let expected = GradientStep.answer(&method, GradientStep.gramian(of: rows)).shared
    for scale in [1e-10, 1e10] {
      let scaled = rows.map { $0.map { $0 * scale } }
      let found = GradientStep.answer(&method, GradientStep.gramian(of: scaled)).shared
      #expect(GradientStep.agree(found, expected, 1e-9))
    }
  }

  @Test("divides by the rescaling asked for")
  func rescale() throws {
    let step = GradientStep.gramian(of: [[1, 0], [0, 1]])
    for (word, divisor) in [("0", 1.0), ("1", 1.16), ("2", 1.4)] {
      var method = try GradientStep.method("cagrad", taskCount: 2, [("rescale", word)])
      let found = GradientStep.answer(&method, step).shared
      #expect(GradientStep.agree(found, [0.7 / divisor, 0.7 / divisor]))
    }
  }

  @Test("is the average at c = 0, and by convention where there is no mixture")
  func edges() throws {
    var average = try GradientStep.method("cagrad", taskCount: 2, [("c", "0")])
    let plain = GradientStep.answer(&average, GradientStep.gramian(of: [[1, 0], [-0.5, 2]]))
    #expect(plain.shared == [0.5, 0.5])
    var method = try GradientStep.method("cagrad", taskCount: 2)
    let outside: [[[Double]]] = [[[1, 0], [-1, 0]], [[1, 0], [0, 0]], [[0, 0], [0, 0]]]
    for rows in outside {
      let result = GradientStep.answer(&method, GradientStep.gramian(of: rows))
      #expect(result.shared == [0.5, 0.5])
      #expect(result.isPolicy)
    }
    var single = try GradientStep.method("cagrad", taskCount: 1)
    let one = GradientStep.answer(&single, GradientStep.gramian(of: [[3, 4]]))
    #expect(GradientStep.agree(one.shared, [1.4]))
  }
}
