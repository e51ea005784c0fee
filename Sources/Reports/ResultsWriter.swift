package import Store

/// Writes all tables and plots of a suite below a folder.
///
/// `tables/<suite>/<problem>.txt`, `plots/<suite>/<problem>-<plot>.gp` with its pictures beside it;
/// what is made once for the suite has no problem in its name.
package enum ResultsWriter {
  /// What was written, and what could not be.
  package struct Outcome: Sendable, Hashable {
    /// Paths of the written files below the folder, in the order of writing.
    package var written: [String] = []
    /// Tables that do not apply to these results, one sentence each.
    package var skipped: [String] = []
    /// Plots that these results cannot be drawn as, one sentence each.
    package var undrawn: [String] = []
    /// What the suite lacks, where it is not finished.
    package var missing: String?
    /// What should have been written and could not be, one sentence each with its remedy.
    package var failed: [String] = []
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
    drawing: PlotDrawing = PlotDrawing()
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
      drawing: drawing
    )
    let unwritable = [tables.subfolder, plots.subfolder].map { subfolder in
      FileNames.makeFolder(subfolder, in: folder)
    }
    outcome.failed += unwritable.compactMap { $0 }
    // The problems one by one, then what is made once for the suite.
    let count = results.problems.count
    let made = InParallel.map(count + 1) { index -> Result<Outcome, StoreError> in
      var own = Outcome()
      do throws(StoreError) {
        let part =
          index < count
          ? try results.withSeries(of: results.problems[index], from: store) : results
        let scope = index < count ? ReportScope.problem : .suite
        if unwritable[0] == nil { tables.write(scope, of: part, &own) }
        if unwritable[1] == nil { plots.write(scope, of: part, &own) }
        return .success(own)
      } catch {
        return .failure(error)
      }
    }
    for result in made {
      let own = try result.get()
      outcome.written += own.written
      outcome.skipped += own.skipped
      outcome.undrawn += own.undrawn
      outcome.failed += own.failed
    }
    return outcome
  }
}

/// Where tables go, and in which forms.
private struct TableFiles {
  let folder: String
  let subfolder: String
  let forms: [TableForm]

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
          if let reason = FileNames.write(form.text(of: table), to: "\(folder)/\(path)") {
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
