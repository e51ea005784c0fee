internal import FoundationEssentials

/// Turns the text of a JSON file into a `JSONValue`.
package enum JSONReader {
  /// - Throws: `VerificationError.unreadable` when the file is missing or no JSON.
  package static func read(path: String) throws(VerificationError) -> JSONValue {
    do {
      let data = try Data(contentsOf: URL(filePath: path))
      return try JSONDecoder().decode(DecodedJSON.self, from: data).value
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }
}

/// A JSON value as the decoder hands it over, tried from the most to the least frequent kind.
private struct DecodedJSON: Decodable {
  let value: JSONValue

  init(from decoder: any Decoder) throws {
    let scalar = try decoder.singleValueContainer()
    if scalar.decodeNil() {
      value = .null
    } else if var list = try Self.ifOfKind({ try decoder.unkeyedContainer() }) {
      var elements: [JSONValue] = []
      while !list.isAtEnd { elements.append(try list.decode(DecodedJSON.self).value) }
      value = .list(elements)
    } else if let object = try Self.ifOfKind({ try decoder.container(keyedBy: AnyKey.self) }) {
      var members: [String: JSONValue] = [:]
      for key in object.allKeys {
        members[key.stringValue] = try object.decode(DecodedJSON.self, forKey: key).value
      }
      value = .object(members)
    } else {
      value = try Self.scalar(scalar)
    }
  }

  private static func scalar(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
    if let number = try ifOfKind({ try container.decode(Double.self) }) { return .number(number) }
    if let text = try ifOfKind({ try container.decode(String.self) }) { return .text(text) }
    return .flag(try container.decode(Bool.self))
  }

  /// What `decode` returns; nil when the value there is of another kind, or null.
  private static func ifOfKind<Value>(_ decode: () throws -> Value) throws -> Value? {
    do {
      return try decode()
    } catch DecodingError.typeMismatch, DecodingError.valueNotFound {
      return nil
    }
  }
}

private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
