internal import FoundationEssentials

/// Numbers as text: base64 of their float32 bits, little-endian, as NumPy and PyTorch read them.
enum Base64 {
  /// Numbers, each rounded to float32, as text.
  static func floats(_ values: some Sequence<Double>) -> String {
    var bytes = Data()
    for value in values {
      let bits = Float(value).bitPattern
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    return bytes.base64EncodedString()
  }
}
