import Foundation
import Testing

@testable import Weighting

@Suite("CONTRIBUTING.md")
struct ContributingTests {
  private static let root = #filePath.components(separatedBy: "/Tests/")[0]

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  @Test("the method it shows is the example method of the tests")
  func block() throws {
    let block = try #require(
      try Self.text("CONTRIBUTING.md").components(separatedBy: "```swift\n").last?
        .components(separatedBy: "```\n").first
    )
    let file = try Self.text("Tests/WeightingTests/ExampleMethod.swift")
    #expect(file == "@testable package import Weighting\n\n" + block)
  }

  @Test("the example method by hand: alpha 1/2, losses a quarter and 4 times those at the start")
  func example() throws {
    var reader = GradientStep.reader([])
    let context = MethodContext(taskCount: 2)
    var method: any WeightingMethod = try LossBalancedTaskWeighting(
      context: context,
      settings: &reader
    )
    func weights(_ losses: [Double], epoch: Int = 0) -> StepWeights {
      var step = StepStatistics(taskCount: 2)
      step.losses = losses
      step.epoch = epoch
      return GradientStep.answer(&method, step)
    }
    #expect(weights([1, 2]).shared == [1, 1])
    let second = weights([0.25, 8])
    #expect(agree(second.shared, [0.5, 2]))
    #expect(agree([second.objective], [0.125 + 16]))
    // A new epoch begins with a loss of 0: the weight is 1 and the step flagged.
    #expect(weights([0, 8], epoch: 1).isPolicy)
    #expect(weights([0.5, 2], epoch: 1).shared == [1, 0.5])
    #expect(weights([1, -1], epoch: 1).refusal?.task == 1)
  }
}
