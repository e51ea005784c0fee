internal import Settings
internal import Store

/// Where a report's numbers come from, and the commands that make each of them again.
struct Provenance {
  let results: SuiteResults
  let origins: [RunOrigin]
  /// The database's path, for commands that read it.
  let database: String

  /// The lines of the section below its heading.
  var lines: [String] {
    facts + commands
      + [
        "<h3>Suite file</h3>",
        "<pre>\(HTMLTable.escaped(results.suite.text, keepsLines: true))</pre>",
      ]
      + [
        "<h3>Runs</h3>",
        "<p class=\"lead\">First digits of the identities of the evaluation runs by method and seed; ",
      ]
      + ["single-task training has one a task.</p>"] + results.problems.enumerated().map(runs)
  }

  /// `mtlbench` with the given words and the database.
  func command(_ words: [String]) -> String {
    (["mtlbench"] + words + ["--db", database]).map { ShellWord.of($0) }.joined(separator: " ")
  }

  private var facts: [String] {
    let suite = results.suite
    var rows = [
      ("Suite", suite.name), ("Plan", "\(suite.planHash), stored at \(suite.createdAt)"),
    ]
    for origin in origins {
      rows.append(
        (
          "\(origin.runCount) runs",
          "mtlbench \(origin.programVersion), numerics version \(origin.numericsVersion), kernels "
            + "\(origin.instructionSet), subnormal numbers "
            + "\(origin.flushToZero ? "flushed to zero" : "kept"); \(origin.machine); "
            + "\(NumberText.significant(origin.totalSeconds, 3)) s of computing, ended "
            + "\(origin.firstAt) to \(origin.lastAt)"
        )
      )
    }
    for (name, value) in suite.settings.sorted(by: { $0.key < $1.key }) {
      rows.append((name, value))
    }
    return ["<dl>"]
      + rows.map { "<dt>\(HTMLTable.escaped($0))</dt><dd>\(HTMLTable.escaped($1))</dd>" } + [
        "</dl>"
      ]
  }

  private var commands: [String] {
    let suite = results.suite
    let path = suite.settings["path"] ?? "SUITE.yaml"
    let imported = suite.settings[SuiteRecord.importedKey]
    let set = suite.overrides.flatMap { ["--set", "\($0.path)=\($0.value)"] }
    let all = imported.map { ["judge", $0] } ?? ["run", path] + set
    let rows = [
      ("All runs, tables and plots", all),
      ("This page", ["report", "--suite", suite.name]),
      (
        "The runs, values and formula behind a cell",
        [
          "table", "TABLE", "--suite", suite.name, "--problem", "PROBLEM", "--explain", "ROW",
          "COLUMN",
        ]
      ),
      ("A run again, bit for bit", ["rerun", "RUN"]),
    ]
    return ["<h3>Commands</h3>", "<dl>"]
      + rows.map { what, words in
        "<dt>\(what)</dt><dd><code>\(HTMLTable.escaped(command(words)))</code></dd>"
      } + ["</dl>"]
  }

  private func runs(_ index: Int, _ problem: ProblemResults) -> String {
    let all = [problem.reference].compactMap { $0 } + problem.methods + problem.sweep
    let table = Table(
      name: ReportPage.id(ofProblem: index) + "-runs",
      title: "Evaluation runs on problem \(problem.problem.label)",
      columns: problem.seeds.map { Table.Column(name: "seed_\($0)", head: "Seed \($0)") },
      rows: all.map { method in
        Table.Row(
          label: method.record.label,
          cells: method.runs.map { runs in
            runs.isEmpty
              ? .none : .text(runs.map { String($0.identity.prefix(8)) }.joined(separator: " "))
          }
        )
      }
    )
    let label = HTMLTable.escaped(problem.problem.label)
    let count = all.reduce(0) { $0 + $1.identities.count }
    return "<details data-problem=\"\(label)\"><summary>\(label): \(count) runs</summary>\n"
      + HTMLTable.element(table, isBrief: true) + "</details>"
  }
}
