import Testing

@testable import Weighting

@Suite("Moves of an active set")
struct ActiveSetTests {
  private func pair() -> ActiveSet {
    var active = ActiveSet(capacity: 3)
    active.insert(0, value: 0.5)
    active.insert(2, value: 0.5)
    return active
  }

  @Test("reach a target inside")
  func inside() {
    var active = pair()
    guard case .reached = active.move(towards: [0.25, 0.75]) else {
      Issue.record("not reached")
      return
    }
    #expect(active.values == [0.25, 0, 0.75])
  }

  @Test("stop where a coefficient becomes zero, and its row leaves")
  func outside() {
    var active = pair()
    guard case .shortened = active.move(towards: [-0.5, 1.5]) else {
      Issue.record("not shortened")
      return
    }
    #expect(active.support == [2])
    #expect(active.values == [0, 0, 1])
  }

  @Test("say that they are stuck where the target is no number, so that nobody asks for ever")
  func notANumber() {
    var active = pair()
    guard case .stuck = active.move(towards: [.nan, .nan]) else {
      Issue.record("not stuck")
      return
    }
    #expect(active.values == [0.5, 0, 0.5])
  }
}
