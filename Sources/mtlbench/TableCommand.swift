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

  @Option(help: "How: \(TableForm.allCases.map { $0.rawValue }.joined(separator: ", ")).")
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

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var storeOptions: StoreOptions

  func validate() throws {
    guard explain.isEmpty || explain.count == 2 else {
      throw ValidationError(
        "--explain: expected a row and a column, found \(explain.count) words; quote labels that "
          + "hold spaces"
      )
    }
    if json, !explain.isEmpty {
      throw ValidationError("--explain: how a cell came about is told in words, without --json")
    }
  }

  func run() throws {
    if json { Terminal.reserveOutput() }
    let store = try storeOptions.open(.readOnly)
    let results = try SuiteResults(suite: try selection.suiteName(in: store), from: store)
    let kinds = try selected().filter { table != nil || $0.applies(to: results) }
    Terminal.note(results.missing)
    let problems = try selection.problems(of: results)
    // Losses over training are read for one problem after the other, once for all its tables.
    var ofProblems: [[Result<Reports.Table, any Error>]] = []
    for problem in problems {
      let own = kinds.filter { $0.scope == .problem }
      let part =
        own.contains { $0.needsSeries }
        ? try results.withCurves(of: problem, from: store) : results.only(problem)
      ofProblems.append(own.map { kind in Result { try kind.table(of: part) } })
    }
    var isFirst = true
    var number = 0
    var documents: [CanonicalTable] = []
    for kind in kinds {
      let tables: [Result<Reports.Table, any Error>]
      if kind.scope == .problem {
        tables = ofProblems.map { $0[number] }
        number += 1
      } else {
        tables = [Result { try kind.table(of: results) }]
      }
      for table in tables { try write(table, of: kind, &documents, &isFirst) }
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
    _ table: Result<Reports.Table, any Error>,
    of kind: any ReportTable.Type,
    _ documents: inout [CanonicalTable],
    _ isFirst: inout Bool
  ) throws {
    do {
      if json { return documents.append(try table.get().document) }
      let spaced = (isFirst ? "" : "\n") + (try text(of: try table.get()))
      if explain.isEmpty { Terminal.writeStyled(spaced) } else { Terminal.write(spaced) }
      isFirst = false
    } catch {
      guard self.table == nil, explain.isEmpty else { throw error }
      Terminal.writeError("\(kind.name): \(error)\n")
    }
  }

  /// The table, or how the cell that was asked for came about.
  private func text(of table: Reports.Table) throws -> String {
    explain.isEmpty
      ? format.text(of: table, isStyled: Terminal.isOutputStyled)
      : try table.explanation(row: explain[0], column: explain[1])
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
