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
    #expect(RobustRange([]).range == nil)
    #expect(RobustRange([], keeping: [0]).range == 0...0)
    #expect(RobustRange([1e6], keeping: [0]).range == 0...1e6)
  }
}
