internal import Glibc
internal import Store

/// Where plots go, and as what.
struct PlotFiles {
  /// The folder of all results.
  let folder: String
  /// The plots' own folder, below `folder`.
  let subfolder: String
  let formats: [PictureFormat]
  let drawing: PlotDrawing
  /// Whether pictures are kept that were drawn from the very script that is to be written.
  var keepsPictures = false
  /// Which plots there are to be, and of what.
  var selection = ResultsWriter.Selection()

  /// Writes a plot's script and draws it.
  ///
  /// - Returns: What the pictures show; nil when there are none, for a reason that `outcome` has.
  @discardableResult
  func write(
    _ plot: any Plot.Type,
    of results: SuiteResults,
    _ outcome: inout ResultsWriter.Outcome
  ) -> String? {
    let name = fileName(of: plot, results)
    let target = "\(folder)/\(subfolder)"
    do throws(PlotError) {
      let figure = try plot.figure(of: results, selection.request)
      let script = "\(target)/\(name).gp"
      let before = FileNames.text(of: script)
      try PlotScript.write(figure, name: name, folder: target)
      outcome.written.append("\(subfolder)/\(name).gp")
      outcome.captions["\(subfolder)/\(name)"] = figure.title
      let isSame = before != nil && before == FileNames.text(of: script)
      if keepsPictures, isSame, formats.allSatisfy({ isDrawn(name, $0, in: target) }) {
        outcome.written += formats.map { "\(subfolder)/\(name).\($0.rawValue)" }
      } else {
        // A picture of another script must not outlive it when gnuplot fails.
        for format in PictureFormat.allCases { unlink("\(target)/\(name).\(format.rawValue)") }
        let pictures = try drawing.draw(name: name, folder: target, formats: formats)
        outcome.written += pictures.map { "\(subfolder)/\($0)" }
      }
      return figure.title
    } catch {
      switch error {
      case .notApplicable(_, let reason):
        outcome.undrawn.append("\(name): not drawn: \(reason)")
      case .gnuplotMissing:
        // All but the pictures comes out, as whoever has no gnuplot may well want it.
        outcome.undrawn.append("\(name): not drawn: \(PlotError.gnuplotRemedy)")
      default: outcome.failed.append("\(error)")
      }
      return nil
    }
  }

  /// Writes every plot of a scope; for one problem, `results` holds that problem with its series.
  func write(
    _ scope: ReportScope,
    of results: SuiteResults,
    _ outcome: inout ResultsWriter.Outcome
  ) {
    for plot in PlotRegistry.all where plot.scope == scope && plot.applies(to: results) {
      guard selection.plots?.contains(plot.name) ?? true else { continue }
      write(plot, of: results, &outcome)
    }
  }

  /// The file name of a plot without its ending.
  func fileName(of plot: any Plot.Type, _ results: SuiteResults) -> String {
    guard plot.scope == .problem || selection.problem != nil,
      let problem = results.problems.first
    else { return plot.name + selection.suffix }
    return FileNames.ofProblem(problem.problem.label) + "-" + plot.name + selection.suffix
  }

  private func isDrawn(_ name: String, _ format: PictureFormat, in target: String) -> Bool {
    access("\(target)/\(name).\(format.rawValue)", R_OK) == 0
  }
}
