package import Store

/// Writes the report of a suite: `report.html`, and below `plots/<suite>` the pictures in it.
package enum ReportWriter {
  /// The name of the page's file.
  package static let fileName = "report.html"

  /// Writes the page into `folder`.
  ///
  /// A picture that cannot be drawn leaves its place empty and is named in `failed`; pictures that
  /// were drawn from the same script before are taken as they are.
  ///
  /// - Throws: `StoreError` when the suite cannot be read.
  package static func write(
    store: ResultStore,
    suite: String,
    folder: String,
    drawing: PlotDrawing = PlotDrawing()
  ) throws(StoreError) -> ResultsWriter.Outcome {
    let results = try SuiteResults(suite: suite, from: store)
    var outcome = ResultsWriter.Outcome()
    let plots = PlotFiles(
      folder: folder,
      subfolder: "plots/\(FileNames.safe(suite))",
      formats: [.svg],
      drawing: drawing,
      keepsPictures: true
    )
    if let reason = FileNames.makeFolder("\(folder)/\(plots.subfolder)") {
      outcome.failed.append(reason)
      return outcome
    }
    var builder = Builder(
      page: ReportPage(
        results: results,
        origins: try store.origins(of: suite),
        database: store.path
      ),
      plots: plots
    )
    for (index, problem) in results.problems.enumerated() {
      builder.add(
        .problem,
        of: try results.withSeries(of: problem, from: store),
        at: index,
        &outcome
      )
    }
    builder.add(.suite, of: results, at: nil, &outcome)
    if let reason = FileNames.write(builder.page.text, to: "\(folder)/\(fileName)") {
      outcome.failed.append(reason)
    } else {
      outcome.written.append(fileName)
    }
    return outcome
  }
}

/// Fills a page with tables and pictures.
private struct Builder {
  var page: ReportPage
  let plots: PlotFiles
  private var pictureCount = 0

  init(page: ReportPage, plots: PlotFiles) {
    self.page = page
    self.plots = plots
  }

  mutating func add(
    _ scope: ReportScope,
    of results: SuiteResults,
    at problem: Int?,
    _ outcome: inout ResultsWriter.Outcome
  ) {
    for kind in TableRegistry.all where kind.scope == scope {
      do throws(TableError) {
        let html = element(try kind.table(of: results), kind, results, at: problem)
        page.parts.append(ReportPage.Part(topic: kind.topic, problem: problem, html: html))
      } catch {
        outcome.skipped.append("\(error)")
      }
    }
    for plot in PlotRegistry.all where plot.scope == scope {
      guard let title = plots.write(plot, of: results, &outcome) else { continue }
      let file = "\(plots.subfolder)/\(plots.fileName(of: plot, results))"
      guard let html = figure(file, title: title) else {
        outcome.failed.append("\(plots.folder)/\(file).svg: cannot be read as a picture")
        continue
      }
      page.parts.append(ReportPage.Part(topic: plot.topic, problem: problem, html: html))
    }
  }

  /// A table with the command that prints it; its id is its own on the page.
  private func element(
    _ table: Table,
    _ kind: any ReportTable.Type,
    _ results: SuiteResults,
    at problem: Int?
  ) -> String {
    var table = table
    table.name = (problem.map { ReportPage.id(ofProblem: $0) } ?? "table") + "-" + kind.name
    var words = ["table", kind.name, "--suite", results.suite.name]
    if problem != nil, let label = results.problems.first?.problem.label {
      words += ["--problem", label]
    }
    let provenance = Provenance(results: results, origins: [], database: page.database)
    let command = HTMLTable.escaped(provenance.command(words))
    return HTMLTable.element(table)
      + "<p class=\"command\">Any cell's runs and formula: <code>\(command) --explain ROW COLUMN"
      + "</code></p>"
  }

  private mutating func figure(_ file: String, title: String) -> String? {
    pictureCount += 1
    guard let svg = FileNames.text(of: "\(plots.folder)/\(file).svg"),
      let element = InlineSVG.element(svg, title: title, prefix: "f\(pictureCount)-")
    else { return nil }
    return """
      <figure>
      <div class="card">\(element)</div>
      <figcaption>\(HTMLTable.escaped(title)). Script: <code>\(HTMLTable.escaped(file)).gp</code>\
      </figcaption>
      </figure>
      """
  }
}
