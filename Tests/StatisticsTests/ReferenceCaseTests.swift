import Foundation
import Testing
import Verification

@Suite("Reference cases of the statistics")
struct ReferenceCaseTests {
  private static let path = URL(filePath: #filePath)
    .deletingLastPathComponent()
    .appending(path: "../Fixtures/reference/statistics.json")
    .path

  @Test("every case and the table of the studentized range come out, none is skipped")
  func all() throws {
    let outcomes = try StatisticsReplay.replay(JSONReader.read(path: Self.path))
    #expect(outcomes.count == 102)
    for outcome in outcomes {
      #expect(outcome.passed, "\(outcome)")
    }
  }

  /// A file with one case, its tolerances and the rest of its members given.
  private func file(_ members: [String: JSONValue]) -> JSONValue {
    .object([
      "default_tol": .object(["abs": .number(1e-12), "rel": .number(1e-9)]),
      "cases": .list([.object(members)]),
    ])
  }

  @Test("an unknown operation, function or statistic is skipped with the reason")
  func unknown() throws {
    let outcomes = try StatisticsReplay.replay(
      file(["id": .text("a"), "op": .text("tarot"), "input": .object([:]), "expect": .object([:])])
    )
    #expect(outcomes.map { $0.skipReason } == ["unknown operation 'tarot'"])
    let functions = try StatisticsReplay.replay(
      file([
        "id": .text("b"), "op": .text("special"), "expect": .object([:]),
        "input": .object(["fn": .text("zeta"), "args": .list([])]),
      ])
    )
    #expect(functions.map { $0.skipReason } == ["unknown special function 'zeta'"])
  }

  @Test("a case that its operation cannot take is an error that names it")
  func malformed() {
    let lopsided = file([
      "id": .text("pairs"), "op": .text("ttest_paired"), "expect": .object([:]),
      "input": .object(["a": .list([.number(1)]), "b": .list([]), "level": .number(0.95)]),
    ])
    #expect(
      throws: VerificationError.badCase(
        id: "pairs",
        reason: "expected as many values in a as in b"
      )
    ) { try StatisticsReplay.replay(lopsided) }
    let empty = file(["op": .text("holm"), "input": .object([:]), "expect": .object([:])])
    #expect(throws: VerificationError.badCase(id: "#0", reason: "member 'input.p' is missing")) {
      try StatisticsReplay.replay(empty)
    }
  }

  /// A count and a mean: 2 and 0.25.
  private func summary(_ expected: [String: JSONValue]) throws -> Bool {
    let input: [String: JSONValue] = [
      "x": .list([.number(0), .number(0.5)]), "level": .number(0.95),
    ]
    let outcomes = try StatisticsReplay.replay(
      file([
        "id": .text("s"), "op": .text("summary"), "input": .object(input),
        "expect": .object(expected),
      ])
    )
    return outcomes.allSatisfy { $0.passed }
  }

  @Test("a number passes within its tolerance and no further")
  func tolerance() throws {
    // 1e-12 + 1e-9 * 0.25 = 2.51e-10
    #expect(try summary(["mean": .number(0.25 + 2.4e-10)]))
    #expect(try !summary(["mean": .number(0.25 + 2.6e-10)]))
    #expect(try !summary(["mean": .number(0.25 - 2.6e-10)]))
    #expect(try !summary(["mean": .number(0.25 + 1e-3)]))
    let own = file([
      "id": .text("s"), "op": .text("holm"), "input": .object(["p": .list([.number(0.5)])]),
      "expect": .object(["adjusted": .list([.number(0.5 + 3e-6)])]),
      "tol": .object(["abs": .number(2e-6), "rel": .number(1e-6)]),
    ])
    // 2e-6 + 1e-6 * 0.5 = 2.5e-6
    #expect(try StatisticsReplay.replay(own).map { $0.passed } == [false])
  }

  @Test("a count in quotes is not that count")
  func quotedCount() throws {
    #expect(try summary(["n": .number(2)]))
    #expect(try !summary(["n": .text("2")]))
    let cliques = file([
      "id": .text("c"), "op": .text("cliques"), "expect": .object([:]),
      "input": .object([
        "mean_ranks": .list([.number(1)]), "k": .text("1"), "not_significant": .list([]),
      ]),
    ])
    let reason = "input.k: expected a whole number, found the text '1'"
    #expect(throws: VerificationError.badCase(id: "c", reason: reason)) {
      try StatisticsReplay.replay(cliques)
    }
  }

  @Test(
    "a wrong number, text, length or missing member fails",
    arguments: [
      JSONValue.list([.number(0.03), .number(0.06)]), .list([.number(0.02)]), .text("0.02"), .null,
    ]
  )
  func wrong(expected: JSONValue) throws {
    let outcomes = try StatisticsReplay.replay(
      file([
        "id": .text("h"), "op": .text("holm"), "expect": .object(["adjusted": expected]),
        "input": .object(["p": .list([.number(0.01), .number(0.04)])]),
      ])
    )
    #expect(outcomes.map { $0.passed } == [false])
  }
}
