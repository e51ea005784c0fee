import FoundationEssentials
import Testing

@testable import Verification

@Suite("Reference files")
struct ReferenceFileTests {
  @Test("a file of no known kind is refused with what was expected")
  func unknownSchema() throws {
    try withFile(#"{"schema": "someone.else/1"}"#) { path in
      let expected = """
        \(path): not a reference file: expected a member 'schema' that begins \
        'mtlbench.reference.', or the members 'format' and 'cases' of statistics
        """
      #expect {
        try replay(path: path)
      } throws: {
        "\($0)" == expected
      }
    }
  }

  @Test(
    "another version or kind is refused with the known ones",
    arguments: ["scalarization/2", "toys/1"]
  )
  func otherSchema(_ schema: String) throws {
    try withFile(#"{"schema": "mtlbench.reference.\#(schema)", "cases": []}"#) { path in
      #expect {
        try replay(path: path)
      } throws: {
        "\($0)".hasPrefix(
          "\(path): unknown schema 'mtlbench.reference.\(schema)'; this build knows "
            + "mtlbench.reference.aggregation/1, "
        )
      }
    }
  }

  @Test("a file of which every case is skipped is no pass")
  func nothingReplayed() throws {
    let text = Self.scalarization.replacing("CASE", with: #""losses": [1, 2]"#)
      .replacing(#""method": "equal""#, with: #""method": "equall""#)
    try withFile(text) { path in
      #expect {
        try replay(path: path)
      } throws: {
        "\($0)".hasPrefix(
          "\(path): no case could be replayed; case equal.one: <reference>:1:1: unknown weighting "
            + "method 'equall'; did you mean 'equal'?"
        )
      }
    }
  }

  @Test("a file is replayed by its schema")
  func schema() throws {
    try withFile(#"{"schema": "mtlbench.reference.scalarization/1", "cases": []}"#) { path in
      #expect(throws: VerificationError.inFile(path: path, .noCases)) { try replay(path: path) }
    }
    let text = Self.scalarization.replacing("CASE", with: #""losses": [1, 2]"#)
    try withFile(text) { path in
      let outcomes = try replay(path: path)
      #expect(outcomes.map { $0.passed } == [true])
    }
  }

  /// Equal weights of two tasks, with the losses in place of `CASE`.
  private static let scalarization = """
    {"schema": "mtlbench.reference.scalarization/1", "cases": [
      {"id": "equal.one", "method": "equal", CASE, "hyper": {"reduction": "sum"},
       "expect": {"value": 3, "weights": [1, 1]}, "tolerance": {"relative": 1e-10}}]}
    """

  @Test(
    "a mistake is named with file, case and member",
    arguments: [
      (#""losses": [1, "x"]"#, "losses[1]: expected a number, found the text 'x'"),
      (#""losses": {"a": 1}"#, "losses: expected a list, found an object"),
      (#""loss": [1]"#, "member 'losses' is missing"),
      (#""losses": [1, 2, 3]"#, "2 numbers for 3 tasks"),
    ]
  )
  func mistakes(members: String, words: String) throws {
    try withFile(Self.scalarization.replacing("CASE", with: members)) { path in
      #expect {
        try replay(path: path)
      } throws: {
        "\($0)" == "\(path): case equal.one: \(words)"
      }
    }
  }

  @Test(
    "what is no JSON is named with line and column",
    arguments: [
      ("", "1:1: not valid JSON: nothing here, expected a JSON value"),
      (" \n ", "2:2: not valid JSON: nothing here, expected a JSON value"),
      ("{\"cases\": [\n  {\"id\": }\n]}", "2:10: not valid JSON: expected a value, found '}'"),
      ("{\"é\": 1 2}", "1:9: not valid JSON: expected ',' or '}', found '2'"),
      ("[1, 2", "1:6: not valid JSON: expected ',' or ']', found the end"),
      ("[1, 2] x", "1:8: not valid JSON: expected the end after the value, found 'x'"),
      ("{a: 1}", "1:2: not valid JSON: expected a member's name in quotes, found 'a'"),
      ("{\"a\": 1, \"a\": 2}", "1:10: not valid JSON: member 'a' is given twice"),
      ("[NaN]", "1:2: not valid JSON: expected a value, found 'N'"),
      ("[01]", "1:2: not valid JSON: a number does not begin with 0"),
      ("[1.]", "1:4: not valid JSON: expected a digit, found ']'"),
      ("[1e999]", "1:2: not valid JSON: the number is beyond the largest of 64 bits"),
      ("[\"a", "1:2: not valid JSON: the text begun here does not end"),
      ("[\"\\q\"]", "1:3: not valid JSON: no such escape"),
      ("[\"\\ud800\"]", "1:3: not valid JSON: half of a surrogate pair"),
      ("[\"\\u12\"]", "1:4: not valid JSON: expected four hexadecimal digits after \\u"),
      (String(repeating: "[", count: 300), "1:201: not valid JSON: nested too deeply"),
    ]
  )
  func noJSON(text: String, words: String) throws {
    try withFile(text) { path in
      #expect {
        try replay(path: path)
      } throws: {
        "\($0)" == "\(path):\(words)"
      }
    }
  }

  @Test("JSON is read as it is written")
  func parsing() throws {
    let text = #"{"a": [1, -0.5, 2e3, 1E-2, 0], "b\u00e9\ud83d\ude00\n": {"c": [], "d": {}}, "#
    let value = try JSONText.parse(text + #""e": [true, false, null, "\"\\\/"]}"#)
    let expected = JSONValue.object([
      "a": .list([.number(1), .number(-0.5), .number(2000), .number(0.01), .number(0)]),
      "b\u{E9}\u{1F600}\n": .object(["c": .list([]), "d": .object([:])]),
      "e": .list([.flag(true), .flag(false), .null, .text("\"\\/")]),
    ])
    #expect(value == expected)
  }

  @Test("a file that is missing is named, and so is one that is no text")
  func unreadable() throws {
    #expect {
      try replay(path: "nowhere.json")
    } throws: {
      "\($0)" == "nowhere.json: no such file"
    }
  }

  @Test("a case that expects nothing is missed, and a tolerance that lets pass anything refused")
  func vacuous() throws {
    let statistics = #"""
      {"format": 1, "default_tol": {"rel": 1e-9, "abs": TOLERANCE}, "cases": [
        {"id": "empty", "op": "holm", "input": {"p": [0.01]}, "expect": {}}]}
      """#
    try withFile(statistics.replacing("TOLERANCE", with: "1e-12")) { path in
      let outcomes = try replay(path: path)
      #expect(outcomes.map { $0.passed } == [false])
      let text = VerificationText.text(outcomes, namesCases: true)
      #expect(text.hasSuffix("  empty: expects nothing, so nothing holds\n"))
    }
    for tolerance in ["1", "1e9", "-1", #""nan""#, #""inf""#, "true"] {
      try withFile(statistics.replacing("TOLERANCE", with: tolerance)) { path in
        #expect {
          try replay(path: path)
        } throws: {
          "\($0)".hasPrefix(
            "\(path): default_tol.abs: expected a finite tolerance from 0 to below 1"
          )
        }
      }
    }
  }

  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }
}
