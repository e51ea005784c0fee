import Testing

@testable import Weighting

@Suite("MGDA-UB")
struct MGDAUpperBoundTests {
  /// Two rows of two features: sums over the batch are (1, 0) and (0, 2).
  private let gradients = [[1.0, 0, 0, 0], [0, 1, 0, 1]]

  private var context: MethodContext {
    var context = MethodContext(taskCount: 2)
    context.representationShape = (2, 2)
    return context
  }

  @Test("takes the products of all numbers of the batch")
  func flat() throws {
    // Squared lengths 1 and 2 at a right angle: w = 2/3, 1/3.
    var method = try GradientStep.method("mgda_ub", context: context)
    #expect(method.needs == .representationGramian)
    let result = GradientStep.answer(&method, GradientStep.gramian(of: gradients))
    #expect(GradientStep.agree(result.shared, [2.0 / 3, 1.0 / 3]))
    #expect(result.heads == [1, 1])
    #expect(method.sumFactor == 2)
  }

  @Test("sums over the batch first in that variant")
  func batchSum() throws {
    // Squared lengths 1 and 4: w = 4/5, 1/5.
    var method = try GradientStep.method("mgda_ub", context: context, [("variant", "batch_sum")])
    #expect(method.needs == .representation)
    let (result, direction) = GradientStep.representation(
      &method,
      activations: [1, 1, 1, 1],
      gradients: gradients
    )
    #expect(GradientStep.agree(result.shared, [0.8, 0.2]))
    #expect(GradientStep.agree(direction, [0.8, 0.2, 0, 0.2]))
  }
}
