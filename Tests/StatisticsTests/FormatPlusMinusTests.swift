import Statistics
import Testing

@Suite("Values with their uncertainty as text")
struct FormatPlusMinusTests {
  @Test(
    "two significant digits of the uncertainty set the decimals of both",
    arguments: [
      (12.3456, 0.0123, "12.346 ± 0.012"), (0.5261, 0.0016, "0.5261 ± 0.0016"),
      (1.0, 0.0996, "1.00 ± 0.10"), (62.0, 14.2, "62 ± 14"), (5.0, 250.0, "5 ± 250"),
      (-3.25, 0.4, "-3.25 ± 0.40"), (99.9949, 0.0051, "99.9949 ± 0.0051"),
    ]
  )
  func decimals(value: Double, uncertainty: Double, text: String) {
    #expect(FormatPlusMinus.text(value, uncertainty) == text)
  }

  @Test("without an uncertainty the value has four significant digits")
  func single() {
    #expect(FormatPlusMinus.text(0.52614, nil) == "0.5261")
    #expect(FormatPlusMinus.text(177.62, .nan) == "177.6")
    #expect(FormatPlusMinus.text(123_456, nil) == "123456")
    #expect(FormatPlusMinus.text(9.99996, nil) == "10.00")
  }

  @Test("an undefined value is a dash, equal results have an uncertainty of 0")
  func special() {
    #expect(FormatPlusMinus.text(.nan, 1) == "–")
    #expect(FormatPlusMinus.text(.infinity, nil) == "–")
    #expect(FormatPlusMinus.text(0.7, 0) == "0.7000 ± 0")
  }

  @Test("the exact binary value is rounded: 0.125 is a tie and 0.145 lies below one")
  func rounding() {
    #expect(FormatPlusMinus.fixed(0.125, decimals: 2) == "0.12")
    #expect(FormatPlusMinus.fixed(0.375, decimals: 2) == "0.38")
    #expect(FormatPlusMinus.fixed(0.145, decimals: 2) == "0.14")
    #expect(FormatPlusMinus.fixed(1e22, decimals: 1) == "10000000000000000000000.0")
  }
}
