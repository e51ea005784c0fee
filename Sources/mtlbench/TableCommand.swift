internal import ArgumentParser
internal import Reports
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

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var storeOptions: StoreOptions

  func validate() throws {
    guard explain.isEmpty || explain.count == 2 else {
      throw ValidationError(
        "--explain: expected a row and a column, found \(explain.count) words; quote labels that "
          + "hold spaces"
      )
    }
  }

  func run() throws {
    let store = try storeOptions.open(.readOnly)
    let results = try SuiteResults(suite: try selection.suiteName(in: store), from: store)
    let kinds = try selected().filter { table != nil || $0.applies(to: results) }
    Terminal.note(results.missing)
    let problems = try selection.problems(of: results)
    // Losses over training are read for one problem after the other, once for all its tables.
    var ofProblems: [[Result<String, any Error>]] = []
    for problem in problems {
      let own = kinds.filter { $0.scope == .problem }
      let part =
        own.contains { $0.needsSeries }
        ? try results.withCurves(of: problem, from: store) : results.only(problem)
      ofProblems.append(own.map { kind in Result { try text(of: try kind.table(of: part)) } })
    }
    var isFirst = true
    var number = 0
    for kind in kinds {
      let texts: [Result<String, any Error>]
      if kind.scope == .problem {
        texts = ofProblems.map { $0[number] }
        number += 1
      } else {
        texts = [Result { try text(of: try kind.table(of: results)) }]
      }
      for text in texts { try write(text, of: kind, &isFirst) }
    }
  }

  /// Writes a table; why there is none goes to standard error, unless it alone was asked for.
  private func write(
    _ text: Result<String, any Error>,
    of kind: any ReportTable.Type,
    _ isFirst: inout Bool
  ) throws {
    do {
      let spaced = (isFirst ? "" : "\n") + (try text.get())
      if explain.isEmpty { Terminal.writeStyled(spaced) } else { Terminal.write(spaced) }
      isFirst = false
    } catch {
      guard table == nil, explain.isEmpty else { throw error }
      Terminal.writeError("\(kind.name): \(error)\n")
    }
  }

  /// The table, or how the cell that was asked for came about.
  private func text(of table: Table) throws -> String {
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
