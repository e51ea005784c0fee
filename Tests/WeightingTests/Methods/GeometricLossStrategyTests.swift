import Testing

@testable import Weighting

@Suite("Geometric loss strategy")
struct GeometricLossStrategyTests {
  @Test("is the geometric mean with its derivatives")
  func values() throws {
    // l = (2, 8): F = 4, w = (4 / (2 * 2), 4 / (2 * 8)) = (1, 1/4).
    var run = try LossStep("gls")
    let result = run.weigh([2, 8])
    #expect(agree([result.objective], [4]))
    #expect(agree(result.shared, [1, 0.25]))
    #expect(agree(result.heads, [1, 0.25]))
  }

  @Test("neither under- nor overflows, and one task is plain training")
  func extremes() throws {
    var run = try LossStep("gls", taskCount: 4)
    // F = 1e-5; the plain product would be 1e-20.
    #expect(agree([run.weigh([1e-20, 1e-20, 1e10, 1e10]).objective], [1e-5], 1e-13))
    var single = try LossStep("gls", taskCount: 1)
    #expect(agree(single.weigh([3]).shared, [1]))
  }

  @Test("refuses losses below 1e-30")
  func refusal() throws {
    var run = try LossStep("gls")
    #expect(run.weigh([1, 0.9e-30]).refusal?.task == 1)
    #expect(run.weigh([0, 0]).refusal?.task == 0)
    #expect(run.weigh([1e-30, 1]).refusal == nil)
  }
}
