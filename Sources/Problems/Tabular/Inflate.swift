/// Unpacks what gzip packed.
///
/// Source: Deutsch, "DEFLATE Compressed Data Format Specification", RFC 1951, and "GZIP file format
/// specification", RFC 1952. Codes are decoded by the counts of each length, as section 3.2.2 of
/// RFC 1951 builds them, with a table in front for the short ones.
struct Inflate {
  /// What stopped it.
  enum Failure: Error {
    /// The data end early, or are none that gzip writes.
    case damaged
    /// More than may be unpacked.
    case tooLarge
  }

  private let packed: [UInt8]
  private let limit: Int
  private var position = 0
  private var bits: UInt64 = 0
  private var bitCount = 0
  private var output: [UInt8] = []

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthExtras = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceExtras = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]
  /// In which order the lengths of the code for lengths stand.
  private static let lengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  /// Whether bytes begin as those of gzip do.
  static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// The content of a gzip file, all its members one after the other.
  ///
  /// - Parameters:
  ///   - packed: the file.
  ///   - limit: bytes that may come out.
  /// - Returns: the bytes.
  /// - Throws: `Failure`.
  static func unpacked(_ packed: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
    var inflate = Inflate(packed: packed, limit: limit)
    repeat { try inflate.unpackMember() } while inflate.hasMember
    return inflate.output
  }

  private init(packed: [UInt8], limit: Int) {
    self.packed = packed
    self.limit = limit
  }

  private var hasMember: Bool {
    position + 1 < packed.count && packed[position] == 0x1F && packed[position + 1] == 0x8B
  }

  private mutating func unpackMember() throws(Failure) {
    try skipHeader()
    let start = output.count
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored()
      case 1: try unpackBlock(Code(Inflate.fixedLengths), Code(Array(repeating: 5, count: 30)))
      case 2:
        let (literals, distances) = try readCodes()
        try unpackBlock(literals, distances)
      default: throw .damaged
      }
    }
    dropToByte()
    let sum =
      UInt32(try takeByte()) | UInt32(try takeByte()) << 8 | UInt32(try takeByte()) << 16
      | UInt32(try takeByte()) << 24
    for _ in 0..<4 { _ = try takeByte() }
    guard sum == Inflate.checksum(output[start...]) else { throw .damaged }
  }

  private mutating func skipHeader() throws(Failure) {
    let flagByte = 3
    guard position + 10 <= packed.count, packed[position + 2] == 8 else { throw .damaged }
    let flags = packed[position + flagByte]
    position += 10
    if flags & 4 != 0 {
      guard position + 2 <= packed.count else { throw .damaged }
      position += 2 + Int(packed[position]) + Int(packed[position + 1]) << 8
    }
    for flag in [8, 16] as [UInt8] where flags & flag != 0 {
      while position < packed.count && packed[position] != 0 { position += 1 }
      position += 1
    }
    if flags & 2 != 0 { position += 2 }
    guard position <= packed.count else { throw .damaged }
  }

  private mutating func copyStored() throws(Failure) {
    dropToByte()
    let count = Int(try takeByte()) | Int(try takeByte()) << 8
    let complement = Int(try takeByte()) | Int(try takeByte()) << 8
    guard count == complement ^ 0xFFFF, position + count <= packed.count else { throw .damaged }
    guard output.count + count <= limit else { throw .tooLarge }
    output += packed[position..<position + count]
    position += count
  }

  private mutating func readCodes() throws(Failure) -> (Code, Code) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let lengthCount = try take(4) + 4
    var lengths = Array(repeating: 0, count: 19)
    for place in 0..<lengthCount { lengths[Inflate.lengthOrder[place]] = try take(3) }
    let code = try Code(lengths)
    lengths = []
    while lengths.count < literalCount + distanceCount {
      switch try symbol(code) {
      case 16:
        guard let last = lengths.last else { throw .damaged }
        lengths += Array(repeating: last, count: 3 + (try take(2)))
      case 17: lengths += Array(repeating: 0, count: 3 + (try take(3)))
      case 18: lengths += Array(repeating: 0, count: 11 + (try take(7)))
      case let length: lengths.append(length)
      }
    }
    guard lengths.count == literalCount + distanceCount else { throw .damaged }
    return (try Code(Array(lengths[..<literalCount])), try Code(Array(lengths[literalCount...])))
  }

  private mutating func unpackBlock(_ literals: Code, _ distances: Code) throws(Failure) {
    let endOfBlock = 256
    while true {
      let literal = try symbol(literals)
      if literal < endOfBlock {
        guard output.count < limit else { throw .tooLarge }
        output.append(UInt8(literal))
        continue
      }
      if literal == endOfBlock { return }
      let place = literal - endOfBlock - 1
      guard place < Inflate.lengthBases.count else { throw .damaged }
      let length = Inflate.lengthBases[place] + (try take(Inflate.lengthExtras[place]))
      let far = try symbol(distances)
      guard far < Inflate.distanceBases.count else { throw .damaged }
      let distance = Inflate.distanceBases[far] + (try take(Inflate.distanceExtras[far]))
      guard distance <= output.count else { throw .damaged }
      guard output.count + length <= limit else { throw .tooLarge }
      let start = output.count - distance
      for offset in 0..<length { output.append(output[start + offset]) }
    }
  }

  private mutating func symbol(_ code: Code) throws(Failure) -> Int {
    fill()
    let entry = code.short[Int(bits & Code.shortMask)]
    if entry != 0 {
      let length = Int(entry & 15)
      guard length <= bitCount else { throw .damaged }
      bits >>= UInt64(length)
      bitCount -= length
      return Int(entry >> 4)
    }
    return try longSymbol(code)
  }

  /// One bit after the other, for codes that the table does not hold.
  private mutating func longSymbol(_ code: Code) throws(Failure) -> Int {
    var value = 0
    var first = 0
    var index = 0
    for length in 1...Code.longest {
      value |= try take(1)
      let count = code.counts[length]
      if value - count < first { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw .damaged
  }

  private mutating func fill() {
    while bitCount <= 48 && position < packed.count {
      bits |= UInt64(packed[position]) << UInt64(bitCount)
      position += 1
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int) throws(Failure) -> Int {
    if count == 0 { return 0 }
    if bitCount < count { fill() }
    guard bitCount >= count else { throw .damaged }
    let value = Int(bits & (1 << UInt64(count) - 1))
    bits >>= UInt64(count)
    bitCount -= count
    return value
  }

  /// Goes to the next whole byte, and gives whole bytes that were taken ahead back.
  private mutating func dropToByte() {
    position -= bitCount / 8
    bits = 0
    bitCount = 0
  }

  private mutating func takeByte() throws(Failure) -> UInt8 {
    guard position < packed.count else { throw .damaged }
    position += 1
    return packed[position - 1]
  }

  private static let fixedLengths =
    Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
    + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8)

  /// CRC-32 of RFC 1952, section 8.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes { sum = checksums[Int((sum ^ UInt32(byte)) & 255)] ^ (sum >> 8) }
    return ~sum
  }

  private static let checksums: [UInt32] = (0..<256).map { value in
    var sum = UInt32(value)
    for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
    return sum
  }

  /// A Huffman code, from the lengths of its symbols' codes.
  private struct Code {
    static let longest = 15
    private static let shortest = 9
    static let shortMask: UInt64 = 511
    /// Codes of each length.
    private(set) var counts = Array(repeating: 0, count: longest + 1)
    /// Symbols in the order of their codes.
    private(set) var symbols: [Int] = []
    /// By the next nine bits: a symbol times 16 plus the length of its code; 0 for a longer code.
    private(set) var short = Array(repeating: UInt16(0), count: 512)

    init(_ lengths: [Int]) throws(Failure) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      var left = 1
      for length in 1...Code.longest {
        left = left << 1 - counts[length]
        if left < 0 { throw .damaged }
      }
      var code = 0
      for length in 1...Code.longest {
        code <<= 1
        for (symbol, own) in lengths.enumerated() where own == length {
          symbols.append(symbol)
          if length <= Code.shortest { enter(symbol, code, length) }
          code += 1
        }
      }
    }

    /// Fills every place of the table whose low bits are the code, first bit lowest.
    private mutating func enter(_ symbol: Int, _ code: Int, _ length: Int) {
      var reversed = 0
      for bit in 0..<length where code >> bit & 1 == 1 { reversed |= 1 << (length - 1 - bit) }
      var place = reversed
      while place < short.count {
        short[place] = UInt16(symbol << 4 | length)
        place += 1 << length
      }
    }
  }
}
