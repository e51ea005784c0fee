package import Store

/// Writes the report of a suite: `report-<suite>.html`, and below `plots/<suite>` the pictures in it.
package enum ReportWriter {
  /// The name of the page's file, of a suite or of one of its problems.
  package static func fileName(ofSuite suite: String, problem: String? = nil) -> String {
    let parts = ["report", FileNames.safe(suite)] + (problem.map { [FileNames.safe($0)] } ?? [])
    return parts.joined(separator: "-") + ".html"
  }

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
    return try write(results, from: store, folder: folder, drawing: drawing)
  }

  /// The same of results that were read from the store before; with a problem's label, of that problem
  /// alone.
  package static func write(
    _ results: SuiteResults,
    from store: ResultStore,
    folder: String,
    problem: String? = nil,
    drawing: PlotDrawing = PlotDrawing()
  ) throws(StoreError) -> ResultsWriter.Outcome {
    let suite = results.suite.name
    let chosen = results.problems.first { $0.problem.label == problem }
    let results = chosen.map { results.only($0) } ?? results
    var outcome = ResultsWriter.Outcome()
    outcome.missing = results.missing
    let plots = PlotFiles(
      folder: folder,
      subfolder: "plots/\(FileNames.safe(suite))",
      formats: [.svg],
      drawing: drawing,
      keepsPictures: true
    )
    if let reason = FileNames.makeFolder(plots.subfolder, in: folder) {
      outcome.failed.append(reason)
      return outcome
    }
    // The problems one by one, then what is made once for the suite.
    let count = results.problems.count
    let made = InParallel.map(count + 1) { index -> Result<PageParts, StoreError> in
      do throws(StoreError) {
        guard index < count else {
          // Of one problem alone nothing is said over all of them.
          let isWhole = chosen == nil
          return .success(
            PageParts(
              .suite,
              of: results,
              at: nil,
              plots,
              database: store.path,
              tables: isWhole ? TableRegistry.all : [TrainingTable.self],
              pictures: isWhole ? PlotRegistry.all : []
            )
          )
        }
        let single = try results.withSeries(of: results.problems[index], from: store)
        return .success(PageParts(.problem, of: single, at: index, plots, database: store.path))
      } catch {
        return .failure(error)
      }
    }
    var parts: [ReportPage.Part] = []
    var symbols = ""
    for result in made {
      let own = try result.get()
      parts += own.parts
      if symbols.isEmpty { symbols = own.symbols }
      outcome.join(own.outcome)
    }
    let page = ReportPage(
      results: results,
      origins: try store.origins(of: suite),
      database: store.path,
      parts: parts,
      symbols: symbols
    )
    let fileName = fileName(ofSuite: suite, problem: chosen?.problem.label)
    if let reason = FileNames.write(page.text, to: "\(folder)/\(fileName)") {
      outcome.failed.append(reason)
    } else {
      outcome.written.append(fileName)
    }
    return outcome
  }
}

/// The tables and pictures of one problem, or those made once for the suite.
private struct PageParts {
  /// In the order of the page.
  private(set) var parts: [ReportPage.Part] = []
  private(set) var outcome = ResultsWriter.Outcome()
  /// The shapes of points that the pictures refer to; empty without a picture.
  private(set) var symbols = ""
  private let plots: PlotFiles
  private let database: String
  /// Place of the problem in the suite; nil for the suite.
  private let problem: Int?

  init(
    _ scope: ReportScope,
    of results: SuiteResults,
    at problem: Int?,
    _ plots: PlotFiles,
    database: String,
    tables: [any ReportTable.Type] = TableRegistry.all,
    pictures: [any Plot.Type] = PlotRegistry.all
  ) {
    self.plots = plots
    self.database = database
    self.problem = problem
    for kind in tables where kind.scope == scope && kind.applies(to: results) {
      do throws(TableError) {
        add(element(try kind.table(of: results), kind, results), kind.topic)
      } catch {
        outcome.skipped.append("\(error)")
      }
    }
    for plot in pictures where plot.scope == scope && plot.applies(to: results) {
      guard let title = plots.write(plot, of: results, &outcome) else { continue }
      let file = "\(plots.subfolder)/\(plots.fileName(of: plot, results))"
      if let html = figure(file, title: title) {
        add(html, plot.topic)
      } else {
        outcome.failed.append("\(plots.folder)/\(file).svg: cannot be read as a picture")
      }
    }
  }

  private mutating func add(_ html: String, _ topic: ReportTopic) {
    parts.append(ReportPage.Part(topic: topic, problem: problem, html: html))
  }

  /// A table with the command that prints it; its id is its own on the page.
  private func element(
    _ table: Table,
    _ kind: any ReportTable.Type,
    _ results: SuiteResults
  ) -> String {
    var table = table
    table.name = (problem.map { ReportPage.id(ofProblem: $0) } ?? "table") + "-" + kind.name
    var words = ["table", kind.name, "--suite", results.suite.name]
    if problem != nil, let label = results.problems.first?.problem.label {
      words += ["--problem", label]
    }
    let provenance = Provenance(results: results, origins: [], database: database)
    let command = HTMLTable.escaped(provenance.command(words))
    // Formulas are those of the first problem's tables, which the page's script shows on the others too.
    return HTMLTable.element(table, hasFormulas: (problem ?? 0) == 0, isBrief: true)
      + "<p class=\"command\">Any cell's runs and formula: <code>\(command) --explain ROW COLUMN"
      + "</code></p>"
  }

  private mutating func figure(_ file: String, title: String) -> String? {
    guard let svg = FileNames.text(of: "\(plots.folder)/\(file).svg"),
      let element = InlineSVG.element(svg, title: title)
    else { return nil }
    if symbols.isEmpty { symbols = InlineSVG.symbols(svg) }
    return """
      <figure>
      <div class="card" tabindex="0" role="region" aria-label="\(HTMLTable.escaped(title))">\(element)</div>
      <figcaption>\(HTMLTable.escaped(title)). Script: <code>\(HTMLTable.escaped(file)).gp</code>\
      </figcaption>
      </figure>
      """
  }
}
