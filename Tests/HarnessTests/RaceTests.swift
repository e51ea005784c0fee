import Settings
import Testing

@testable import Harness

@Suite("The race of a contender's candidates")
struct RaceTests {
  private func candidates(_ rates: [Double]) -> [Candidate] {
    rates.map {
      Candidate(
        learningRate: $0,
        method: CanonicalTable(),
        training: CanonicalTable(),
        searched: CanonicalTable()
      )
    }
  }

  @Test("lets the best third go on, at least as many as are to be kept")
  func survivors() throws {
    let tuning = try suite(replacing: "race: []", with: "race: [4, 8], keep: 2").tuning
    #expect([1, 2, 5, 6, 7, 60].map { tuning.survivorCount(of: $0) } == [1, 2, 2, 2, 3, 20])
    // 7 on 2 seeds, 3 of them on 2 more, 2 of these on 4 more.
    #expect(tuning.runCount(trials: 7) == 14 + 6 + 8)
    #expect(tuning.seeds.count == 8)
  }

  @Test("judges by the mean over the seeds, and lets go of what failed at one")
  func judging() {
    var race = Race()
    race.enter(candidates([0.1, 0.2, 0.3, 0.4]))
    race.judge(seedCount: 2) { candidate in
      [
        [.value(1), .value(3)], [.value(1), .failed], [.value(0), .value(3)],
        [.value(5), .missing],
      ][candidate]
    }
    #expect(race.runners.map { $0.score } == [2, nil, 1.5, 5])
    #expect(race.winner == 2)
    race.cut(to: 2)
    #expect(race.remaining == [0, 2])
    race.judge(seedCount: 3) { candidate in
      candidate == 0 ? [.value(1), .value(3), .value(-4)] : [.value(0), .value(3), .value(3)]
    }
    #expect(race.winner == 0)
    #expect(race.runners[3].seedCount == 2)
  }

  @Test("who was let go does not win by the few seeds it ran on")
  func finalists() {
    var race = Race()
    race.enter(candidates([0.1, 0.2]))
    race.judge(seedCount: 1) { [[.value(1)], [.value(2)]][$0] }
    race.cut(to: 1)
    race.judge(seedCount: 2) { _ in [.value(1), .value(9)] }
    #expect(race.runners.map { $0.score } == [5, 2])
    #expect(race.winner == 0)
  }

  @Test("of equal means the lower learning rate wins")
  func ties() {
    var race = Race()
    race.enter(candidates([0.2, 0.1]))
    race.judge(seedCount: 1) { _ in [.value(0.5)] }
    #expect(race.winner == 1)
  }

  @Test("nothing wins where all failed")
  func nothing() {
    var race = Race()
    race.enter(candidates([0.2, 0.1]))
    race.judge(seedCount: 1) { _ in [.failed] }
    #expect(race.winner == nil)
    #expect(race.shares.isEmpty)
    race.cut(to: 2)
    #expect(race.remaining.isEmpty)
  }

  @Test("shares say how often another draw of the seeds would choose the same")
  func shares() {
    var race = Race()
    race.enter(candidates([0.1, 0.2, 0.3]))
    race.judge(seedCount: 4) { candidate in
      [[1, 1, 1, 1], [0, 2, 0, 2.1], [9, 9, 9, 9]][candidate].map { .value($0) }
    }
    let shares = race.shares
    #expect(abs(shares.values.reduce(0, +) - 1) < 1e-9)
    #expect(shares[2] == 0)
    #expect((shares[0] ?? 0) > 0.4 && (shares[1] ?? 0) > 0.2)
  }
}
