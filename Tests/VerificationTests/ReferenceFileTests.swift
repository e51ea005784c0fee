import FoundationEssentials
import Testing

@testable import Verification

@Suite("Reference files")
struct ReferenceFileTests {
  @Test("a file of no known kind is refused with what was expected")
  func unknownSchema() throws {
    try withFile(#"{"schema": "someone.else/1"}"#) { path in
      let expected = """
        \(path): not a reference file: expected a member 'schema' that begins \
        'mtlbench.reference.', or the members 'format' and 'cases' of statistics
        """
      #expect {
        try replay(path: path)
      } throws: {
        "\($0)" == expected
      }
    }
  }

  @Test("a file is replayed by its schema")
  func schema() throws {
    try withFile(#"{"schema": "mtlbench.reference.scalarization/1", "cases": []}"#) { path in
      let outcomes = try replay(path: path)
      #expect(outcomes.isEmpty)
    }
  }

  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }
}
