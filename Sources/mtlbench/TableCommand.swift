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
      problem is printed for each problem unless --problem names one.
      """
  )

  @Argument(help: "Only this table.")
  var table: String?

  @Option(help: "How: \(TableForm.allCases.map { $0.rawValue }.joined(separator: ", ")).")
  var format = TableForm.terminal

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var storeOptions: StoreOptions

  func run() throws {
    let store = try storeOptions.open(.readOnly)
    let results = try SuiteResults(suite: try selection.suiteName(in: store), from: store)
    let kinds = try selected()
    var isFirst = true
    for kind in kinds {
      for part in try parts(of: kind, results) {
        do {
          let text = format.text(
            of: try kind.table(of: part),
            isStyled: Terminal.isOutputStyled
          )
          Terminal.write((isFirst ? "" : "\n") + text)
          isFirst = false
        } catch {
          guard table == nil else { throw error }
          Terminal.writeError("\(kind.name): \(error)\n")
        }
      }
    }
  }

  private func selected() throws -> [any ReportTable.Type] {
    guard let table else { return TableRegistry.all }
    guard let kind = TableRegistry.all.first(where: { $0.name == table }) else {
      let names = TableRegistry.all.map { $0.name }.joined(separator: ", ")
      throw ValidationError("no table is called '\(table)'; known: \(names)")
    }
    return [kind]
  }

  private func parts(
    of kind: any ReportTable.Type,
    _ results: SuiteResults
  ) throws -> [SuiteResults] {
    guard kind.scope == .problem else { return [results] }
    return try selection.problems(of: results).map { results.only($0) }
  }
}

extension TableForm: ExpressibleByArgument {}
