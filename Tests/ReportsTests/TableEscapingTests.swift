import Testing

@testable import Reports

@Suite("Names that look like markup")
struct TableEscapingTests {
  private let name = #"a|b*c_d`e<f>&g%h$i#j{k}l~m^n\o"p"#

  @Test("get backslashes in Markdown")
  func markdown() {
    #expect(
      MarkdownTable.escaped(name) == #"a\|b\*c\_d\`e\<f>&g%h$i#j{k}l~m^n\\o"p"#
    )
  }

  @Test("get commands in LaTeX")
  func latex() {
    #expect(
      LaTeXTable.escaped(name)
        == ##"a\textbar{}b*c\_d`e\textless{}f\textgreater{}\&g\%h\$i\#j\{k\}"##
        + #"l\textasciitilde{}m\textasciicircum{}n\textbackslash{}o''p"#
    )
  }

  @Test("get entities in HTML")
  func html() {
    #expect(HTMLTable.escaped("a<b>&\"c'") == "a&lt;b&gt;&amp;&quot;c'")
  }

  @Test("are quoted in CSV where they hold commas, quotes or line breaks")
  func csv() {
    #expect(CSVTable.escaped("plain name") == "plain name")
    #expect(CSVTable.escaped("a,b") == "\"a,b\"")
    #expect(CSVTable.escaped("a\"b") == "\"a\"\"b\"")
    #expect(CSVTable.escaped("a\nb") == "\"a\nb\"")
  }

  @Test("are no formulas in CSV, while numbers stay numbers")
  func formulas() {
    #expect(CSVTable.escaped("=HYPERLINK(1)") == "'=HYPERLINK(1)")
    #expect(CSVTable.escaped("+cmd|' /C calc'!A0") == "'+cmd|' /C calc'!A0")
    #expect(CSVTable.escaped("-a,b") == "\"'-a,b\"")
    #expect(CSVTable.escaped("@SUM(A1)") == "'@SUM(A1)")
    #expect(CSVTable.escaped("\tx") == "'\tx")
    #expect(CSVTable.escaped("-1.5e-3") == "-1.5e-3")
  }

  @Test("reach no form with a character that acts", arguments: TableForm.allCases)
  func controls(form: TableForm) {
    let name = "a\u{1B}[31m\u{0}b\u{85}\u{202E}c\nd\r\te\u{7F}\u{2028}"
    let table = Table(
      name: "t",
      title: name,
      labelHead: name,
      columns: [Table.Column(name: name, group: name, head: name, unit: name, formula: name)],
      rows: [Table.Row(label: name, cells: [.text(name)])],
      caption: [name],
      footnotes: [name]
    )
    let acting = form.text(of: table).unicodeScalars.filter {
      $0 != "\n"
        && ($0.properties.generalCategory == .control || [0x202E, 0x2028].contains($0.value))
    }
    #expect(acting.isEmpty)
    #expect(!form.text(of: table).contains("c\nd"))
  }

  @Test("lose what would end a text in gnuplot")
  func gnuplot() {
    #expect(GnuplotText.plain("a\"b\\c\nd") == "a'b/c d")
    #expect(GnuplotText.quoted("its") == "'its'")
    #expect(GnuplotText.quoted("'it''s` `x") == #""'it''s\140 \140x""#)
    #expect(GnuplotText.plain("a\u{1B}b\u{202E}c]]>d") == "a\u{FFFD}b\u{FFFD}c]] >d")
  }
}
