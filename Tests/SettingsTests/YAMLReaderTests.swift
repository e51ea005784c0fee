import Settings
import Testing

@Suite("YAML becomes tables that know their places")
struct YAMLReaderTests {
  /// Spelling and place of every key and value, in the order of the text.
  private func outline(_ text: String) throws -> [String] {
    outline(
      Setting(
        .table(try YAMLReader.read(text, file: "f")),
        at: Place(file: "f", line: 0, column: 0)
      )
    )
  }

  private func outline(_ setting: Setting) -> [String] {
    let place = "\(setting.place.line):\(setting.place.column)"
    return switch setting.value {
    case .scalar(let text, let isQuoted): [place + (isQuoted ? " quoted " : " ") + text]
    case .list(let elements): [place + " list"] + elements.flatMap { outline($0) }
    case .table(let table):
      table.entries.flatMap { entry in
        ["\(entry.keyPlace.line):\(entry.keyPlace.column) \(entry.key):"] + outline(entry.setting)
      }
    }
  }

  private let text = """
    name: smoke  # a comment
    training:
      steps: 0100
      when: 1:30
      shuffle: no
    methods:
      - pcgrad
      - gradnorm: {alpha: 1.5, "scale": 'sum'}
    note: |
      two
      lines
    """

  private let places = [
    "1:1 name:", "1:7 smoke",
    "2:1 training:", "3:3 steps:", "3:10 0100", "4:3 when:", "4:9 1:30", "5:3 shuffle:", "5:12 no",
    "6:1 methods:", "7:3 list", "7:5 pcgrad",
    "8:5 gradnorm:", "8:16 alpha:", "8:23 1.5", "8:28 scale:", "8:37 quoted sum",
    "9:1 note:", "9:7 quoted two\nlines",
  ]

  @Test("every key and value keeps its spelling, line and column")
  func everyPlace() throws {
    #expect(try outline(text) == places)
  }

  @Test("Windows line ends change nothing")
  func windowsLineEnds() throws {
    #expect(try outline(text.split(separator: "\n").joined(separator: "\r\n")) == places)
  }

  @Test("a byte order mark changes nothing")
  func byteOrderMark() throws {
    #expect(try outline("\u{FEFF}" + text) == places)
  }

  @Test("columns count characters, not bytes")
  func columnsCountCharacters() throws {
    #expect(try outline("{é: ü, b: c}") == ["1:2 é:", "1:5 ü", "1:8 b:", "1:11 c"])
  }

  @Test("JSON is read as it is")
  func json() throws {
    #expect(
      try outline(#"{"a":[1,-2.5e-3,"x\n\"y\""],"b":{"c":true}}"#) == [
        "1:2 a:", "1:6 list", "1:7 1", "1:9 -2.5e-3", "1:17 quoted x\n\"y\"",
        "1:29 b:", "1:34 c:", "1:38 true",
      ]
    )
  }

  @Test("a document may be marked as such")
  func documentMarks() throws {
    #expect(try outline("---\na: 1\n...\n") == ["2:1 a:", "2:4 1"])
  }

  @Test(
    "the whole message of every mistake in the text",
    arguments: [
      ("", "suite.yaml:1:1: nothing here, expected keys and values"),
      ("# only a comment\n", "suite.yaml:1:1: nothing here, expected keys and values"),
      ("---\n", "suite.yaml:2:1: expected keys and values, found nothing"),
      ("just words", "suite.yaml:1:1: expected keys and values, found 'just words'"),
      ("\n- a\n- b\n", "suite.yaml:2:1: expected keys and values, found a list of 2 values"),
      ("a: 1\n---\nb: 2\n", "suite.yaml:3:1: a second document begins, expected one in a file"),
      ("a: 1\n---\n", "suite.yaml:3:1: a second document begins, expected one in a file"),
      ("a: 1\nb: x\u{0}y\n", "suite.yaml:2:5: control character U+0000 is not allowed"),
      ("a: 1\r\nb: \u{1B}[0m\n", "suite.yaml:2:4: control character U+001B is not allowed"),
      (
        "a: &base 1\nb: *base\n",
        "suite.yaml:1:4: anchor '&base' is not allowed; write the value out at each place"
      ),
      (
        "&k a: 1\n",
        "suite.yaml:1:1: anchor '&k' is not allowed; write the value out at each place"
      ),
      ("b: *base\n", "suite.yaml:1:4: not valid YAML: found undefined alias"),
      (
        "a: !!str 1\n",
        "suite.yaml:1:4: tag 'tag:yaml.org,2002:str' is not allowed; a value is read by its spelling"
      ),
      (
        "a: !!float '1'\n",
        "suite.yaml:1:4: tag 'tag:yaml.org,2002:float' is not allowed; a value is read by its spelling"
      ),
      (
        "a: !mine [1]\n",
        "suite.yaml:1:4: tag '!mine' is not allowed; a value is read by its spelling"
      ),
      (
        "a: !mine {b: 1}\n",
        "suite.yaml:1:4: tag '!mine' is not allowed; a value is read by its spelling"
      ),
      ("a:\n  <<: {b: 1}\n", "suite.yaml:2:3: merge key '<<' is not allowed; write the keys out"),
      ("? [a, b]\n: 1\n", "suite.yaml:1:3: expected text as key, found a list of 2 values"),
      ("? {a: b}\n: 1\n", "suite.yaml:1:3: expected text as key, found keys and values"),
      ("?\n: 2\n", "suite.yaml:1:2: expected text as key, found nothing"),
      (
        "a: 'never closed\n",
        "suite.yaml:2:1: not valid YAML: found unexpected end of stream while scanning a quoted scalar, begun at 1:4"
      ),
      (
        "a: 1\n\tb: 2\n",
        "suite.yaml:2:1: not valid YAML: found a tab character that violates indentation while scanning a plain scalar, begun at 1:4"
      ),
      (
        "a: b: c\n",
        "suite.yaml:1:5: not valid YAML: mapping values are not allowed in this context"
      ),
      (
        "a: [1, 2\nb: 3\n",
        "suite.yaml:2:2: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence, begun at 1:4"
      ),
    ]
  )
  func mistakes(text: String, expected: String) {
    #expect(message(reading: text) == expected)
  }

  @Test(
    "a key given twice is refused at the second place, naming the first",
    arguments: [
      ("a: 1\nb: 2\na: 3\n", "suite.yaml:3:1: key 'a' is given twice, first at 1:1"),
      (
        "x:\n  alpha: 1\n  'alpha': 2\n", "suite.yaml:3:3: key 'alpha' is given twice, first at 2:3"
      ),
      (
        #"{"é":1,"b":{"c":1,"d":2,"c":3}}"#,
        "suite.yaml:1:25: key 'c' is given twice, first at 1:13"
      ),
      ("a: 1\na: 2\na: 3\n", "suite.yaml:2:1: key 'a' is given twice, first at 1:1"),
      ("z: {p: 1, p: 2}\nz: 1\n", "suite.yaml:1:11: key 'p' is given twice, first at 1:5"),
      ("ab: 1\ncb: 2\ncb: 3\nab: 4\n", "suite.yaml:3:1: key 'cb' is given twice, first at 2:1"),
      ("\r\na: 1\r\na: 2\r\n", "suite.yaml:3:1: key 'a' is given twice, first at 2:1"),
      (
        "x: [{a b: 1}, {'q r': 1,\n  \"q r\": 2}]\nx: 1\n",
        "suite.yaml:2:3: key 'q r' is given twice, first at 1:16"
      ),
      // What only differs in how it is written is the same key.
      (#"{"a": 1, "\u0061": 2}"#, "suite.yaml:1:10: key 'a' is given twice, first at 1:2"),
      (
        "a: 1\na: [\n",
        "suite.yaml:3:1: not valid YAML: did not find expected node content while parsing a flow node, begun at 3:1"
      ),
    ]
  )
  func duplicateKeys(text: String, expected: String) {
    #expect(message(reading: text) == expected)
  }

  @Test("50,000 keys given twice take two passes, not one for each")
  func manyDuplicates() {
    let lines = (0..<50_000).map { "key\($0 % 25_000): \($0)\n" }.joined()
    let start = ContinuousClock.now
    #expect(
      message(reading: lines) == "suite.yaml:25001:1: key 'key0' is given twice, first at 1:1"
    )
    #expect(
      message(reading: "{" + String(repeating: "\"a\":1,", count: 50_000) + "\"b\":2}")
        == "suite.yaml:1:8: key 'a' is given twice, first at 1:2"
    )
    // Some 25,000 passes would take hours; two take a moment, also in a build that is not optimised.
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test("the same key in two tables is no mistake")
  func sameKeyInTwoTables() throws {
    #expect(try outline("a: {c: 1}\nb: {c: 2}\n").count == 6)
  }

  @Test("nesting has a limit and no crash below and above it")
  func deepNesting() throws {
    func nested(_ depth: Int) -> String {
      "a: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try outline(nested(400)).count == 401)
    #expect(message(reading: nested(2000)) == "suite.yaml:1:5: not valid YAML: nested too deeply")
    let dashes = "a:\n" + String(repeating: "- ", count: 950) + "x"
    #expect(try outline(dashes).count == 952)
  }
}
