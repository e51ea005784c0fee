import Settings
import Testing

@Suite("Every mistake in a value has its whole message")
struct SettingsMessageTests {
  typealias Reading = @Sendable (inout SettingsReader) throws(SettingsError) -> Void

  private func messageInTraining(_ value: String, _ read: Reading) -> String {
    message(reading: "name: x\ntraining:\n  key: \(value)\n") { (settings) throws(SettingsError) in
      _ = try settings.nested("training", read)
    }
  }

  @Test("numbers say their range and what was found")
  func numbers() {
    let read: Reading = { (settings) throws(SettingsError) in
      _ = try settings.number("key", default: 1, in: 1e-6...10)
    }
    let start = "suite.yaml:3:8: training.key: expected a number from 1e-6 to 10, found "
    #expect(messageInTraining("abc", read) == start + "'abc'")
    #expect(messageInTraining("20", read) == start + "'20'")
    #expect(messageInTraining("'2'", read) == start + "the quoted text '2'")
    #expect(messageInTraining("[1]", read) == start + "a list of 1 value")
    #expect(messageInTraining("{a: 1}", read) == start + "keys and values")
    #expect(messageInTraining("\"a\\nb\"", read) == start + "the quoted text 'a\\nb'")
    let long = String(repeating: "x", count: 100)
    #expect(messageInTraining(long, read) == start + "'\(long.prefix(60))…'")
  }

  @Test("a key without a value is not an absent key")
  func keyWithoutValue() {
    #expect(
      messageInTraining("") { (settings) throws(SettingsError) in
        _ = try settings.optionalText("key")
      } == "suite.yaml:3:7: training.key: expected text, found nothing"
    )
  }

  @Test("ranges open to one side are said so")
  func openRanges() {
    let largest = Double.greatestFiniteMagnitude
    #expect(
      messageInTraining("-1") { (settings) throws(SettingsError) in
        _ = try settings.number("key", default: nil, in: 0...Double.infinity)
      } == "suite.yaml:3:8: training.key: expected a number of at least 0, found '-1'"
    )
    #expect(
      messageInTraining("1") { (settings) throws(SettingsError) in
        _ = try settings.number("key", default: nil, in: -largest...0.5)
      } == "suite.yaml:3:8: training.key: expected a number of at most 0.5, found '1'"
    )
    #expect(
      messageInTraining("0") { (settings) throws(SettingsError) in
        _ = try settings.count("key", default: nil, in: 1...Int.max)
      } == "suite.yaml:3:8: training.key: expected a whole number of at least 1, found '0'"
    )
  }

  @Test("whole numbers are digits alone", arguments: ["1.0", "1e3", "7", "99999999999999999999"])
  func counts(spelling: String) {
    #expect(
      messageInTraining(spelling) { (settings) throws(SettingsError) in
        _ = try settings.optionalCount("key", in: 1...5)
      } == "suite.yaml:3:8: training.key: expected a whole number from 1 to 5, found '\(spelling)'"
    )
  }

  @Test("flags are true or false", arguments: ["yes", "no", "on", "True", "1"])
  func flags(spelling: String) {
    #expect(
      messageInTraining(spelling) { (settings) throws(SettingsError) in
        _ = try settings.flag("key", default: nil)
      } == "suite.yaml:3:8: training.key: expected true or false, found '\(spelling)'"
    )
  }

  @Test("choices offer the nearest name")
  func choices() {
    let read: Reading = { (settings) throws(SettingsError) in
      _ = try settings.choice("key", of: ["none", "hard"], default: "none")
    }
    let start = "suite.yaml:3:8: training.key: expected one of none, hard, found "
    #expect(messageInTraining("hrad", read) == start + "'hrad'; did you mean 'hard'?")
    #expect(messageInTraining("soft", read) == start + "'soft'")
    #expect(messageInTraining("[]", read) == start + "a list of 0 values")
  }

  @Test("lists say how many values they hold and which element is wrong")
  func lists() {
    let read: Reading = { (settings) throws(SettingsError) in
      _ = try settings.numbers("key", default: nil, in: 0...1, count: 1...3)
    }
    #expect(
      messageInTraining("[]", read)
        == "suite.yaml:3:8: training.key: expected a list of 1 to 3 values, found a list of 0 values"
    )
    #expect(
      messageInTraining("0.5", read)
        == "suite.yaml:3:8: training.key: expected a list of 1 to 3 values, found '0.5'"
    )
    #expect(
      messageInTraining("[0.1,\n   0.2, 3]", read)
        == "suite.yaml:4:9: training.key[2]: expected a number from 0 to 1, found '3'"
    )
    #expect(
      messageInTraining("[]") { (settings) throws(SettingsError) in
        _ = try settings.texts("key", default: nil, count: 1...Int.max)
      }
        == "suite.yaml:3:8: training.key: expected a list of at least 1 value, found a list of 0 values"
    )
    #expect(
      messageInTraining("[1, 2, 3]") { (settings) throws(SettingsError) in
        _ = try settings.counts("key", default: nil, in: 0...9, count: 2...2)
      } == "suite.yaml:3:8: training.key: expected a list of 2 values, found a list of 3 values"
    )
    #expect(
      messageInTraining("1") { (settings) throws(SettingsError) in
        _ = try settings.settings("key")
      } == "suite.yaml:3:8: training.key: expected a list, found '1'"
    )
  }

  @Test("a table is expected where one is read")
  func tables() {
    #expect(
      messageInTraining("1") { (settings) throws(SettingsError) in
        _ = try settings.table("key")
      } == "suite.yaml:3:8: training.key: expected keys and values, found '1'"
    )
  }

  @Test("an absent key that is required says what it should hold")
  func missingKeys() {
    #expect(
      messageInTraining("1") { (settings) throws(SettingsError) in
        _ = try settings.number("lr", default: nil, in: 0...1)
      } == "suite.yaml:3:3: training.lr: missing, expected a number from 0 to 1"
    )
    #expect(
      messageInTraining("1") { (settings) throws(SettingsError) in
        _ = try settings.texts("names", default: nil, count: 1...2)
      } == "suite.yaml:3:3: training.names: missing, expected a list of 1 to 2 values"
    )
  }

  @Test("an unknown key is refused with the nearest and all known keys")
  func unknownKeys() throws {
    let text = "methods:\n  - alpha: 1\n  - scale: sum\n    alhpa: 1\n"
    #expect(
      message(reading: text) { (settings) throws(SettingsError) in
        let element = try settings.settings("methods")[1]
        var method = SettingsReader(try element.table(path: "methods[1]"), path: "methods[1]")
        for key in ["alpha", "scale", "heads"] { _ = try method.optionalText(key) }
        try method.finish()
      }
        == "suite.yaml:4:5: methods[1]: unknown key 'alhpa'; did you mean 'alpha'? "
        + "known keys: alpha, scale, heads"
    )
    #expect(
      message(reading: "zzz: 1") { (settings) throws(SettingsError) in
        _ = settings.rawSetting("name")
        try settings.finish()
      } == "suite.yaml:1:1: unknown key 'zzz'; known keys: name"
    )
    #expect(
      message(reading: "zzz: 1") { (settings) throws(SettingsError) in try settings.finish() }
        == "suite.yaml:1:1: unknown key 'zzz'"
    )
  }

  @Test("an unknown name is refused with the nearest and all known names")
  func unknownNames() throws {
    let settings = try reader("\n  a: 1")
    #expect(
      settings.unknownName("pcgard", kind: "weighting method", known: ["equal", "pcgrad"])
        .description
        == "suite.yaml:2:3: unknown weighting method 'pcgard'; did you mean 'pcgrad'? "
        + "known: equal, pcgrad"
    )
    #expect(
      settings.unknownName("xyz", kind: "table", known: ["losses"]).description
        == "suite.yaml:2:3: unknown table 'xyz'; known: losses"
    )
  }

  @Test("a caller's own problem stands at its key, or at the table when the key is absent")
  func ownProblems() throws {
    let settings = try reader("a: 1\nfile: x.csv\n")
    #expect(
      settings.error("file", "no column 'y'").description == "suite.yaml:2:7: file: no column 'y'"
    )
    #expect(settings.error("b", "is needed").description == "suite.yaml:1:1: b: is needed")
  }
}
