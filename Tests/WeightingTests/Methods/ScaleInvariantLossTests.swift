import Testing

@testable import Weighting

@Suite("Scale-invariant loss")
struct ScaleInvariantLossTests {
  @Test("form log weighs by the inverse loss, form log1p by the inverse of 1 + l")
  func values() throws {
    // ln 4 + ln (1/2) = ln 2; ln 4 + ln 2 = 3 ln 2 with l = (3, 1).
    var log = try LossStep("si")
    let first = log.weigh([4, 0.5])
    #expect(first.shared == [0.25, 2])
    #expect(agree([first.objective], [0.693_147_180_559_945_3]))
    var log1p = try LossStep("si", "form: log1p")
    let second = log1p.weigh([3, 1])
    #expect(second.shared == [0.25, 0.5])
    #expect(agree([second.objective], [2.079_441_541_679_836]))
  }

  @Test("refuses losses outside the domain of the logarithm")
  func refusals() throws {
    var log = try LossStep("si")
    #expect(log.weigh([1, 0]).refusal == .init(task: 1, reason: .nonPositiveLoss))
    var log1p = try LossStep("si", "form: log1p")
    #expect(log1p.weigh([0, -0.5]).refusal == nil)
    #expect(log1p.weigh([-1, 0]).refusal?.task == 0)
  }
}
