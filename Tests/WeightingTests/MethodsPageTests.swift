import Foundation
import Testing

@testable import Weighting

@Suite("docs/methods.md")
struct MethodsPageTests {
  private let root = #filePath.components(separatedBy: "/Tests/")[0]

  @Test("has a row for every method, with what its description says, and leads to its file")
  func table() throws {
    let head = """
      | method | family | passes a step | idea | source |
      | --- | --- | --- | --- | --- |

      """
    let rows = WeightingRegistry.all.map { type in
      let it = type.description
      let file = "../Sources/Weighting/Methods/\(type).swift"
      return
        "| [`\(type.name)`](\(file)) | \(it.family.word) | \(it.passes) | \(it.idea) | \(it.source) |\n"
    }
    let page = try String(contentsOfFile: "\(root)/docs/methods.md", encoding: .utf8)
    let table = head + rows.joined()
    #expect(page.contains(table), "\(table)")
    for type in WeightingRegistry.all {
      let path = "\(root)/Sources/Weighting/Methods/\(type).swift"
      #expect(FileManager.default.fileExists(atPath: path), "\(path)")
    }
  }
}
