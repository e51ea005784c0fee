import Testing

@testable import Verification

@Suite("Replayed networks")
struct NetworkReplayTests {
  private func expectAll(_ outcomes: [ReplayOutcome], count: Int) {
    #expect(outcomes.count == count)
    for outcome in outcomes {
      let reason = outcome.skipReason ?? "error \(outcome.worstError) at \(outcome.tolerance)"
      #expect(outcome.passed, "\(outcome.caseID): \(reason)")
    }
  }

  @Test("outputs, losses and every gradient of each shipped network are PyTorch's")
  func cases() throws {
    let file = try ReferenceFixture.read("networks.json")
    let outcomes = try NetworkReplay.replay(file)
    expectAll(outcomes, count: 49)
    let schemes = Set(outcomes.map { $0.method })
    #expect(schemes.count == 10)
  }

  @Test("each shipped training takes PyTorch's way")
  func traces() throws {
    let path = ReferenceFixture.path("networks_traces.json")
    let outcomes = try NetworkTraceReplay.replay(try JSONReader.read(path: path), path: path)
    expectAll(outcomes, count: 169)
  }

  @Test("a network that this build does not have is skipped with its reason")
  func unknownTrunk() throws {
    let text = """
      {"cases": [{"id": "c", "sharing": "hard", "part": {"type": "lstm"}, "input_shape": [3],
                  "heads": [[]], "tasks": [{"loss": "mse", "outputs": 1}]}]}
      """
    let outcomes = try NetworkReplay.replay(try JSONText.parse(text))
    #expect(
      outcomes.map { $0.skipReason } == [
        "this build has no such network: <run spec>:1:1: network.trunk.kind: expected one of conv, "
          + "transformer, found the quoted text 'lstm'"
      ]
    )
  }
}
