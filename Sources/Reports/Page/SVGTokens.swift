/// The tags and texts of a picture that gnuplot wrote, in order.
///
/// It reads what gnuplot writes and no more of XML than that: no entities are resolved, comments and
/// declarations are left out.
enum SVGToken: Hashable {
  case open(name: String, attributes: [String: String], isEmpty: Bool)
  case close(name: String)
  case text(String)

  static func all(in svg: String) -> [SVGToken] {
    let bytes = Array(svg.utf8)
    let (less, more) = (UInt8(ascii: "<"), UInt8(ascii: ">"))
    var tokens: [SVGToken] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == less {
        let end = bytes[place...].firstIndex(of: more) ?? bytes.count
        if let token = tag(bytes[(place + 1)..<end]) { tokens.append(token) }
        place = end + 1
      } else {
        let end = bytes[place...].firstIndex(of: less) ?? bytes.count
        let text = String(decoding: bytes[place..<end], as: UTF8.self)
        if !text.allSatisfy(\.isWhitespace) { tokens.append(.text(text)) }
        place = end
      }
    }
    return tokens
  }

  /// Nil for a comment or a declaration.
  private static func tag(_ bytes: ArraySlice<UInt8>) -> SVGToken? {
    guard let first = bytes.first, first != UInt8(ascii: "?"), first != UInt8(ascii: "!") else {
      return nil
    }
    let slash = UInt8(ascii: "/")
    if first == slash {
      return .close(
        name: String(decoding: bytes.dropFirst().prefix { !isSpace($0) }, as: UTF8.self)
      )
    }
    let isEmpty = bytes.last == slash
    let body = isEmpty ? bytes.dropLast() : bytes
    let name = body.prefix { !isSpace($0) }
    var attributes: [String: String] = [:]
    var rest = body.dropFirst(name.count)
    while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
      let key = rest[rest.startIndex..<equals].filter { !isSpace($0) }
      guard let open = rest[equals...].firstIndex(where: isQuote),
        let close = rest[(open + 1)...].firstIndex(of: rest[open])
      else { break }
      attributes[String(decoding: key, as: UTF8.self)] = String(
        decoding: rest[(open + 1)..<close],
        as: UTF8.self
      )
      rest = rest[(close + 1)...]
    }
    return .open(
      name: String(decoding: name, as: UTF8.self),
      attributes: attributes,
      isEmpty: isEmpty
    )
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }
}
