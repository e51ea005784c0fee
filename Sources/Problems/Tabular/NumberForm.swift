/// How numbers are written in a file: the decimal sign, and what separates thousands if anything.
struct NumberForm: Hashable {
  let decimal: UInt8
  /// A space stands for every kind of space.
  let thousands: UInt8?

  /// `1234.5`.
  static let plain = NumberForm(decimal: UInt8(ascii: "."), thousands: nil)

  /// Spaces of more than one byte: no-break, thin, narrow no-break.
  private static let wideSpaces: [[UInt8]] = [
    [0xC2, 0xA0], [0xE2, 0x80, 0x89], [0xE2, 0x80, 0xAF],
  ]

  /// What the bytes from `start` up to `end` say as a number.
  func reading(of bytes: Span<UInt8>, from start: Int, to end: Int) -> DecimalNumber.Reading {
    if self == .plain { return DecimalNumber.reading(of: bytes, from: start, to: end) }
    guard let plain = plainBytes(bytes, from: start, to: end) else { return .noNumber }
    return DecimalNumber.reading(of: plain.span, from: 0, to: plain.count)
  }

  /// The number without separators and with a point; nil where separators stand wrong.
  private func plainBytes(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> [UInt8]? {
    var plain: [UInt8] = []
    /// Digits since the last separator, or since the sign; nil behind the decimal sign.
    var run: Int? = 0
    var hasSeparator = false
    var place = start
    while place < end {
      let byte = bytes[place]
      if let width = separatorWidth(bytes, at: place, to: end) {
        guard let digits = run, hasSeparator ? digits == 3 : (1...3).contains(digits) else {
          return nil
        }
        run = 0
        hasSeparator = true
        place += width
        continue
      }
      place += 1
      if byte == decimal {
        guard let digits = run, !hasSeparator || digits == 3 else { return nil }
        run = nil
        plain.append(UInt8(ascii: "."))
      } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
        return nil
      } else {
        if byte &- UInt8(ascii: "0") <= 9 {
          run = run.map { $0 + 1 }
        } else if byte != UInt8(ascii: "-") && byte != UInt8(ascii: "+") {
          guard run == nil || !hasSeparator || run == 3 else { return nil }
          run = nil
        }
        plain.append(byte)
      }
    }
    return run == nil || !hasSeparator || run == 3 ? plain : nil
  }

  /// Bytes of the separator of thousands at a place; nil where there is none.
  private func separatorWidth(_ bytes: Span<UInt8>, at place: Int, to end: Int) -> Int? {
    guard let thousands else { return nil }
    if bytes[place] == thousands { return 1 }
    guard thousands == UInt8(ascii: " ") else { return nil }
    for space in NumberForm.wideSpaces where place + space.count <= end {
      if space.indices.allSatisfy({ bytes[place + $0] == space[$0] }) { return space.count }
    }
    return nil
  }
}
