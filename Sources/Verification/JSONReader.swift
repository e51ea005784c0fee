internal import Settings

/// Turns the text of a JSON file into a `JSONValue`.
package enum JSONReader {
  /// - Throws: `VerificationError.unreadable` when the file is missing or no text, `notJSON` with line
  ///   and column when it is no JSON.
  package static func read(path: String) throws(VerificationError) -> JSONValue {
    let text: String
    do {
      text = try TextFile.read(path: path)
    } catch {
      throw .unreadable("\(error)")
    }
    var parser = JSONParser(text, file: path)
    return try parser.parse()
  }
}
