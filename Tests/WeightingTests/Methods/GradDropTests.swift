import Testing

@testable import Weighting

@Suite("GradDrop")
struct GradDropTests {
  @Test("keeps one sign in each column")
  func columns() throws {
    // Purities: (1 + 0/2)/2 = 1/2, (1 - 3/3)/2 = 0, (1 + 3/3)/2 = 1, 1/2.
    let rows = [[1.0, -1, 2, 0], [-1, -2, 1, 0]]
    var method = try GradientStep.method("graddrop", taskCount: 2, sharedCount: 4)
    #expect(method.needs == .jacobian)
    for (uniform, first) in [(0.3, 1.0), (0.7, -1), (0.5, 0)] {
      var draws = GradientStep.draws()
      draws.script(uniforms: [uniform, 0.5, 0.5, 0.5])
      let (result, direction) = GradientStep.vector(&method, rows: rows, draws: draws)
      #expect(direction == [first, -3, 3, 0])
      #expect(result.shared.allSatisfy { $0.isNaN })
      #expect(result.heads == [1, 1])
    }
  }

  @Test("leaves the leak of each task untouched")
  func leak() throws {
    var method = try GradientStep.method(
      "graddrop",
      taskCount: 2,
      sharedCount: 1,
      [("leak", "[0, 0.25]")]
    )
    var draws = GradientStep.draws()
    draws.script(uniforms: [0.3])
    #expect(GradientStep.vector(&method, rows: [[1], [-1]], draws: draws).direction == [0.75])
    var whole = try GradientStep.method("graddrop", taskCount: 2, sharedCount: 1, [("leak", "1")])
    #expect(GradientStep.vector(&whole, rows: [[1], [-3]], draws: draws).direction == [-2])
  }

  @Test("keeps or drops whole features of the representation in that form")
  func representation() throws {
    var context = MethodContext(taskCount: 2)
    context.representationShape = (2, 1)
    var method = try GradientStep.method("graddrop", context: context, [("form", "representation")])
    #expect(method.needs == .representation)
    // Activations 2 and -1: task 0 has 1 - 1 = 0, task 1 has 1 + 3 = 4; the purity is 1.
    var draws = GradientStep.draws()
    draws.script(uniforms: [0.9])
    let (result, direction) = GradientStep.representation(
      &method,
      activations: [2, -1],
      gradients: [[1, 1], [1, -3]],
      draws: draws
    )
    #expect(direction == [1, -3])
    #expect(result.update == .representationDirection)
  }

  @Test("one task passes whole")
  func single() throws {
    var method = try GradientStep.method("graddrop", taskCount: 1, sharedCount: 3)
    #expect(GradientStep.vector(&method, rows: [[1, -2, 0]]).direction == [1, -2, 0])
  }
}
