import Foundation
import Reports
import Testing

private let hasLaTeX = FileManager.default.isExecutableFile(atPath: "/usr/bin/pdflatex")

@Suite("LaTeX compiles the tables")
struct LaTeXTests {
  @Test(
    "with booktabs alone",
    .enabled(if: hasLaTeX, "pdflatex is not installed, so that LaTeX tables are not compiled")
  )
  func compiles() throws {
    try withStore(.small) { store, folder in
      let outcome = try ResultsWriter.write(
        store: store,
        suite: "bench",
        folder: folder,
        forms: [.latex],
        formats: []
      )
      let tables = outcome.written.filter { $0.hasSuffix(".tex") }
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
