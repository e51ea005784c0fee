@testable import Verification

/// The shipped reference files.
enum ReferenceFixture {
  /// A parsed file of `Tests/Fixtures/reference`.
  static func read(_ name: String) throws -> JSONValue {
    try JSONReader.read(path: path(name))
  }

  /// Path of a file of `Tests/Fixtures/reference`.
  static func path(_ name: String) -> String {
    let folders = "\(#filePath)".split(separator: "/").dropLast(2)
    return "/\(folders.joined(separator: "/"))/Fixtures/reference/\(name)"
  }
}
