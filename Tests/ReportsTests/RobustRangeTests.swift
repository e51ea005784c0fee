import Testing

@testable import Reports

@Suite("The part of an axis that is worth its room")
struct RobustRangeTests {
  @Test("leaves out what is far away from the others")
  func far() {
    let sight = RobustRange([-4, -3, -1.5, 300])
    #expect(sight.range == -4 ... -1.5)
    #expect(sight.isFar(300))
    #expect(!sight.isFar(-3))
  }

  @Test("keeps what must be in sight, and everything when nothing stands out")
  func kept() {
    #expect(RobustRange([-4, -3, -2], keeping: [0]).range == -4...0)
    #expect(RobustRange([5, 5, 5, 6]).range == 5...6)
    // More than a quarter is far from the rest: both groups are shown.
    #expect(RobustRange([4, 4.2, 3.6, 28, 29]).range == 3.6...29)
    // Far from the median, but the axis is long already.
    #expect(RobustRange([48.5, 48.6, 48.7, 48.9, 55.6], keeping: [0]).range == 0...55.6)
    #expect(RobustRange([]).range == nil)
    #expect(RobustRange([], keeping: [0]).range == 0...0)
    #expect(RobustRange([1e6], keeping: [0]).range == 0...1e6)
  }

  @Test("takes no notice of what cannot be drawn")
  func undrawable() {
    #expect(
      RobustRange([.nan, 1, .infinity, 2, 1e300], keeping: [-.infinity, .nan]).range == 1...2
    )
    #expect(RobustRange([.nan], keeping: [0]).range == 0...0)
    #expect(RobustRange([.nan]).range == nil)
  }

  @Test("has ends whose numbers differ")
  func ends() {
    let frame = RobustRange([1e9, 1e9]).widened(toward: [], room: 0.06, leastLength: 0.5)
    #expect(
      NumberText.significant(frame.lowerBound, 4) != NumberText.significant(frame.upperBound, 4)
    )
  }
}
