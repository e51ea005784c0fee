import Testing

@testable import Reports

@Suite("An axis that shows the lowest value and cuts nothing off")
struct StretchedAxisTests {
  @Test("holds every value, and tells the best ones apart", arguments: [300.0, 1e6, 1e80])
  func far(_ highest: Double) {
    let values = [9.2, 9.6, 10, 11, 40, highest]
    let axis = StretchedAxis(values, best: [9.2, 9.6, 10, 11])
    #expect(values.allSatisfy { axis.range.contains($0) })
    #expect(axis.share(of: 9.2) > 0 && axis.share(of: highest) < 1)
    // 1.8 points at the lower end take more room than on an even axis.
    let room = axis.share(of: 11) - axis.share(of: 9.2)
    #expect(room > 10 * 1.8 / (highest - 9.2))
    #expect(axis.commands(ticCount: 6).contains { $0.hasPrefix("set nonlinear y") })
  }

  @Test("is an ordinary one where the values lie near each other")
  func even() {
    let axis = StretchedAxis([1, 2, 3, 4], best: [1, 2])
    #expect(axis.commands(ticCount: 6).first == "unset nonlinear y")
    #expect(axis.commands(ticCount: 6).count == 2)
    #expect(abs(axis.share(of: 2.5) - 0.5) < 1e-9)
  }

  @Test("has a length when all values are alike, and tics in order")
  func tics() throws {
    let axis = StretchedAxis([3, 3], best: [3])
    #expect(axis.range.upperBound > axis.range.lowerBound)
    let command = try #require(
      StretchedAxis([-16, -15, 3, 500], best: [-16, -15]).commands(ticCount: 6).last
    )
    let list = try #require(command.firstMatch(of: /ytics \((.*)\)/)?.1)
    let tics = list.split(separator: ",").compactMap { Double($0.replacing(" ", with: "")) }
    #expect(tics.count >= 4)
    #expect(tics == tics.sorted())
  }
}
