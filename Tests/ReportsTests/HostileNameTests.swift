import Foundation
import FoundationXML
import Testing

@testable import Reports

@Suite("Names that strangers give")
struct HostileNameTests {
  private static let names = [
    "'start", "''", "it''s", "end'", "\"q\"", "a]]>b", "]]>", "`touch pwned`", "'`touch pwned`",
    "$x @y",
    "\u{1B}[31mred", "nul\u{0}l", "c1\u{85}", "\u{202E}txt", "a\nb", "back\\", "%d %s",
    "{/Bold x}_y^z",
    "<svg onload=x>", "&amp;", "# no comment", "\u{FFFE}", "e\u{301}", "\u{1F600}",
  ]

  @Test("draw, and every picture is whole XML", .enabled(if: hasGnuplot))
  func drawn() throws {
    try withTemporaryFolder { folder in
      for (number, name) in Self.names.enumerated() {
        var figure = Figure(title: name, width: 300, height: 200)
        figure.blocks = [DataBlock("line", rows: [[0, 1], [1, 2]], labels: [name, name])]
        figure.commands = [
          "set title \(GnuplotText.quoted(name)) noenhanced",
          "set label 1 \(GnuplotText.quoted(name)) at graph 0.5,0.5 noenhanced",
          "set xtics (\(GnuplotText.quotedTic(name)) 0) noenhanced",
          "plot $line using 1:2 with lines title \(GnuplotText.quoted(name)), "
            + "$line using 1:2:3 with labels noenhanced notitle",
        ]
        try PlotScript.write(figure, name: "p\(number)", folder: folder)
        do {
          _ = try PlotDrawing().draw(name: "p\(number)", folder: folder, formats: [.svg])
        } catch {
          let log = try String(contentsOfFile: "\(folder)/p\(number).log", encoding: .utf8)
          Issue.record("\(name.debugDescription): \(error): \(log)")
          continue
        }
        let svg = try Data(contentsOf: URL(filePath: "\(folder)/p\(number).svg"))
        #expect(XMLParser(data: svg).parse(), "\(name.debugDescription)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/pwned"))
    }
  }
}
