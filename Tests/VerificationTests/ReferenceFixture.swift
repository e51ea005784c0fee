@testable import Verification

/// The shipped reference files.
enum ReferenceFixture {
  /// A parsed file of `Tests/Fixtures/reference`.
  static func read(_ name: String) throws -> JSONValue {
    let folders = "\(#filePath)".split(separator: "/").dropLast(2)
    return try JSONReader.read(
      path: "/\(folders.joined(separator: "/"))/Fixtures/reference/\(name)"
    )
  }
}
