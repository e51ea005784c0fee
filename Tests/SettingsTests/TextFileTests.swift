import Foundation
import Settings
import Testing

@Suite("Files that cannot be read say why")
struct TextFileTests {
  /// Runs `body` with the path of a new file that holds `bytes`, and removes it.
  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.path + "/settings-\(UUID().uuidString).yaml"
    try Data(bytes).write(to: URL(filePath: path))
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
    try body(path)
  }

  private func message(readingFile path: String) -> String {
    do throws(SettingsError) {
      _ = try YAMLReader.read(path: path)
      return "no mistake was found"
    } catch {
      return error.description
    }
  }

  @Test("a file is read as its text is, under the name it was given")
  func file() throws {
    try withFile(Array("\u{FEFF}a: 1\r\nb: é\r\n".utf8)) { path in
      let table = try YAMLReader.read(path: path)
      #expect(table.entries.map { $0.key } == ["a", "b"])
      #expect(table.entries.last?.setting.place == Place(file: path, line: 2, column: 4))
    }
  }

  @Test("a missing file, also below what is no folder")
  func missing() throws {
    #expect(message(readingFile: "/nowhere/suite.yaml") == "/nowhere/suite.yaml: no such file")
    try withFile([]) { path in
      #expect(message(readingFile: path + "/x") == "\(path)/x: no such file")
      #expect(message(readingFile: path) == "\(path):1:1: nothing here, expected keys and values")
    }
  }

  @Test("a pipe that nobody writes to is empty, and not waited for")
  func pipe() throws {
    let path = FileManager.default.temporaryDirectory.path + "/settings-\(UUID().uuidString)"
    #expect(mkfifo(path, 0o600) == 0)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
    #expect(message(readingFile: path) == "\(path):1:1: nothing here, expected keys and values")
  }

  @Test("a folder")
  func folder() {
    let path = FileManager.default.temporaryDirectory.path
    #expect(message(readingFile: path) == "\(path): is a folder, expected a file")
  }

  @Test("a file without permission", .enabled(if: geteuid() != 0, "root may read everything"))
  func permission() throws {
    try withFile([]) { path in
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
      #expect(message(readingFile: path) == "\(path): no permission to read this file")
    }
  }

  @Test("another failure in the system's words")
  func systemWords() {
    let path = String(repeating: "x", count: 5000)
    #expect(message(readingFile: path) == "\(path): cannot be read: File name too long")
  }

  @Test("a file that is not UTF-8, with line, column and byte")
  func notUTF8() throws {
    try withFile(Array("é: 1\nä: caf".utf8) + [0xE9, 0x0A]) { path in
      #expect(
        message(readingFile: path) == "\(path):2:7: not UTF-8 text: byte 0xE9 at offset 13"
      )
    }
    try withFile([0xFF, 0xFE, 0x61, 0x00]) { path in
      #expect(message(readingFile: path) == "\(path):1:1: not UTF-8 text: byte 0xFF at offset 0")
    }
  }

  @Test("a file above 16 MiB, and one just as large")
  func tooLarge() throws {
    let limit = 16_777_216
    try withFile([UInt8](repeating: 0x20, count: limit + 1)) { path in
      #expect(
        message(readingFile: path)
          == "\(path): larger than 16777216 bytes, too large for a settings file"
      )
    }
    try withFile([UInt8](repeating: 0x20, count: limit)) { path in
      let text = try TextFile.read(path: path)
      #expect(text.utf8.count == limit)
    }
  }
}
