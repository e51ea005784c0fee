import Testing

@testable import Weighting

@Suite("Equal weighting")
struct EqualWeightingTests {
  @Test("sums the losses, or takes their mean, which is the sum again on sum scale")
  func values() throws {
    var sum = try LossStep("equal")
    #expect(sum.weigh([3, 5]).shared == [1, 1])
    #expect(sum.weigh([3, 5]).objective == 8)
    var mean = try LossStep("equal", "reduction: mean")
    #expect(mean.weigh([3, 5]).heads == [0.5, 0.5])
    #expect(mean.weigh([3, 5]).objective == 4)
    var scaled = try LossStep("equal", "reduction: mean", scale: "sum")
    #expect(scaled.weigh([3, 5]).shared == [1, 1])
  }
}
