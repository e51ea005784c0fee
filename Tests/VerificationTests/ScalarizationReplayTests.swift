import Testing

@testable import Verification

@Suite("Replay of scalarization cases")
struct ScalarizationReplayTests {
  @Test("every shipped case is within its tolerance")
  func shipped() throws {
    let outcomes = try ScalarizationReplay.replay(ReferenceFixture.read("scalarization.json"))
    #expect(outcomes.count == 156)
    let failures = outcomes.filter { !$0.passed }
    #expect(failures.isEmpty, "\(failures.map { ($0.caseID, $0.worstError, $0.skipReason) })")
  }

  @Test("a wrong expectation fails")
  func wrong() throws {
    // w = (0.5, 2), F = 0.5 * 4 + 2 * 1 = 4.
    #expect(try replay(method: "static", expect: #"{"value": 4, "weights": [0.5, 2]}"#).passed)
    #expect(try !replay(method: "static", expect: #"{"value": 4, "weights": [0.5, 2.1]}"#).passed)
    #expect(try !replay(method: "static", expect: #"{"value": 5, "weights": [0.5, 2]}"#).passed)
  }

  @Test("a method or a setting that this build does not have is skipped with its reason")
  func skipped() throws {
    let expect = #"{"value": 4, "weights": [0.5, 2]}"#
    let unknown = try replay(method: "statik", expect: expect)
    #expect(unknown.isSkipped && !unknown.passed)
    #expect(unknown.skipReason?.contains("unknown weighting method 'statik'") == true)
    let refused = try replay(method: "equal", expect: expect)
    #expect(refused.skipReason?.contains("unknown key 'weights'") == true)
  }

  @Test("a concentration other than 1 is replayed")
  func concentration() throws {
    // Shape 2: P(e > 1.5) and P(e > 4), as (1 + x) exp(-x).
    let text = """
      {"cases": [{"id": "one", "method": "rlw",
        "hyper": {"distribution": "dirichlet", "concentration": 2}, "losses": [11, 22],
        "state": {"uniforms": [0.5578254003710746, 0.0915781944436709]},
        "expect": {"value": 19, "weights": [0.2727272727272727, 0.7272727272727273]},
        "tolerance": {"relative": 1e-12}}]}
      """
    let outcome = try #require(ScalarizationReplay.replay(JSONText.parse(text)).first)
    #expect(outcome.passed, "\(outcome)")
  }

  @Test("vectors of another length than the losses are an error that names the case")
  func malformed() throws {
    #expect(throws: VerificationError.badCase(id: "one", reason: "1 numbers for 2 tasks")) {
      try replay(method: "static", expect: #"{"weights": [1]}"#)
    }
    #expect(throws: VerificationError.missing("cases")) {
      try ScalarizationReplay.replay(.object([:]))
    }
  }

  private func replay(method: String, expect: String) throws -> ReplayOutcome {
    let text = """
      {"cases": [{"id": "one", "method": "\(method)", "hyper": {"weights": [0.5, 2]},
        "losses": [4, 1], "state": {}, "expect": \(expect), "tolerance": {"relative": 1e-12}}]}
      """
    let outcomes = try ScalarizationReplay.replay(JSONText.parse(text))
    return try #require(outcomes.first)
  }
}
