import Settings
import Testing

@Suite("Values are read by key, form and range")
struct SettingsReaderTests {
  @Test("each form of value is read from its spelling")
  func forms() throws {
    var settings = try reader(
      """
      name: 007
      empty: ''
      lr: 1e-3
      steps: 0100
      isPaired: true
      sharing: hard
      grid: [.5, 1., -2, +3E2]
      sizes: [64, 32]
      labels: [a, "1", no]
      """
    )
    #expect(try settings.text("name") == "007")
    #expect(try settings.text("empty") == "")
    #expect(try settings.number("lr", default: nil, in: 0...1) == 0.001)
    #expect(try settings.count("steps", default: nil, in: 1...1000) == 100)
    #expect(try settings.flag("isPaired", default: nil))
    #expect(try settings.choice("sharing", of: ["none", "hard"], default: nil) == "hard")
    #expect(
      try settings.numbers("grid", default: nil, in: -10...1000, count: 1...4) == [0.5, 1, -2, 300]
    )
    #expect(try settings.counts("sizes", default: nil, in: 1...64, count: 2...2) == [64, 32])
    #expect(try settings.texts("labels", default: nil, count: 0...3) == ["a", "1", "no"])
    try settings.finish()
  }

  @Test("an absent key gives its default, nil or no elements")
  func absentKeys() throws {
    var settings = try reader("other: 1")
    #expect(try settings.text("a", default: "x") == "x")
    #expect(try settings.optionalText("b") == nil)
    #expect(try settings.choice("c", of: ["x", "y"], default: "y") == "y")
    #expect(try settings.number("d", default: 0.1, in: 0...1) == 0.1)
    #expect(try settings.optionalNumber("e", in: 0...1) == nil)
    #expect(try settings.count("f", default: 3, in: 1...5) == 3)
    #expect(try settings.optionalCount("g", in: 1...5) == nil)
    #expect(try settings.flag("h", default: true))
    #expect(try settings.numbers("i", default: [1], in: 0...1, count: 1...1) == [1])
    #expect(try settings.counts("j", default: [], in: 0...1, count: 0...1) == [])
    #expect(try settings.texts("k", default: ["t"], count: 1...1) == ["t"])
    #expect(try settings.table("l") == nil)
    #expect(try settings.settings("m").isEmpty)
    #expect(settings.rawSetting("n") == nil)
    #expect(settings.unreadKeys == ["other"])
    #expect(
      settings.resolved.json
        == #"{"a":"x","c":"y","d":0.1,"f":3,"h":true,"i":[1],"j":[],"k":["t"]}"#
    )
  }

  @Test("both ends of a range are inside it")
  func rangeEnds() throws {
    var settings = try reader("a: 1e-6\nb: 10\nc: 1\nd: 5")
    #expect(try settings.number("a", default: nil, in: 1e-6...10) == 1e-6)
    #expect(try settings.number("b", default: nil, in: 1e-6...10) == 10)
    #expect(try settings.count("c", default: nil, in: 1...5) == 1)
    #expect(try settings.count("d", default: nil, in: 1...5) == 5)
  }

  @Test(
    "spellings that are no numbers are refused",
    arguments: [
      "1_000", "0x10", "inf", "-inf", ".inf", "nan", ".nan", "1e999", "1e", "e5", ".", "+", "1.2.3",
      "1,5", "1 000", "١", "'1'", "\"1\"", "true", "1:30",
    ]
  )
  func noNumbers(spelling: String) {
    let text = "a: \(spelling)"
    let largest = Double.greatestFiniteMagnitude
    let refused = message(reading: text) { (settings) throws(SettingsError) in
      _ = try settings.number("a", default: nil, in: -largest...largest)
    }
    #expect(refused.hasPrefix("suite.yaml:1:4: a: expected a number, found "))
  }

  @Test("negative zero is zero")
  func negativeZero() throws {
    var settings = try reader("a: -0.0")
    #expect(try settings.number("a", default: nil, in: 0...1).sign == .plus)
    #expect(settings.resolved.json == #"{"a":0}"#)
  }

  @Test("nested readers resolve under their key once closed")
  func nestedTables() throws {
    var settings = try reader("training:\n  lr: 0.1\n  adam: {beta1: 0.9}\n")
    var training = try #require(try settings.table("training"))
    #expect(training.place.description == "suite.yaml:2:3")
    #expect(training.has("lr") && !training.has("beta1"))
    #expect(training.place(of: "lr").description == "suite.yaml:2:7")
    #expect(training.place(of: "absent").description == "suite.yaml:2:3")
    _ = try training.number("lr", default: nil, in: 0...1)
    let beta2 = try training.nested("adam") { (adam) throws(SettingsError) in
      _ = try adam.number("beta1", default: 0.9, in: 0...1)
      return try adam.number("beta2", default: 0.999, in: 0...1)
    }
    #expect(beta2 == 0.999)
    try training.finish()
    settings.close(training)
    try settings.finish()
    #expect(
      settings.resolved.json == #"{"training":{"adam":{"beta1":0.9,"beta2":0.999},"lr":0.1}}"#
    )
  }

  @Test("a default outside its range is a mistake in the code")
  func defaultOutsideRange() async {
    await #expect(processExitsWith: .failure) {
      var settings = try reader("a: 1")
      _ = try settings.number("b", default: 2, in: 0...1)
    }
    await #expect(processExitsWith: .failure) {
      var settings = try reader("a: 1")
      _ = try settings.counts("b", default: [1], in: 0...1, count: 2...3)
    }
  }

  @Test("a reader that is nested in no other cannot be closed")
  func closingTheTop() async {
    await #expect(processExitsWith: .failure) {
      var settings = try reader("a: 1")
      settings.close(try reader("b: 2"))
    }
  }
}
