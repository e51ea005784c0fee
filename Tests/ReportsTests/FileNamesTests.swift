import Foundation
import Testing

@testable import Reports

@Suite("Names of the results' files")
struct FileNamesTests {
  @Test("are the labels where these are plain")
  func plain() {
    for label in ["conflict", "w1", "scaled_x10", "a.b", "static-front-2"] {
      #expect(FileNames.safe(label) == label)
      #expect(FileNames.ofProblem(label) == label)
    }
  }

  @Test("are others for other labels, also where capitals are small letters")
  func oneToOne() {
    let long = String(repeating: "x", count: 70)
    let labels = [
      "a b", "a-b", "a/b", "a\\b", "a:b", "a\nb", "a\u{1B}b", "A-B", "A-b", "a+b", "a~b", "ä-b", "",
      ".", "..", "../a-b", "-a", "_a", "_-a", ".a", "_.a", "a.", "con", "CON", "con.txt", "nul",
      "com1",
      "lpt9.x", long, long + "y", long + "z", "a b+e63f99190483",
    ]
    let names = labels.map { FileNames.safe($0) }
    #expect(Set(names.map { $0.lowercased() }).count == labels.count)
    #expect(FileNames.safe("a b") == "a-b+e63f99190483")
    #expect(FileNames.safe("..") == "_..+07da1a07b4a0")
    for name in names {
      #expect(name.utf8.count < 100)
      #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-+".contains($0)) })
      #expect(!name.hasPrefix(".") && !name.hasPrefix("-") && !name.hasSuffix("."))
    }
  }

  @Test("of a problem are not those of another problem's tables and plots")
  func kinds() {
    let kinds = TableRegistry.all.map { $0.name } + PlotRegistry.all.map { $0.name }
    for kind in kinds {
      #expect(FileNames.ofProblem("x-" + kind) != "x-" + kind)
      #expect(FileNames.ofProblem(kind) != kind)
    }
  }

  @Test("that lead elsewhere are not followed")
  func links() throws {
    try withTemporaryFolder { folder in
      let victim = folder + "/victim"
      try "precious".write(toFile: victim, atomically: true, encoding: .utf8)
      let out = folder + "/out"
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
      for name in ["t.txt", "t.txt.part", "p.gp", "p.gp.part", "p.log", "p.svg", "p.svg.part"] {
        try FileManager.default.createSymbolicLink(
          atPath: out + "/" + name,
          withDestinationPath: victim
        )
      }
      #expect(FileNames.write("text", to: out + "/t.txt") == nil)
      var figure = Figure(title: "t", width: 100, height: 100)
      figure.commands = ["plot x"]
      try PlotScript.write(figure, name: "p", folder: out)
      if hasGnuplot { _ = try PlotDrawing().draw(name: "p", folder: out, formats: [.svg]) }
      _ = OtherProgram.run(["true"], in: out, log: "p.log")
      #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious")
      #expect(try String(contentsOfFile: out + "/t.txt", encoding: .utf8) == "text")
    }
  }

  @Test("of folders that are links are refused below the output folder")
  func linkedFolder() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/elsewhere",
        withIntermediateDirectories: true
      )
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/out",
        withDestinationPath: folder + "/elsewhere"
      )
      #expect(FileNames.makeFolder("tables/s", in: folder + "/out") == nil)
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/elsewhere/plots",
        withDestinationPath: folder
      )
      #expect(
        FileNames.makeFolder("plots/s", in: folder + "/out")
          == "\(folder)/out/plots: is a link, which may lead out of \(folder)/out; replace it by a folder"
      )
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [
          "elsewhere", "out",
        ]
      )
    }
  }
}
