import Foundation
import Reports
import Testing

private let hasLaTeX = FileManager.default.isExecutableFile(atPath: "/usr/bin/pdflatex")

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
    "with booktabs alone, every one of a suite with few methods and of one with 33",
    .enabled(if: hasLaTeX, "pdflatex is not installed, so that LaTeX tables are not compiled"),
    arguments: ["few", "many"]
  )
  func compiles(_ methods: String) throws {
    try withStore(try #require(Self.suites[methods])) { store, folder in
      let outcome = try ResultsWriter.write(
        store: store,
        suite: "bench",
        folder: folder,
        forms: [.latex],
        formats: []
      )
      let tables = outcome.written.filter { $0.hasSuffix(".tex") }
      for kind in TableRegistry.all {
        let name = kind.scope == .suite ? "/\(kind.name).tex" : "/mixed-\(kind.name).tex"
        let main = kind.name == ProblemTable.name ? "/mixed.tex" : name
        #expect(tables.contains { $0.hasSuffix(main) }, "\(kind.name)")
      }
      let inputs = tables.map { "\\input{\($0)}\n\\clearpage\n" }.joined()
      let document = """
        \\documentclass{article}
        \\usepackage{booktabs}
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
    }
  }
}
