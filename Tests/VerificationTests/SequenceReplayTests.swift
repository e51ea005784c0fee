import Testing

@testable import Verification
@testable import Weighting

@Suite("Replay of sequences")
struct SequenceReplayTests {
  @Test("every shipped sequence of a method of this build is within its tolerance")
  func shipped() throws {
    let outcomes = try SequenceReplay.replay(ReferenceFixture.read("sequences.json"))
    #expect(outcomes.count == 69)
    for outcome in outcomes where WeightingRegistry.names.contains(outcome.method) {
      #expect(outcome.passed, "\(outcome)")
    }
  }

  @Test("a state that differs after the second step fails")
  func wrongState() throws {
    // SGD at rate 0.5, alpha 0, so that both targets are the mean norm 1.5. Step 1: norms (1, 2),
    // gradients (-1, 2), weights (1.5, 0), kept at 1e-4 and rescaled to 2 (1.5, 1e-4) / 1.5001.
    #expect(try replay(after: [2 * 1.5 / 1.5001, 2e-4 / 1.5001]).passed)
    #expect(try !replay(after: [1.99, 0.01]).passed)
  }

  @Test("orders and Jacobians of other shapes are errors that name the case")
  func malformed() throws {
    let shapes = "losses or Jacobians that are not of K tasks and P columns"
    #expect(throws: VerificationError.badCase(id: "one", reason: shapes)) {
      try replay(method: "pcgrad", step: #"{"jacobian": [[1, 0]]}"#)
    }
    #expect(throws: VerificationError.badCase(id: "one", reason: "orders that are not of K tasks"))
    {
      try replay(method: "pcgrad", step: #"{"jacobian": [[1, 0], [0, 2]], "orders": [[2], [0]]}"#)
    }
  }

  @Test("the direction and the weights of a gradient method are compared")
  func gradientMethod() throws {
    // g0 = (2, 0), g1 = (-1, 1): weights (3/2, 2), direction (3 - 2, 2).
    let step = #"{"jacobian": [[2, 0], [-1, 1]], "orders": [[1], [0]]}"#
    let right = #"{"weights": [1.5, 2], "direction": [1, 2]}"#
    #expect(try replay(method: "pcgrad", step: step, expect: right).passed)
    let wrong = #"{"weights": [1.5, 2], "direction": [1, 2.1]}"#
    #expect(try !replay(method: "pcgrad", step: step, expect: wrong).passed)
  }

  @Test("a method that this build does not have is skipped")
  func unknown() throws {
    #expect(try replay(method: "nobody", step: #"{"jacobian": [[1, 0], [0, 2]]}"#).isSkipped)
  }

  @Test("a setting in quotes is a text, as in a suite")
  func quotedCount() throws {
    let step = #"{"jacobian": [[1, 0], [0, 2]]}"#
    func replay(_ count: String) throws -> ReplayOutcome {
      try self.replay(
        method: "nash_mtl",
        hyper: #"{"update_weights_every": \#(count)}"#,
        step: step,
        expect: #"{"weights": [1, 0.5]}"#
      )
    }
    #expect(try replay("2").passed)
    #expect(
      try replay(#""2""#).skipReason?.contains("found the quoted text '2'") == true
    )
  }

  private func replay(after weights: [Double]) throws -> ReplayOutcome {
    try replay(
      method: "gradnorm",
      hyper: #"{"alpha": 0, "weight_optimizer": "sgd", "weight_lr": 0.5}"#,
      step: #"{"jacobian": [[1, 0], [0, 2]], "losses": [1, 1]}"#,
      expect: #"{"weights": [1, 1], "weights_after": \#(weights)}"#
    )
  }

  private func replay(
    method: String,
    hyper: String = "{}",
    step: String,
    expect: String = "{}"
  ) throws -> ReplayOutcome {
    let text = """
      {"sequences": [{"id": "one", "method": "\(method)", "hyper": \(hyper), "K": 2, "P": 2,
        "steps": [\(step)], "expect": [\(expect)], "tolerance": {"relative": 1e-12}}]}
      """
    return try #require(try SequenceReplay.replay(JSONText.parse(text)).first)
  }
}
