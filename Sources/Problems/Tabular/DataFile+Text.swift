extension DataFile {
  /// The file's text in UTF-8: unpacked where gzip packed it, from UTF-16 where it is that.
  ///
  /// - Throws: `CSVError` for a file of another kind, for damaged packing, and at the line of the
  ///   first byte that is no text.
  func text() throws(CSVError) -> [UInt8] {
    var content = bytes
    if Inflate.isPacked(content) {
      do {
        content = try Inflate.unpacked(content, limit: DataFile.sizeLimit)
      } catch {
        throw .file(path, error == .tooLarge ? .tooLarge : .damagedPacking)
      }
    }
    if let format = FileFormat(content) { throw .file(path, .format(format)) }
    if let isBigEndian = DataFile.isUTF16(content) {
      content = try decoded(content, isBigEndian: isBigEndian)
    } else {
      try requireUTF8(content)
    }
    if content.contains(0) { throw .file(path, .format(.binary)) }
    return content
  }

  /// Whether text is UTF-16 with its high bytes first; nil for other text.
  ///
  /// Without a mark, ASCII text has a zero in every other byte.
  private static func isUTF16(_ bytes: [UInt8]) -> Bool? {
    if bytes.starts(with: [0xFE, 0xFF]) { return true }
    if bytes.starts(with: [0xFF, 0xFE]) { return false }
    let start = bytes.prefix(64)
    guard start.count >= 4 else { return nil }
    let zeros = start.indices.filter { start[$0] == 0 }
    guard zeros.count * 3 > start.count else { return nil }
    let isBigEndian = zeros[0] % 2 == 0
    return zeros.allSatisfy { ($0 % 2 == 0) == isBigEndian } ? isBigEndian : nil
  }

  private func decoded(_ bytes: [UInt8], isBigEndian: Bool) throws(CSVError) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var place = bytes.starts(with: isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]) ? 2 : 0
    while place + 1 < bytes.count {
      let first = UInt16(bytes[place])
      let second = UInt16(bytes[place + 1])
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
      place += 2
    }
    var text: [UInt8] = []
    text.reserveCapacity(units.count)
    let hasFailed =
      transcode(
        units.makeIterator(),
        from: UTF16.self,
        to: UTF8.self,
        stoppingOnError: true,
        into: { text.append($0) }
      ) || place < bytes.count
    if hasFailed {
      let line = text.count { $0 == UInt8(ascii: "\n") } + 1
      throw .text(file: path, line: line, .notUTF16)
    }
    return text
  }

  private func requireUTF8(_ bytes: [UInt8]) throws(CSVError) {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      let line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
      throw .text(file: path, line: line, .notUTF8(byte: bytes[offset]))
    }
  }
}
