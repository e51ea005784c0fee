package import Store

/// Writes all tables and plots of a suite below a folder, or some of them.
///
/// `tables/<suite>/<problem>.txt`, `plots/<suite>/<problem>-<plot>.gp` with its pictures beside it;
/// what is made once for the suite has no problem in its name.
package enum ResultsWriter {
  /// What is asked for of all that could be written.
  package struct Selection: Sendable, Hashable {
    /// The one problem that everything is of; nil for all and for what is made once for the suite.
    package var problem: String?
    /// Names of the plots, without tables; nil for everything.
    package var plots: Set<String>?
    /// The room that pictures have, and the methods in them.
    package var request = PlotRequest()
    /// What stands behind the names of pictures, such as `-8cm`, which are no others' then.
    package var suffix = ""

    package init() {}
  }

  /// What was written, and what could not be.
  package struct Outcome: Sendable, Hashable {
    /// Paths of the written files below the folder, in the order of writing.
    package var written: [String] = []
    /// Tables that do not apply to these results, one sentence each.
    package var skipped: [String] = []
    /// Plots that these results cannot be drawn as, one sentence each.
    package var undrawn: [String] = []
    /// What each plot shows, by the path of its pictures without their endings.
    package var captions: [String: String] = [:]
    /// What the suite lacks, where it is not finished.
    package var missing: String?
    /// What should have been written and could not be, one sentence each with its remedy.
    package var failed: [String] = []

    /// Takes over what was written at the same time.
    mutating func join(_ other: Outcome) {
      written += other.written
      skipped += other.skipped
      undrawn += other.undrawn
      captions.merge(other.captions) { first, _ in first }
      failed += other.failed
    }
  }

  /// Writes the tables in every form of `forms` and the plots as every kind of `formats`.
  ///
  /// A table or plot that cannot be made does not keep the others from being made.
  ///
  /// - Throws: `StoreError` when the suite cannot be read.
  package static func write(
    store: ResultStore,
    suite: String,
    folder: String,
    forms: [TableForm] = [.terminal, .markdown, .latex, .csv],
    formats: [PictureFormat] = [.svg, .png],
    drawing: PlotDrawing = PlotDrawing()
  ) throws(StoreError) -> Outcome {
    try write(
      SuiteResults(suite: suite, from: store),
      from: store,
      folder: folder,
      forms: forms,
      formats: formats,
      drawing: drawing
    )
  }

  /// The same of results that were read from the store before.
  package static func write(
    _ results: SuiteResults,
    from store: ResultStore,
    folder: String,
    forms: [TableForm] = [.terminal, .markdown, .latex, .csv],
    formats: [PictureFormat] = [.svg, .png],
    drawing: PlotDrawing = PlotDrawing(),
    selection: Selection = Selection()
  ) throws(StoreError) -> Outcome {
    let suite = results.suite.name
    var outcome = Outcome()
    outcome.missing = results.missing
    let tables = TableFiles(
      folder: folder,
      subfolder: "tables/\(FileNames.safe(suite))",
      forms: forms
    )
    let plots = PlotFiles(
      folder: folder,
      subfolder: "plots/\(FileNames.safe(suite))",
      formats: formats,
      drawing: drawing,
      selection: selection
    )
    let hasTables = selection.plots == nil && !forms.isEmpty
    let unwritable = [(hasTables, tables.subfolder), (true, plots.subfolder)].map {
      isUsed,
      subfolder in
      isUsed ? FileNames.makeFolder(subfolder, in: folder) : nil
    }
    outcome.failed += unwritable.compactMap { $0 }
    // The problems one by one, then what is made once for the suite.
    let problems = results.problems.filter { problem in
      selection.problem.map { $0 == problem.problem.label } ?? true
    }
    let count = problems.count
    let made = InParallel.map(count + 1) { index -> Result<Outcome, StoreError> in
      var own = Outcome()
      do throws(StoreError) {
        let part =
          index < count
          ? try results.withSeries(of: problems[index], from: store)
          : selection.problem == nil ? results : results.only(problems[0])
        let scope = index < count ? ReportScope.problem : .suite
        let isTabled = hasTables && (scope == .problem || selection.problem == nil)
        if isTabled, unwritable[0] == nil { tables.write(scope, of: part, &own) }
        if unwritable[1] == nil { plots.write(scope, of: part, &own) }
        return .success(own)
      } catch {
        return .failure(error)
      }
    }
    for result in made {
      outcome.join(try result.get())
    }
    return outcome
  }
}

/// Where tables go, and in which forms.
private struct TableFiles {
  let folder: String
  let subfolder: String
  let forms: [TableForm]

  /// Columns of a terminal in which a table's file can be read.
  private static let fileWidth = 120

  func write(
    _ scope: ReportScope,
    of results: SuiteResults,
    _ outcome: inout ResultsWriter.Outcome
  ) {
    for kind in TableRegistry.all where kind.scope == scope && kind.applies(to: results) {
      let name = fileName(of: kind, results)
      do throws(TableError) {
        let table = try kind.table(of: results)
        for form in forms {
          let path = "\(subfolder)/\(name).\(form.fileExtension)"
          let text = form.text(of: table, maximumWidth: Self.fileWidth)
          if let reason = FileNames.write(text, to: "\(folder)/\(path)") {
            outcome.failed.append(reason)
          } else {
            outcome.written.append(path)
          }
        }
      } catch {
        outcome.skipped.append("\(name): \(error)")
      }
    }
  }

  /// The main table of a problem bears the problem's name alone.
  private func fileName(of kind: any ReportTable.Type, _ results: SuiteResults) -> String {
    guard kind.scope == .problem, let problem = results.problems.first else { return kind.name }
    let label = FileNames.ofProblem(problem.problem.label)
    return kind.name == ProblemTable.name ? label : label + "-" + kind.name
  }
}
