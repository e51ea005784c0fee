import Testing

@testable import Verification
@testable import Weighting

@Suite("Replay of aggregations")
struct AggregationReplayTests {
  @Test("every shipped case is within its tolerance")
  func shipped() throws {
    let outcomes = try AggregationReplay.replay(ReferenceFixture.read("aggregation.json"))
    #expect(outcomes.count == 549)
    for outcome in outcomes { #expect(outcome.passed, "\(outcome)") }
  }

  @Test("inputs outside a rule's domain are flagged exactly where the file says so")
  func policy() throws {
    let file = try ReferenceFixture.read("aggregation.json")
    for element in try file.member("cases").elements() {
      let given = try AggregationCase(element, in: file)
      var method = try given.method()
      var step = given.emptyStep(groups: method.rule.needs.parameterGroups)
      given.weigh(&step, by: &method)
      #expect(step.result.isPolicy == given.isPolicy, "\(given.id)")
    }
  }

  @Test("a wrong direction, wrong weights and a wrong state fail")
  func wrong() throws {
    #expect(try replay().passed)
    #expect(try !replay(direction: "[1, 2.1]").passed)
    #expect(try !replay(weights: "[1.5, 2.1]").passed)
    #expect(try replay(weights: "[1.5, 2.1]", areUnique: false).passed)
    let targets = #""targets": [[0, 0], [0, 0]], "expect_targets": [[0, 9], [9, 0]]"#
    #expect(try !replay(method: "gradvac", extra: targets).passed)
  }

  @Test("what this build does not have is skipped with a reason")
  func skipped() throws {
    #expect(try replay(method: "nobody").isSkipped)
    let variant = try replay(extra: #""variant": "sideways""#)
    #expect(variant.skipReason == "this build has no variant 'sideways' of pcgrad")
    #expect(try replay(extra: #""hyper": {"colour": 3}"#).isSkipped)
    #expect(try replay(method: "graddrop", extra: #""hyper": {"leak": [0.1]}"#).isSkipped)
  }

  @Test("shapes that do not fit are errors that name the case")
  func malformed() throws {
    #expect(throws: VerificationError.badCase(id: "one", reason: "orders that are not of K tasks"))
    {
      try replay(extra: #""orders": [[2], [0]]"#)
    }
    #expect(throws: VerificationError.badCase(id: "one", reason: "3 numbers for 2 parameters")) {
      try replay(direction: "[1, 2, 3]")
    }
    #expect(throws: VerificationError.badCase(id: "one", reason: "1 numbers for 2 tasks")) {
      try replay(weights: "[1]")
    }
  }

  /// g0 = (2, 0), g1 = (-1, 1): PCGrad's weights are (3/2, 2), its direction (1, 2).
  private func replay(
    method: String = "pcgrad",
    direction: String = "[1, 2]",
    weights: String = "[1.5, 2]",
    areUnique: Bool = true,
    extra: String = #""hyper": {}"#
  ) throws -> ReplayOutcome {
    let text = """
      {"schema": "mtlbench.reference.aggregation/1",
       "jacobians": {"j": {"rows": [[2, 0], [-1, 1]], "losses": [1, 1]}},
       "cases": [{"id": "one", "method": "\(method)", "jacobian": "j", \(extra),
         "expect": {"direction": \(direction), "weights": \(weights)},
         "weights_unique": \(areUnique), "tolerance": {"direction": 1e-12, "weights": 1e-12}}]}
      """
    return try #require(try AggregationReplay.replay(JSONText.parse(text)).first)
  }
}
