import Statistics
import Testing

@Suite("Which evaluation a run reports")
struct CheckpointRuleTests {
  private let start = [1.0, 100]

  @Test("halving any task's loss counts the same, whatever its scale")
  func scale() throws {
    let best = try [[0.5, 100], [1.0, 50]].map {
      try #require(CheckpointRule.best.score(losses: $0, start: start))
    }
    #expect(abs(best[0] - best[1]) < 1e-15)
  }

  /// A task that cannot be learnt (100 to 100) overfits by 2 %, while the other halves its error.
  @Test("a little overfitting of a task does not outweigh the halving of another's loss")
  func unlearnable() throws {
    let before = [0.02, 100.0]
    let after = [0.01, 102.0]
    let best = try [before, after].map {
      try #require(CheckpointRule.best.score(losses: $0, start: start))
    }
    #expect(best[1] < best[0])
    // By losses relative to the start, 0.51 on average before and 0.515 after, it does.
    let relative = try [before, after].map {
      try #require(CheckpointRule.relative.score(losses: $0, start: start))
    }
    #expect(abs(relative[0] - 0.51) < 1e-12 && abs(relative[1] - 0.515) < 1e-12)
  }

  @Test("tasks without a loss are left out, and the last evaluation needs none")
  func missing() {
    #expect(CheckpointRule.best.score(losses: [.nan, 1], start: start) == 0)
    #expect(CheckpointRule.best.score(losses: [.nan, .nan], start: start) == nil)
    #expect(CheckpointRule.best.score(losses: [.infinity, 1], start: start) == .infinity)
    #expect(CheckpointRule.last.score(losses: [1, 1], start: start) == nil)
    let zero = CheckpointRule.best.score(losses: [0], start: [1]) ?? .nan
    #expect(zero < -50 && zero.isFinite)
  }
}

@Suite("Utilities of a problem's task gains")
struct UtilityTests {
  @Test("are lower when better, each in its own way")
  func values() {
    let gains = [10.0, -30, 5, 0]
    #expect(Utility.mean.value(taskGains: gains, primary: 0) == 3.75)
    #expect(Utility.worst.value(taskGains: gains, primary: 0) == 30)
    #expect(Utility.harmed.value(taskGains: gains, primary: 0) == 25)
    #expect(Utility.primary.value(taskGains: gains, primary: 0) == -10)
  }

  @Test("an undefined gain makes all undefined but that of another primary task")
  func undefined() {
    let gains = [10, Double.nan]
    #expect(Utility.mean.value(taskGains: gains, primary: 0).isNaN)
    #expect(Utility.worst.value(taskGains: gains, primary: 0).isNaN)
    #expect(Utility.harmed.value(taskGains: gains, primary: 0).isNaN)
    #expect(Utility.primary.value(taskGains: gains, primary: 0) == -10)
  }
}
