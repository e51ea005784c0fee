import Testing

@testable import Weighting

@Suite("Laws of steps without labels of a task")
struct AbsentTaskLawTests {
  /// Task gradients and losses of one of several steps.
  private static func step(_ index: Int) -> (rows: [[Double]], losses: [Double]) {
    let shrink = 1 - 0.15 * Double(index)
    let rows = WeightingLawTests.general(3).map { row in
      row.enumerated().map { shrink * $1 + 0.1 * Double(($0 * index) % 5) }
    }
    return (rows, (0..<3).map { shrink * (1 + 0.4 * Double(($0 + index) % 3)) })
  }

  /// The same, with nothing known of task 1.
  private static func stepWithoutTask(_ index: Int) -> (rows: [[Double]], losses: [Double]) {
    var (rows, losses) = step(index)
    rows[1] = rows[1].map { _ in .nan }
    losses[1] = .nan
    return (rows, losses)
  }

  @Test(
    "a task that never has a label leaves the method of the others",
    arguments: LawStep.cases,
    ["native", "sum"]
  )
  func others(_ name: String, _ scale: String) throws {
    let all = try LawStep(name, taskCount: 3, scale: scale)
    let two = try LawStep(name, taskCount: 3, scale: scale, present: [0, 2])
    for index in 0..<6 {
      let (rows, losses) = Self.stepWithoutTask(index)
      let endsEpoch = index % 2 == 1
      all.weigh(rows, losses: losses, endsEpoch: endsEpoch, absent: [1])
      two.weigh([rows[0], rows[2]], losses: [losses[0], losses[2]], endsEpoch: endsEpoch)
      #expect(all.result.refusal == nil)
      // Shares of a fixed sum are brought to that of two tasks and back.
      #expect(agree(all.direction, two.direction, 1e-12), "step \(index)")
      let heads = [two.result.heads[0], 0, two.result.heads[1]]
      #expect(agree(all.result.heads, heads, 1e-12), "step \(index)")
      #expect(all.result.shared[1] == 0)
      #expect(all.result.isPolicy == two.result.isPolicy)
    }
  }

  @Test("what is remembered of a task stays without its labels", arguments: LawStep.cases)
  func memory(_ name: String) throws {
    let run = try LawStep(name, taskCount: 3)
    for index in 0..<3 {
      let (rows, losses) = Self.step(index)
      run.weigh(rows, losses: losses, endsEpoch: index == 1)
    }
    let before = run.memory(of: 1)
    for index in 0..<3 {
      let (rows, losses) = Self.stepWithoutTask(index)
      run.weigh(rows, losses: losses, endsEpoch: false, absent: [1])
    }
    #expect(run.memory(of: 1) == before)
    // It comes back as one of three.
    let (rows, losses) = Self.step(4)
    run.weigh(rows, losses: losses)
    #expect(run.result.refusal == nil)
    #expect(run.result.heads.allSatisfy { $0.isFinite && $0 != 0 })
    #expect(run.direction.allSatisfy { $0.isFinite })
  }

  @Test("a step without any label moves nothing", arguments: LawStep.cases)
  func nothing(_ name: String) throws {
    let run = try LawStep(name, taskCount: 3)
    let (rows, losses) = Self.step(0)
    run.weigh(rows, losses: losses, endsEpoch: false)
    let before = (0..<3).map { run.memory(of: $0) }
    let none = rows.map { $0.map { _ in Double.nan } }
    run.weigh(none, losses: [.nan, .nan, .nan], endsEpoch: false, absent: [0, 1, 2])
    #expect(run.result.refusal == nil && !run.result.isPolicy)
    #expect(run.result.shared == [0, 0, 0] && run.result.heads == [0, 0, 0])
    #expect(run.result.weightSum == 0 && run.direction.allSatisfy { $0 == 0 })
    #expect((0..<3).map { run.memory(of: $0) } == before)
  }

  @Test(
    "weights of a fixed sum have it again when the task comes back",
    arguments: ["gradnorm", "moco", "modo", "sdmgrad", "excess_mtl", "dwa", "famo"]
  )
  func sums(_ name: String) throws {
    let run = try LawStep(name, taskCount: 3, scale: "sum")
    for index in 0..<8 {
      let isAbsent = (2..<6).contains(index)
      let (rows, losses) = isAbsent ? Self.stepWithoutTask(index) : Self.step(index)
      run.weigh(rows, losses: losses, endsEpoch: index == 1, absent: isAbsent ? [1] : [])
      let count = isAbsent ? 2.0 : 3
      #expect(agree([run.result.shared.reduce(0, +)], [count], 1e-12), "step \(index)")
    }
  }

  @Test("an epoch ends for a task without labels at its last step")
  func epochs() throws {
    // DWA: means of epoch 0 (4, 2), of epoch 1 (2, 4): r = (1/2, 2), w = 2 softmax(r / 2).
    var run = try LossStep("dwa")
    _ = run.weigh([4, 2])
    _ = run.weigh([4, .nan], endsEpoch: true, absent: [1])
    _ = run.weigh([2, 4])
    _ = run.weigh([2, .nan], endsEpoch: true, absent: [1])
    #expect(run.state("average_two_epochs_ago") == [4, 2])
    #expect(run.state("average_last_epoch") == [2, 4])
    let share = 0.320_821_300_824_607_2  // 1 / (1 + exp(0.75))
    #expect(agree(run.weigh([1, 1]).shared, [2 * share, 2 - 2 * share]))
    #expect(run.weigh([1, .nan], endsEpoch: true, absent: [1]).shared == [1, 0])
  }

  @Test("a setting with a value for each task holds those of the tasks present")
  func settings() throws {
    var weighted = try LossStep("static", "weights: [1, 2, 5]", taskCount: 3, scale: "sum")
    // On the scale of all three: 3 / 8.
    let result = weighted.weigh([1, .nan, 1], absent: [1])
    #expect(agree(result.shared, [3.0 / 8, 0, 15.0 / 8]))
    var bounded = try LossStep("famo", "lower_bound: [0, 0, 2]", taskCount: 3)
    #expect(bounded.weigh([1, .nan, 1], absent: [1]).refusal?.task == 2)
  }
}
