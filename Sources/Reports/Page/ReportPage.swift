internal import Store

/// The report of a suite as one HTML page that needs no other file and no network.
struct ReportPage {
  /// One table or picture with where it belongs.
  struct Part {
    let topic: ReportTopic
    /// Place of its problem in the suite; nil for what is made once for the suite.
    let problem: Int?
    let html: String
  }

  let results: SuiteResults
  let origins: [RunOrigin]
  /// The database's path, for commands that read it.
  let database: String
  /// In the order of the page within their topic and problem.
  let parts: [Part]
  /// The shapes of points that the pictures refer to.
  let symbols: String
  /// The sentences on each problem.
  private let verdicts: [[String]]

  init(
    results: SuiteResults,
    origins: [RunOrigin],
    database: String,
    parts: [Part],
    symbols: String
  ) {
    self.results = results
    self.origins = origins
    self.database = database
    self.parts = parts
    self.symbols = symbols
    verdicts = InParallel.map(results.problems.count) { index in
      ProblemVerdict(results.problems[index], results.judgements[index]).sentences
    }
  }

  /// The whole page, ending with a line feed.
  var text: String {
    let title = HTMLTable.escaped("mtlbench report: suite \(results.suite.name)")
    var lines = [
      "<!doctype html>",
      "<html lang=\"en\">",
      "<head>",
      "<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      // Nothing may be fetched, whatever a label or a picture holds.
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        + "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">",
      "<title>\(title)</title>",
      "<style>\n\(PageStyle.text)\n</style>",
      "</head>",
      "<body>", symbols,
    ]
    lines += header + verdict + overall
    for index in results.problems.indices { lines += problem(index) }
    lines += topics + provenance
    lines += ["<script>\n\(PageScript.text)\n</script>", "</body>", "</html>"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The id of a problem's section.
  static func id(ofProblem index: Int) -> String { "problem-\(index + 1)" }

  private static let topicTitles: [(topic: ReportTopic, id: String, title: String, none: String)] =
    [
      (.cost, "cost", "Cost", "There is nothing on cost yet."),
      (.tuning, "tuning", "Tuning", "No tuning is stored."),
      (
        .failures, "failures", "Failures",
        "No run failed, and every method applied to every problem."
      ),
    ]

  private var header: [String] {
    let suite = results.suite
    let seedCount = results.problems.map(\.seeds.count).max() ?? 0
    let methodCount = results.methods.count { ![.sweep, .singleTask].contains($0.group) }
    let runCount = origins.reduce(0) { $0 + $1.runCount }
    let links =
      [("verdict", "Verdict"), ("overall", "Over all problems")]
      + results.problems.enumerated().map { (Self.id(ofProblem: $0), $1.problem.label) }
      + Self.topicTitles.map { ($0.id, $0.title) } + [("provenance", "Provenance")]
    let items = links.map { "<li><a href=\"#\($0)\">\(HTMLTable.escaped($1))</a></li>" }
    return [
      "<header>",
      "<h1>Suite \(HTMLTable.escaped(suite.name))</h1>",
      "<p class=\"facts\">\(NumberText.counted(methodCount, "method")) on \(NumberText.counted(results.problems.count, "problem")), "
        + "\(NumberText.counted(seedCount, "evaluation seed")), \(NumberText.counted(runCount, "stored run")).</p>",
      results.missing.map { "<p class=\"facts\">Note: \(HTMLTable.escaped($0)).</p>" } ?? "",
      "<nav aria-label=\"Contents\"><ul>\(items.joined())</ul></nav>",
      "<p class=\"fold\" hidden><button type=\"button\" data-open=\"true\">Open all</button> "
        + "<button type=\"button\" data-open=\"\">Close all</button></p>",
      "</header>",
      filter,
      "<main>",
    ]
  }

  private var filter: String {
    let options = results.problems.map { problem in
      let label = HTMLTable.escaped(problem.problem.label)
      return "<option value=\"\(label)\">\(label)</option>"
    }
    let labels = results.methods.filter { $0.group != .sweep }
      .map { "<option value=\"\(HTMLTable.escaped($0.label))\"></option>" }
    return """
      <form id="filter" class="filter" hidden aria-label="Filter">
      <label>Problem <select name="problem"><option value="">all</option>\(options.joined())\
      </select></label>
      <label>Method <input name="method" type="search" list="methods" \
      placeholder="part of a name, a comma for more"></label>
      <datalist id="methods">\(labels.joined())</datalist>
      <output name="said"></output>
      </form>
      """
  }

  private var verdict: [String] {
    let overall = Verdict.overallSentences(results)
    let single = results.problems.enumerated().compactMap { index, problem -> String? in
      guard let first = verdicts[index].first else { return nil }
      let label = HTMLTable.escaped(problem.problem.label)
      return
        "<li data-problem=\"\(label)\"><a href=\"#\(Self.id(ofProblem: index))\">\(label)</a>: "
        + "\(HTMLTable.escaped(first))</li>"
    }
    return ["<section aria-labelledby=\"verdict\">", "<h2 id=\"verdict\">Verdict</h2>"]
      + recommendation + Self.list(overall)
      + ["<ul class=\"verdict\">"] + single + ["</ul>", "</section>"]
  }

  /// What to do, where the suite has a single problem.
  private var recommendation: [String] {
    guard results.problems.count == 1, results.problems[0].importedFrom == nil else { return [] }
    let recommendation = Recommendation(results.problems[0], results.judgements[0])
    guard recommendation.answer != .none else { return [] }
    return ["<p><strong>Answer: \(recommendation.answer.rawValue).</strong></p>"]
      + Self.list(recommendation.sentences)
  }

  private var overall: [String] {
    let own = parts.filter { $0.topic == .results && $0.problem == nil }.map(\.html)
    guard !own.isEmpty else { return [] }
    return Self.section("overall", "Over all problems", isOpen: true, own)
  }

  private func problem(_ index: Int) -> [String] {
    let problem = results.problems[index]
    let label = HTMLTable.escaped(problem.problem.label)
    let id = Self.id(ofProblem: index)
    let tasks = problem.problem.ownTasks.map { "\($0.name) (\($0.kind))" }
    let facts =
      "<p class=\"facts\">\(tasks.count == 1 ? "Task" : "Tasks"): "
      + "\(HTMLTable.escaped(Verdict.list(tasks))).</p>"
    return Self.section(
      id,
      "Problem \(label)",
      problem: label,
      isOpen: results.problems.count <= Self.mostOpenProblems,
      [facts] + Self.list(verdicts[index])
        + parts.filter { $0.topic == .results && $0.problem == index }.map(\.html)
    )
  }

  /// With more problems than this their sections are closed at first.
  private static let mostOpenProblems = 2

  /// A part of the page that opens and closes.
  private static func section(
    _ id: String,
    _ title: String,
    problem: String? = nil,
    isOpen: Bool,
    _ lines: [String]
  ) -> [String] {
    let data = problem.map { " data-problem=\"\($0)\"" } ?? ""
    return [
      "<section\(data) aria-labelledby=\"\(id)\">",
      "<details class=\"part\"\(isOpen ? " open" : "")><summary><h2 id=\"\(id)\">\(title)</h2></summary>",
    ] + lines + ["</details>", "</section>"]
  }

  private var topics: [String] {
    Self.topicTitles.flatMap { topic, id, title, none -> [String] in
      let own = parts.filter { $0.topic == topic }
      var lines: [String] = []
      lines += own.filter { $0.problem == nil }.map(\.html)
      for (index, problem) in results.problems.enumerated() {
        let ofProblem = own.filter { $0.problem == index }.map(\.html)
        guard !ofProblem.isEmpty else { continue }
        let label = HTMLTable.escaped(problem.problem.label)
        lines += ["<div data-problem=\"\(label)\">", "<h3>Problem \(label)</h3>"]
        lines += ofProblem + ["</div>"]
      }
      if own.isEmpty { lines.append("<p>\(none)</p>") }
      let isOpen = results.problems.count <= Self.mostOpenProblems || own.isEmpty
      return Self.section(id, title, isOpen: isOpen, lines)
    }
  }

  private var provenance: [String] {
    Self.section(
      "provenance",
      "Provenance",
      isOpen: false,
      Provenance(results: results, origins: origins, database: database).lines
    ) + ["</main>"]
  }

  private static func list(_ sentences: [String]) -> [String] {
    guard !sentences.isEmpty else { return [] }
    return ["<ul class=\"verdict\">"]
      + sentences.map { "<li>\(HTMLTable.escaped($0))</li>" } + ["</ul>"]
  }
}
