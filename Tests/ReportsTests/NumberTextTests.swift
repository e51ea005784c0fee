import Testing

@testable import Reports

@Suite("Numbers as text")
struct NumberTextTests {
  @Test("one thing is counted as one")
  func counts() {
    #expect(NumberText.counted(1, "seed") == "1 seed")
    #expect(NumberText.counted(0, "seed") == "0 seeds")
    #expect(NumberText.these(1, "method") == "this 1 method")
    #expect(NumberText.these(2, "method") == "these 2 methods")
  }

  @Test("are rounded as the binary value is")
  func fixed() {
    // 2.675 is a little less than that in binary, 0.125 is exact and goes to the even digit.
    #expect(NumberText.fixed(2.675, 2) == "2.67")
    #expect(NumberText.fixed(0.125, 2) == "0.12")
    #expect(NumberText.fixed(-0.004, 2) == "0.00")
    #expect(NumberText.fixed(1234.5, 0) == "1234")
    #expect(NumberText.fixed(1.5e12, 2) == "1.50e12")
  }

  @Test("show two significant digits of their error")
  func decimals() {
    #expect(NumberText.decimals(for: 0.24) == 2)
    #expect(NumberText.decimals(for: 0.0996) == 2)
    #expect(NumberText.decimals(for: 0.0094) == 4)
    #expect(NumberText.decimals(for: 3.2) == 1)
    #expect(NumberText.decimals(for: 240) == 0)
  }

  @Test("without an error have four significant digits")
  func significant() {
    #expect(NumberText.significant(0.0123456) == "0.01235")
    #expect(NumberText.significant(99.99999) == "100.0")
    #expect(NumberText.significant(123456) == "123456")
    #expect(NumberText.significant(0) == "0")
  }

  @Test("read back as the same number where nothing is rounded")
  func exact() {
    #expect(NumberText.exact(0.1) == "0.1")
    #expect(NumberText.exact(3) == "3")
    #expect(NumberText.exact(.nan) == "")
    #expect(NumberText.exact(nil) == "")
  }

  @Test("take the columns that a terminal gives them")
  func width() {
    #expect("Δm ± 1 ↓".displayWidth == 8)
    #expect("e\u{301}".displayWidth == 1)
    #expect("方法".displayWidth == 4)
  }
}
