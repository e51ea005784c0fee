import Testing

@testable import Reports

@Suite("The front of fixed weights")
struct SweepFrontTests {
  @Test("is the points that none dominates, joined as a staircase")
  func staircase() {
    let points: [[Double]] = [[0, 4], [1, 5], [2, 2], [4, 2], [5, 0]]
    let front = SweepFront(points.map { $0.map { [$0, $0] } })
    #expect(front.front == [0, 2, 4])
    // Up from its first point to where the highest of all points is.
    #expect(front.staircase == [[0, 5], [0, 4], [2, 4], [2, 2], [5, 2], [5, 0]])
    // Two seeds say nothing of others.
    #expect(front.band == [])
  }

  @Test("has a band that holds it, and is it where all seeds agree")
  func band() {
    let same = SweepFront([[0.0, 2], [1, 1], [2, 0]].map { $0.map { [$0, $0, $0, $0] } })
    #expect(!same.band.isEmpty)
    for row in same.band { #expect(row[1] == row[2] && row[1] == 2 - row[0].rounded(.down)) }
    let noise = [-0.4, -0.1, 0.2, 0.3]
    let wide = SweepFront(
      [[0.0, 2], [1, 1], [2, 0]].map { point in point.map { value in noise.map { value + $0 } } }
    )
    for row in wide.band {
      let own = wide.means.filter { $0[0] <= row[0] + 1e-9 }.map { $0[1] }.min() ?? .infinity
      if own.isFinite { #expect(row[1] <= own && own <= row[2]) }
    }
    #expect(wide.band.contains { $0[2] - $0[1] > 0.3 })
  }

  @Test("leaves out a point that lacks a seed's number")
  func gaps() {
    let front = SweepFront([[[1, .nan], [1, 1]], [[2, 2], [2, 2]]])
    #expect(front.means == [[2, 2]])
  }
}
