/// The 64-bit FNV-1a hash: the same on every system and in every version.
///
/// Source: Fowler, Noll and Vo; specified in Eastlake et al., RFC 9923, 2025.
package struct StableHash {
  private static let offsetBasis: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01b3
  private var state = Self.offsetBasis

  package init() {}

  package mutating func combine(byte: UInt8) {
    state = (state ^ UInt64(byte)) &* Self.prime
  }

  package mutating func combine(text: String) {
    for byte in text.utf8 { combine(byte: byte) }
  }

  /// Takes in the bits of a number, lowest byte first.
  package mutating func combine(_ value: Float) {
    var bits = value.bitPattern
    for _ in 0..<4 {
      combine(byte: UInt8(truncatingIfNeeded: bits))
      bits >>= 8
    }
  }

  /// The hash as a number.
  package var value: UInt64 { state }

  /// The hash as 16 digits.
  package var hexadecimal: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension StableHash {
  /// Hash of a file's bytes, of whatever kind and size it is.
  ///
  /// - Throws: `SettingsError.file` when it cannot be read.
  package static func hexadecimal(ofFile path: String) throws(SettingsError) -> String {
    var hash = StableHash()
    try TextFile.readChunks(path) { (chunk) throws(SettingsError) in
      for byte in chunk { hash.combine(byte: byte) }
    }
    return hash.hexadecimal
  }
}
