import FoundationEssentials

@testable import Verification

/// JSON written into a test.
enum JSONText {
  static func parse(_ text: String) throws -> JSONValue {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appending(path: "\(UUID().uuidString).json")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try JSONReader.read(path: file.path)
  }
}
