/// A picture that gnuplot drew, as an element of a page.
enum InlineSVG {
  /// The element, named by `title` for those who cannot see it; nil when the text is no picture.
  ///
  /// gnuplot gives the parts of every picture the same ids, so that on a page each picture would be
  /// drawn with the parts of the first; here they all begin with `prefix`.
  static func element(_ svg: String, title: String, prefix: String) -> String? {
    guard let start = svg.firstRange(of: "<svg"), let size = size(in: svg) else { return nil }
    var body = String(svg[start.upperBound...])
    for (open, close) in [("<title>Gnuplot</title>\n", ""), ("<desc>", "</desc>\n")] {
      guard let from = body.firstRange(of: open) else { continue }
      let end = close.isEmpty ? from.upperBound : body.firstRange(of: close)?.upperBound
      if let end { body.removeSubrange(from.lowerBound..<end) }
    }
    let label = HTMLTable.escaped(title)
    return "<svg role=\"img\" aria-label=\"\(label)\" style=\"--width:\(size.width)px\""
      + prefixed(body, with: prefix)
  }

  /// What an id or a reference to one stands behind.
  private static let openings = [" id='", " id=\"", "href='#", "href=\"#", "url(#"].map {
    Array($0.utf8)
  }

  /// The text with `prefix` before every id and reference; over bytes, since pictures are long.
  private static func prefixed(_ text: String, with prefix: String) -> String {
    let ends = Set(openings.compactMap(\.last))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 9 / 8)
    for byte in text.utf8 {
      bytes.append(byte)
      guard ends.contains(byte), openings.contains(where: { bytes.suffix($0.count) == $0[...] })
      else { continue }
      bytes += prefix.utf8
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Width and height of the `viewBox`.
  private static func size(in svg: String) -> (width: Int, height: Int)? {
    guard let box = svg.firstRange(of: "viewBox=\""),
      let end = svg[box.upperBound...].firstIndex(of: "\"")
    else { return nil }
    let numbers = svg[box.upperBound..<end].split(separator: " ").compactMap { Double($0) }
    return numbers.count == 4 ? (Int(numbers[2]), Int(numbers[3])) : nil
  }
}
