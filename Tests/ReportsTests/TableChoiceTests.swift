import Store
import Testing

@testable import Reports

@Suite("What of a table is shown")
struct TableChoiceTests {
  @Test("rows of chosen methods, with the marks they have in the whole table")
  func methods() throws {
    var choice = TableChoice()
    choice.methods = ["Fixed, equal", "GradNorm"]
    let shown = try choice.shown(TableFixture.layout)
    #expect(shown.rows.map(\.label) == ["Fixed, equal", "GradNorm"])
    #expect(shown.rows[0] == TableFixture.layout.rows[1])
    var other = TableFixture.layout
    other.labelHead = "Problem"
    #expect(try choice.shown(other).rows.count == other.rows.count)
  }

  @Test("columns by name or head in the order asked for, those of the CSV form too")
  func columns() throws {
    var choice = TableChoice()
    choice.columns = ["delta_m_flat", "Δm", "a.accuracy"]
    let shown = try choice.shown(TableFixture.layout)
    #expect(shown.columns.map(\.name) == ["delta_m_flat", "delta_m", "a.accuracy"])
    #expect(shown.columns.allSatisfy { !$0.isOnlyInCSV })
    #expect(shown.rows.allSatisfy { $0.cells.count == 3 })
    choice.columns = ["deltam"]
    #expect(throws: TableError.self) { try choice.shown(TableFixture.layout) }
  }

  @Test("with as many words as asked for")
  func captions() throws {
    var table = TableFixture.layout
    table.caption = ["First.", "Second."]
    var choice = TableChoice()
    #expect(try choice.shown(table) == table)
    choice.caption = .short
    #expect(try choice.shown(table).caption == ["First."])
    #expect(try choice.shown(table).footnotes == table.footnotes)
    choice.caption = .none
    let bare = try choice.shown(table)
    #expect(TableForm.latex.text(of: bare).contains("\\caption") == false)
    #expect(TableForm.markdown.text(of: bare).hasPrefix("| Method"))
    #expect(!TableForm.terminal.text(of: bare).contains("stands for bold"))
  }
}

@Suite("Tables in a terminal")
struct TerminalWidthTests {
  private static let suites: [String: StoreFixture] = {
    var many = StoreFixture.many
    many.problems[0].label = "a_problem_with_quite_a_long_name"
    for fixture in [many] { many = fixture }
    many.seeds = 3
    many.evaluationCount = 3
    var few = StoreFixture.few
    few.seeds = 3
    few.evaluationCount = 3
    return ["few": few, "many": many]
  }()

  @Test("have no line that the terminal would break", arguments: ["few", "many"], [80, 120])
  func fit(_ methods: String, _ width: Int) throws {
    try withStore(try #require(Self.suites[methods])) { store, _ in
      let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
      let problem = try suite.withCurves(of: try #require(suite.problems.first), from: store)
      var count = 0
      for kind in TableRegistry.all where kind.applies(to: suite) {
        guard let table = try? kind.table(of: kind.scope == .problem ? problem : suite) else {
          continue
        }
        count += 1
        let text = TableForm.terminal.text(of: table, maximumWidth: width)
        let wide = text.split(separator: "\n").filter { String($0).displayWidth > width }
        #expect(wide == [], "\(kind.name)")
      }
      #expect(count >= 12)
    }
  }

  @Test("take several lines for long words, leave out details by name, and --wide shows all")
  func details() {
    let long = "words that go on and on until the line of a terminal is full and more"
    let table = Table(
      name: "t",
      title: "T",
      columns: [
        Table.Column(name: "a", head: "A"), Table.Column(name: "d", head: "Detail", isDetail: true),
      ],
      rows: [
        Table.Row(label: "x", cells: [.text(long), .text("seen when wide")]),
        Table.Row(label: "y", cells: [.none, .none]),
      ]
    )
    let expected = """
      T

      Method   A
      ───────────────────────────────────────
      x        words that go on and on until
               the line of a terminal is full
               and more
      y        –

      Left out for want of room: Detail (--wide shows them).

      """
    #expect(TableForm.terminal.text(of: table, maximumWidth: 40) == expected)
    let wide = TableForm.terminal.text(of: table)
    #expect(wide.contains(long) && wide.contains("seen when wide"))
  }
}
