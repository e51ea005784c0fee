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

  @Test("lose what would end a text in gnuplot")
  func gnuplot() {
    #expect(GnuplotText.plain("a\"b\\c\nd") == "a'b/c d")
    #expect(GnuplotText.quoted("it's") == "'it''s'")
  }
}
