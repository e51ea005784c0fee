package import Store

internal import Glibc

/// Writes all tables and plots of a suite below a folder.
///
/// `tables/<suite>/<problem>.txt`, `plots/<suite>/<problem>-<plot>.gp` with its pictures beside it;
/// what is made once for the suite has no problem in its name.
package enum ResultsWriter {
  /// What was written, and what could not be.
  package struct Outcome: Sendable, Hashable {
    /// Paths of the written files below the folder, in the order of writing.
    package var written: [String] = []
    /// What does not apply to these results, one sentence each.
    package var skipped: [String] = []
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
    let results = try SuiteResults(suite: suite, from: store)
    var outcome = Outcome()
    let suiteFolder = FileNames.safe(suite)
    writeTables(results, to: "tables/\(suiteFolder)", in: folder, forms, &outcome)
    let plotFolder = "plots/\(suiteFolder)"
    if let reason = FileNames.makeFolder("\(folder)/\(plotFolder)") {
      outcome.failed.append(reason)
      return outcome
    }
    let plots = PlotFiles(folder: folder, subfolder: plotFolder, formats: formats, drawing: drawing)
    for problem in results.problems {
      let single = try results.withSeries(of: problem, from: store)
      for plot in PlotRegistry.all where plot.scope == .problem {
        let name = FileNames.safe(problem.problem.label) + "-" + plot.name
        plots.write(plot, of: single, name: name, &outcome)
      }
    }
    for plot in PlotRegistry.all where plot.scope == .suite {
      plots.write(plot, of: results, name: plot.name, &outcome)
    }
    return outcome
  }

  private static func writeTables(
    _ results: SuiteResults,
    to subfolder: String,
    in folder: String,
    _ forms: [TableForm],
    _ outcome: inout Outcome
  ) {
    if let reason = FileNames.makeFolder("\(folder)/\(subfolder)") {
      outcome.failed.append(reason)
      return
    }
    for kind in TableRegistry.all {
      let parts = kind.scope == .suite ? [results] : results.problems.map { results.only($0) }
      for part in parts {
        let name = fileName(of: kind, part)
        do throws(TableError) {
          let table = try kind.table(of: part)
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
  }

  /// The main table of a problem bears the problem's name alone.
  private static func fileName(of kind: any ReportTable.Type, _ results: SuiteResults) -> String {
    guard kind.scope == .problem, let problem = results.problems.first else { return kind.name }
    let label = FileNames.safe(problem.problem.label)
    return kind.name == ProblemTable.name ? label : label + "-" + kind.name
  }
}

/// Where plots go, and as what.
private struct PlotFiles {
  let folder: String
  let subfolder: String
  let formats: [PictureFormat]
  let drawing: PlotDrawing

  func write(
    _ plot: any Plot.Type,
    of results: SuiteResults,
    name: String,
    _ outcome: inout ResultsWriter.Outcome
  ) {
    let target = "\(folder)/\(subfolder)"
    do throws(PlotError) {
      let figure = try plot.figure(of: results)
      try PlotScript.write(figure, name: name, folder: target)
      outcome.written.append("\(subfolder)/\(name).gp")
      let pictures = try drawing.draw(name: name, folder: target, formats: formats)
      outcome.written += pictures.map { "\(subfolder)/\($0)" }
    } catch {
      if case .notApplicable = error {
        outcome.skipped.append("\(name): \(error)")
      } else {
        outcome.failed.append("\(error)")
      }
    }
  }
}
