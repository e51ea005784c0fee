import Settings
import Testing

@Suite("What was read has exactly one spelling and reads back the same")
struct CanonicalTableTests {
  @Test("keys are sorted by their bytes and nothing is spaced")
  func spelling() {
    var inner = CanonicalTable()
    inner["z"] = .flag(false)
    var table = CanonicalTable()
    table["b"] = .list([.number(1), .text("x"), .list([]), .table(inner)])
    table["a"] = .number(0.1)
    table["é"] = .count(UInt64.max)
    table["B"] = .text("")
    table["gone"] = .count(1)
    table["gone"] = nil
    #expect(
      table.json == #"{"B":"","a":0.1,"b":[1,"x",[],{"z":false}],"é":18446744073709551615}"#
    )
    #expect(table["a"] == .number(0.1))
    #expect(CanonicalTable().json == "{}")
  }

  @Test(
    "numbers have their shortest spelling",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (-2, "-2"), (0.1, "0.1"), (1e-6, "1e-6"), (1e16, "1e16"),
      (123456, "123456"), (1.5e-7, "1.5e-7"), (.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e308"), (0.1 + 0.2, "0.30000000000000004"),
    ] as [(Double, String)]
  )
  func numbers(value: Double, spelling: String) throws {
    var table = CanonicalTable()
    table["n"] = .number(value)
    #expect(table.json == "{\"n\":\(spelling)}")
    var settings = SettingsReader(try CanonicalTable.table(table.json))
    let largest = Double.greatestFiniteMagnitude
    #expect(try settings.number("n", default: nil, in: -largest...largest) == value)
    #expect(settings.resolved == table)
  }

  @Test("a whole number is spelt alike as number and as count")
  func numberAndCount() {
    #expect(CanonicalTable.Value.number(1000) == .count(1000))
  }

  @Test("what is not finite has no spelling")
  func notFinite() async {
    await #expect(processExitsWith: .failure) { _ = CanonicalTable.Value.number(.nan) }
  }

  @Test("counts beyond the exact range of Double keep every digit")
  func largeCounts() throws {
    var table = CanonicalTable()
    table["n"] = .count(Int.max)
    var settings = SettingsReader(try CanonicalTable.table(table.json))
    #expect(try settings.count("n", default: nil, in: 0...Int.max) == Int.max)
  }

  @Test(
    "texts come back character by character",
    arguments: [
      "", " ", "plain", "1", "0100", "1e-3", "true", "null", "~", "no", "-", "- a", "a: b", "#c",
      "it's", "say \"hi\"", "back\\slash", "line\nbreak", "carriage\r\nreturn", "tab\t",
      "trailing ",
      "\n\n", "é e\u{301} 日本語 🙂", "\u{0}\u{1B}\u{7F}\u{85}\u{A0}", "\u{2028}\u{2029}\u{FEFF}",
      "\u{FFFE}\u{FFFF}\u{10FFFF}", "&a *b !c <<", "{[,]}", "%", "@", "`",
      String(repeating: "long ", count: 1000),
    ]
  )
  func texts(text: String) throws {
    var table = CanonicalTable()
    table["t"] = .text(text)
    table["list"] = .list([.text(text)])
    var settings = SettingsReader(try CanonicalTable.table(table.json))
    let back = try settings.text("t")
    #expect(Array(back.unicodeScalars) == Array(text.unicodeScalars))
    #expect(try settings.texts("list", default: nil, count: 1...1) == [text])
    #expect(settings.resolved == table)
    #expect(settings.resolved.json == table.json)
  }

  @Test("keys may be any text but the empty one")
  func keys() throws {
    var table = CanonicalTable()
    for key in ["a b", "1", "<<", "x:y", "\"q\"", "new\nline", "true"] { table[key] = .text(key) }
    var settings = SettingsReader(try CanonicalTable.table(table.json))
    for key in settings.unreadKeys { #expect(try settings.text(key) == key) }
    #expect(settings.resolved == table)
  }

  @Test("a suite and its resolved settings resolve to the same table")
  func fixedPoint() throws {
    func resolve(_ table: SettingsTable) throws(SettingsError) -> CanonicalTable {
      var settings = SettingsReader(table)
      _ = try settings.text("name")
      _ = try settings.counts("seeds", default: [1, 2], in: 0...100, count: 1...10)
      _ = try settings.nested("training") { (training) throws(SettingsError) in
        _ = try training.number("lr", default: 1e-3, in: 1e-6...10)
        _ = try training.flag("isPaired", default: true)
        _ = try training.choice("sharing", of: ["hard", "none"], default: "hard")
      }
      try settings.finish()
      return settings.resolved
    }
    let first = try resolve(
      try YAMLReader.read("training: {lr: 1.0E-2}\nname: 007\n", file: "suite.yaml")
    )
    #expect(
      first.json
        == #"{"name":"007","seeds":[1,2],"training":{"isPaired":true,"lr":0.01,"sharing":"hard"}}"#
    )
    #expect(try resolve(try CanonicalTable.table(first.json)) == first)
  }

  @Test("a stored text that is damaged says so")
  func damaged() {
    #expect {
      try CanonicalTable.table(#"{"a":1"#)
    } throws: { error in
      "\(error)"
        == "<run spec>:2:1: not valid YAML: did not find expected ',' or '}' "
        + "while parsing a flow mapping, begun at 1:1"
    }
  }
}
