import Testing

@testable import Weighting

@Suite("UPGrad and DualProj")
struct UPGradTests {
  private let exact = [(key: "reg_eps", value: "0"), (key: "norm_eps", value: "0")]

  @Test("average gradients that agree", arguments: ["upgrad", "dualproj"])
  func agreeing(_ name: String) throws {
    var method = try GradientStep.method(name, taskCount: 2)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 2], [3, 0]]))
    #expect(result.shared == [0.5, 0.5])
    #expect(result.heads == [1, 1])
    #expect(method.sumFactor == 2)
  }

  @Test("UPGrad is half of PCGrad for two tasks")
  func likePCGrad() throws {
    // g0 = (2, 0), g1 = (-1, 1): 1/2 (3/2, 2), see PCGrad.
    for scale in [1, 1e-4, 1e4] {
      var method = try GradientStep.method("upgrad", taskCount: 2, exact)
      let step = GradientStep.gramian(of: [[2, 0], [-scale, scale]])
      let found = GradientStep.answer(&method, step).shared
      #expect(GradientStep.agree(found, [0.5 + scale / 4, 0.5 + 0.5 / scale]))
    }
  }

  @Test("no loss grows along UPGrad's exact direction")
  func noConflict() throws {
    let rows = [[1.0, 0, 0.1], [-0.9, 0.5, 0], [0.2, -1, 0.3]]
    var method = try GradientStep.method("upgrad", taskCount: 3, exact)
    let weights = GradientStep.answer(&method, GradientStep.gramian(of: rows)).shared
    let d = GradientStep.combination(weights, rows)
    #expect(rows.allSatisfy { GradientStep.dot($0, d) > -1e-14 })
  }

  @Test("DualProj projects the mean gradient")
  func dualProjection() throws {
    var method = try GradientStep.method("dualproj", taskCount: 2, exact)
    // g0 = (2, 0), g1 = (-3, 1): the mean is (-1/2, 1/2), against g0; v0 rises until 2 v0 = 3/2.
    let result = GradientStep.answer(&method, GradientStep.gramian(of: [[2, 0], [-3, 1]]))
    #expect(GradientStep.agree(result.shared, [0.75, 0.5]))
    // The mean of (2, 0) and (-1, 1) harms neither.
    let harmless = GradientStep.answer(&method, GradientStep.gramian(of: [[2, 0], [-1, 1]]))
    #expect(GradientStep.agree(harmless.shared, [0.5, 0.5]))
  }

  @Test("small gradients are averaged unless norm_eps is 0", arguments: ["upgrad", "dualproj"])
  func small(_ name: String) throws {
    let step = GradientStep.gramian(of: [[2e-3, 0], [-3e-3, 1e-3]])
    var standard = try GradientStep.method(name, taskCount: 2)
    #expect(GradientStep.answer(&standard, step).shared == [0.5, 0.5])
    var free = try GradientStep.method(name, taskCount: 2, [("norm_eps", "0")])
    #expect(GradientStep.answer(&free, step).shared[0] > 0.6)
  }

  @Test("edges stay finite", arguments: ["upgrad", "dualproj"])
  func edges(_ name: String) throws {
    for settings in [[], exact] {
      var method = try GradientStep.method(name, taskCount: 2, settings)
      let opposite = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 2], [-1, -2]]))
      #expect(abs(opposite.shared[0] - opposite.shared[1]) < 1e-3)
      let zero = GradientStep.answer(&method, GradientStep.gramian(of: [[1, 2], [0, 0]]))
      #expect(zero.shared == [0.5, 0.5])
      let none = GradientStep.answer(&method, GradientStep.gramian(of: [[0, 0], [0, 0]]))
      #expect(none.shared == [0.5, 0.5])
      var single = try GradientStep.method(name, taskCount: 1, settings)
      #expect(GradientStep.answer(&single, GradientStep.gramian(of: [[3, 4]])).shared == [1])
    }
  }
}
