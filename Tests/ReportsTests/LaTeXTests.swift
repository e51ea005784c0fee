import Foundation
import Store
import Testing

@testable import Reports

private let hasLaTeX =
  FileManager.default.isExecutableFile(atPath: "/usr/bin/pdflatex")
  && FileManager.default.fileExists(
    atPath: "/usr/share/texlive/texmf-dist/tex/latex/adjustbox/adjustbox.sty"
  )

@Suite("LaTeX compiles the tables")
struct LaTeXTests {
  private static let suites: [String: StoreFixture] = {
    var many = StoreFixture.many
    many.problems = Array(many.problems.prefix(2))
    many.seeds = 3
    many.evaluationCount = 5
    return ["few": .few, "many": many]
  }()

  @Test(
    "and each fits A4 and letter, of a suite with few methods and of one with 33",
    .enabled(if: hasLaTeX, "pdflatex with adjustbox is not installed: tables are not compiled"),
    arguments: ["few", "many"],
    ["a4paper", "letterpaper"]
  )
  func compiles(_ methods: String, _ paper: String) throws {
    try withStore(try #require(Self.suites[methods])) { store, folder in
      let outcome = try ResultsWriter.write(
        store: store,
        suite: "bench",
        folder: folder,
        forms: [.latex],
        formats: []
      )
      let tables = outcome.written.filter { $0.hasSuffix(".tex") }
      let suite = try SuiteResults(suite: StoreFixture.suite, from: store)
      // The fixture chooses by one utility and has one network.
      let missing = [UtilityTable.name, NetworkTable.name]
      for kind in TableRegistry.all where kind.applies(to: suite) && !missing.contains(kind.name) {
        let name = kind.scope == .suite ? "/\(kind.name).tex" : "/mixed-\(kind.name).tex"
        let main = kind.name == ProblemTable.name ? "/mixed.tex" : name
        #expect(tables.contains { $0.hasSuffix(main) }, "\(kind.name)")
      }
      let inputs = tables.map { "\\input{\($0)}\n\\clearpage\n" }.joined()
      let document = """
        \\documentclass[\(paper)]{article}
        \\usepackage{adjustbox,array,booktabs,rotating}
        \\begin{document}
        \(TableForm.latex.text(of: TableFixture.layout))
        \(inputs)\\end{document}

        """
      try document.write(toFile: folder + "/all.tex", atomically: true, encoding: .utf8)
      let latex = Process()
      latex.executableURL = URL(filePath: "/usr/bin/pdflatex")
      latex.arguments = ["-interaction=nonstopmode", "-halt-on-error", "all.tex"]
      latex.currentDirectoryURL = URL(filePath: folder)
      latex.standardOutput = FileHandle.nullDevice
      try latex.run()
      latex.waitUntilExit()
      let log = (try? String(contentsOfFile: folder + "/all.log", encoding: .isoLatin1)) ?? ""
      #expect(latex.terminationStatus == 0, "\(log.suffix(1500))")
      let complaints = log.split(separator: "\n").filter {
        $0.hasPrefix("Overfull") || $0.contains("too large for page")
      }
      #expect(complaints == [], "tables that do not fit \(paper)")
    }
  }
}
