import Foundation
import Testing

@Suite("What docs/networks.md shows")
struct DocumentationTests {
  @Test("the scheme it shows is the program's own")
  func scheme() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    func text(_ path: String) throws -> String {
      try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
    let blocks = try text("docs/networks.md").components(separatedBy: "```swift\n").dropFirst()
      .map { $0.components(separatedBy: "```")[0] }
    #expect(blocks.count == 1)
    for block in blocks {
      #expect(try text("Sources/Networks/Sharing/MMoE.swift").contains(block))
    }
  }
}
