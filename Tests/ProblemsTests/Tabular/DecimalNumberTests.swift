import Kernels
import Testing

@testable import Problems

private func reading(_ text: String) -> DecimalNumber.Reading {
  let bytes = Array("[\(text)]".utf8)
  return DecimalNumber.reading(of: bytes.span, from: 1, to: bytes.count - 1)
}

private func value(_ text: String) -> Double? {
  guard case .value(let value) = reading(text) else { return nil }
  return value
}

@Suite("Decimal numbers")
struct DecimalNumberTests {
  @Test(
    "every form has the bits of the standard library",
    arguments: [
      "0", "-0", "1", "+1", "12.5", ".5", "5.", "-.25", "1e3", "1E-3", "1.5e+10", "0.1", "1e22",
      "1e23", "9007199254740993", "123456789012345678901234567890", "0.000000000000000000001234",
      "3.141592653589793238462643", "2.2250738585072014e-308", "1e-400", "000000000000000000000012",
      "0.30000000000000004", "8.5e-23", "1.7976931348623157e-300", "1e-99999999999",
      "100000000000000016777215", "4503599627370496.5", "9007199254740992e1",
    ]
  )
  func forms(_ text: String) throws {
    let expected = try #require(Double(text))
    #expect(value(text)?.bitPattern == expected.bitPattern)
  }

  @Test("random decimals have the bits of the standard library")
  func random() throws {
    var stream = RandomStream(seed: 1, purpose: .data)
    for _ in 0..<20_000 {
      let digits = (0...stream.below(20)).map { _ in String(stream.below(10)) }.joined()
      let point = stream.below(digits.count + 1)
      var text = "\(digits.prefix(point)).\(digits.dropFirst(point))"
      if stream.below(3) == 0 { text += "e\(stream.below(50) - 25)" }
      let expected = try #require(Double(text.hasPrefix(".") ? "0" + text : text))
      let isFloat = expected <= Double(Float.greatestFiniteMagnitude)
      #expect(value(text)?.bitPattern == (isFloat ? expected.bitPattern : nil), "\(text)")
    }
  }

  @Test(
    "what is no decimal number is refused",
    arguments: [
      "", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1 2", "0x10", "inf", "nan", "1,5", "--1",
      "1e5.5", "12a", "١",
    ]
  )
  func refused(_ text: String) { #expect(reading(text) == .noNumber) }

  @Test(
    "what no float can hold is refused",
    arguments: ["1e39", "-1e39", "1e999", "9e99999999999"]
  )
  func tooLarge(_ text: String) { #expect(reading(text) == .tooLarge) }
}
