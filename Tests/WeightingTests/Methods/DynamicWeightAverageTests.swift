import Testing

@testable import Weighting

@Suite("Dynamic weight average")
struct DynamicWeightAverageTests {
  @Test("weighs by the softmax of the ratios of the last two epochs' mean losses")
  func values() throws {
    // Means: epoch 0 (4, 4), epoch 1 (2, 4); r = (1/2, 1), T = 1/2: softmax(1, 2) * 2.
    var run = try LossStep("dwa", "temperature: 0.5")
    #expect(run.weigh([5, 3]).shared == [1, 1])
    #expect(run.weigh([3, 5], endsEpoch: true).shared == [1, 1])
    #expect(run.weigh([2, 4], endsEpoch: true).shared == [1, 1])
    let expected = [0.537_882_842_739_990_2, 1.462_117_157_260_009_8]
    let third = run.weigh([1, 1])
    #expect(agree(third.shared, expected))
    #expect(agree([third.objective], [2]))
    #expect(agree(run.weigh([9, 1], endsEpoch: true).shared, expected))
    // Epoch 2 has means (5, 1): r = (5/2, 1/4).
    #expect(run.state("average_last_epoch") == [5, 1])
    let fourth = run.weigh([1, 1]).shared
    #expect(fourth[0] > 1.9 && agree([fourth[0] + fourth[1]], [2]))
  }

  @Test("a mean of 0 two epochs ago counts as a ratio of 1, and is flagged")
  func zero() throws {
    var run = try LossStep("dwa")
    _ = run.weigh([0, 1], endsEpoch: true)
    _ = run.weigh([3, 1], endsEpoch: true)
    let result = run.weigh([1, 1])
    #expect(result.shared == [1, 1])
    #expect(result.isPolicy)
  }
}
