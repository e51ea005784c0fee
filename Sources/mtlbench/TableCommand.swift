internal import ArgumentParser
internal import Reports
internal import Settings
internal import Store

/// `mtlbench table`.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Prints tables of a stored suite.",
    discussion: """
      Tables: \(TableRegistry.all.map { $0.name }.joined(separator: ", ")). A table of every \
      problem is printed for each problem unless --problem names one. With --explain, a row's \
      label and a column's name or head: the runs, values and formula behind that cell, by \
      default of the table 'problem'.
      """
  )

  @Argument(help: "Only this table.")
  var table: String?

  @Option(help: "Form of the tables.")
  var format = TableForm.terminal

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Only how this cell came about, such as: pcgrad Δm.",
      valueName: "row column"
    )
  )
  var explain: [String] = []

  @Flag(help: "Print one JSON document, numbers unrounded.")
  var json = false

  @Option(
    help: "Only these columns of the table, by name or head, with commas between, in this order."
  )
  var columns: String?

  @Option(
    help:
      "Words around the numbers: \(TableChoice.Caption.allCases.map { $0.rawValue }.joined(separator: ", "))."
  )
  var caption = TableChoice.Caption.full

  @Flag(help: "All columns next to each other, however wide the terminal is.")
  var wide = false

  @OptionGroup var methods: MethodOptions

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var storeOptions: StoreOptions

  func validate() throws {
    guard explain.isEmpty || explain.count == 2 else {
      throw ValidationError(
        "--explain: expected a row and a column, found \(explain.count) words; quote labels that "
          + "hold spaces"
      )
    }
    if columns != nil, table == nil {
      throw ValidationError("--columns: name the table whose columns these are")
    }
    if json, !explain.isEmpty {
      throw ValidationError("--explain: how a cell came about is told in words, without --json")
    }
  }

  func run() throws {
    if json { Terminal.reserveOutput() }
    let store = try storeOptions.open(.readOnly)
    let results = try SuiteResults(suite: try selection.suiteName(in: store), from: store)
    Terminal.note(results.missing)
    let problems = try selection.problems(of: results)
    var choice = TableChoice()
    choice.caption = caption
    choice.columns = columns.map { CommaList.words($0) }
    choice.methods = try methods.labels(in: results)
    let maker = TableMaker(
      results: results,
      store: store,
      form: json ? nil : format,
      isStyled: Terminal.isOutputStyled,
      width: wide ? nil : Terminal.outputWidth,
      choice: choice,
      cell: explain
    )
    // Of one problem alone nothing is said over all of them, unless it is asked for.
    let isWhole = selection.problem == nil || table != nil || !explain.isEmpty
    let kinds = try selected().filter { kind in
      (table != nil || kind.applies(to: results)) && (kind.scope == .problem || isWhole)
    }
    var ofProblems = try maker.tables(kinds.filter { $0.scope == .problem }, of: problems)[...]
    var ofSuite = maker.tables(kinds.filter { $0.scope == .suite })[...]
    var isFirst = true
    var documents: [CanonicalTable] = []
    var told: Set<String> = []
    for kind in kinds {
      let tables =
        kind.scope == .problem ? ofProblems.removeFirst() : [ofSuite.removeFirst()]
      for table in tables { try write(table, &documents, &isFirst, &told) }
    }
    if json { Terminal.write(Self.document(results, documents).json + "\n") }
  }

  private static func document(
    _ results: SuiteResults,
    _ tables: [CanonicalTable]
  ) -> CanonicalTable {
    var document = CanonicalTable()
    document["schema"] = .text("mtlbench/tables/1")
    document["suite"] = .text(results.suite.name)
    document["missing"] = .text(orNull: results.missing)
    document["tables"] = .list(tables.map { .table($0) })
    return document
  }

  /// Writes a table; why there is none goes to standard error, unless it alone was asked for.
  private func write(
    _ table: TableMaker.Made,
    _ documents: inout [CanonicalTable],
    _ isFirst: inout Bool,
    _ told: inout Set<String>
  ) throws {
    do {
      switch try table.get() {
      case .document(let document): documents.append(document)
      case .text(let text):
        let spaced = (isFirst ? "" : "\n") + text
        if explain.isEmpty { Terminal.writeStyled(spaced) } else { Terminal.write(spaced) }
        isFirst = false
      }
    } catch {
      guard self.table == nil, explain.isEmpty else { throw error }
      let sentence = "\(error)\n"
      if told.insert(sentence).inserted { Terminal.writeError(sentence) }
    }
  }

  private func selected() throws -> [any ReportTable.Type] {
    guard let table = table ?? (explain.isEmpty ? nil : ProblemTable.name) else {
      return TableRegistry.all
    }
    guard let kind = TableRegistry.all.first(where: { $0.name == table }) else {
      let names = TableRegistry.all.map { $0.name }.joined(separator: ", ")
      throw ValidationError("no table is called '\(table)'; known: \(names)")
    }
    return [kind]
  }
}

extension TableForm: ExpressibleByArgument {}
extension TableChoice.Caption: ExpressibleByArgument {}

/// Makes tables, of several problems or kinds at a time, and keeps of each only what is printed: the
/// values behind the cells of all of them would fill the memory.
private struct TableMaker: Sendable {
  /// What is printed of a table.
  enum Shown: Sendable {
    case text(String)
    case document(CanonicalTable)
  }

  /// That, or why there is no table.
  typealias Made = Result<Shown, any Error>

  let results: SuiteResults
  let store: ResultStore
  /// Nil for JSON.
  let form: TableForm?
  let isStyled: Bool
  /// Columns of the terminal; nil for as many as there are.
  let width: Int?
  /// What of each table is shown.
  let choice: TableChoice
  /// Row and column of the cell that is to be explained in place of the table; empty for none.
  let cell: [String]

  /// Tables of each of some problems, shape [kindCount][problemCount]; losses over training are read
  /// once for all tables of a problem.
  func tables(
    _ kinds: [any ReportTable.Type],
    of problems: [ProblemResults]
  ) throws -> [[Made]] {
    let needsSeries = kinds.contains { $0.needsSeries }
    let ofProblems = try InParallel.map(problems.count) { index -> Result<[Made], any Error> in
      Result {
        let part =
          needsSeries
          ? try results.withCurves(of: problems[index], from: store)
          : results.only(problems[index])
        return kinds.map { kind in made(kind, of: part) }
      }
    }.map { try $0.get() }
    return kinds.indices.map { kind in ofProblems.map { $0[kind] } }
  }

  /// Tables of the whole suite.
  func tables(_ kinds: [any ReportTable.Type]) -> [Made] {
    InParallel.map(kinds.count) { index in made(kinds[index], of: results) }
  }

  private func made(_ kind: any ReportTable.Type, of results: SuiteResults) -> Made {
    Result {
      let table = try kind.table(of: results)
      guard cell.isEmpty else {
        return .text(try table.explanation(row: cell[0], column: cell[1]))
      }
      let shown = try choice.shown(table)
      guard let form else { return .document(shown.document) }
      return .text(form.text(of: shown, isStyled: isStyled, maximumWidth: width))
    }
  }
}
