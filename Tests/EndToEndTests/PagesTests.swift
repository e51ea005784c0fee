import Foundation
import Testing

@Suite("The pages of the repository")
struct PagesTests {
  private static let folders = [
    "", "docs", "results", "results/reference", "suites", "suites/data",
  ]

  private static var pages: [String] {
    get throws {
      try folders.flatMap { folder in
        try FileManager.default.contentsOfDirectory(
          atPath: Command.sources.appending(path: folder).path
        ).filter { $0.hasSuffix(".md") }.map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
      }.sorted()
    }
  }

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: Command.sources.appending(path: page), encoding: .utf8)
  }

  @Test("every link between files leads to one", arguments: try pages)
  func links(page: String) throws {
    let folder = Command.sources.appending(path: page).deletingLastPathComponent()
    for match in try Self.text(page).matches(of: #/\]\(([^)\s#]+)(?:#[^)]*)?\)/#) {
      let target = String(match.output.1)
      guard !target.contains("://") else { continue }
      let path = folder.appending(path: target).standardizedFileURL.path
      #expect(FileManager.default.fileExists(atPath: path), "\(page): \(target)")
    }
  }

  @Test("the index of reference results names every file there")
  func index() throws {
    let index = try Self.text("results/reference/README.md")
    let folder = Command.sources.appending(path: "results/reference").path
    for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    where file != "README.md" && !file.hasPrefix(".") {
      #expect(index.contains("](\(file)"), "\(file)")
    }
  }

  @Test("the picture of the rooms has every room, and no arrow that Package.swift lacks")
  func rooms() throws {
    let page = try Self.text("docs/architecture.md")
    let folder = Command.sources.appending(path: "Sources").path
    let rooms = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    for room in rooms { #expect(page.contains("\n| `\(room)` |"), "\(room)") }
    let package = try Self.text("Package.swift")
    for match in page.matches(of: #/\n  (\w+) --> (\w+)/#) {
      let (from, to) = (String(match.output.1), String(match.output.2))
      #expect(rooms.contains(from) && rooms.contains(to), "\(from) --> \(to)")
      let name = from == "Perf" ? "mtlbench-perf" : from
      let target = package.components(separatedBy: "name: \"\(name)\"").dropFirst().last ?? ""
      let own = target.components(separatedBy: ".target(")[0]
        .components(separatedBy: ".executableTarget(")[0]
        .components(separatedBy: ".testTarget(")[0]
      #expect(own.contains("\"\(to)\""), "\(from) --> \(to)")
    }
  }
}
