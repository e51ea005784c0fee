import Settings
import Testing

@testable import Weighting

@Suite("Laws every weighting method obeys")
struct WeightingLawTests {
  /// Task gradients in general position, with conflicts among three and more.
  static func general(_ taskCount: Int) -> [[Double]] {
    (0..<taskCount).map { k in
      (0..<LawStep.sharedCount).map { p in
        let residue: Int = (7 * k * k + 5 * k * p + 3 * p + 2) % 13
        return Double(residue) - 5.5 + 0.25 * Double(k)
      }
    }
  }

  /// Kinds of steps that trouble solvers, each at unit scale.
  static let kinds = ["agreeing", "opposed", "zero", "one zero", "identical", "general"]

  static func rows(_ kind: String, _ taskCount: Int) -> [[Double]] {
    let base = general(taskCount)
    return (0..<taskCount).map { k in
      switch kind {
      case "agreeing": base[k].map { abs($0) + 0.1 }
      case "opposed": base[0].map { k % 2 == 0 ? $0 : -$0 }
      case "zero": base[k].map { _ in 0 }
      case "one zero": k == taskCount - 1 ? base[k].map { _ in 0 } : base[k]
      case "identical": base[0]
      default: base[k]
      }
    }
  }

  static func losses(_ taskCount: Int) -> [Double] {
    (0..<taskCount).map { 1 + 0.3 * Double($0 * $0 % 5) }
  }

  @Test(
    "weights, heads and update are finite whatever the gradients and their scale",
    arguments: LawStep.cases,
    [1, 2, 3, 5]
  )
  func finite(_ name: String, _ taskCount: Int) throws {
    for kind in WeightingLawTests.kinds {
      for scale in [1e-8, 1e-4, 1, 1e4, 1e8] {
        let run = try LawStep(name, taskCount: taskCount)
        let rows = WeightingLawTests.rows(kind, taskCount).map { $0.map { scale * $0 } }
        let losses = WeightingLawTests.losses(taskCount).map { scale * $0 }
        for _ in 0..<4 {
          run.weigh(rows, losses: losses)
          #expect(run.result.refusal == nil)
          let weights = run.result.heads + run.sharedWeights
          #expect(weights.allSatisfy { $0.isFinite }, "\(kind) at \(scale): \(weights)")
          let direction = run.direction
          #expect(direction.allSatisfy { $0.isFinite }, "\(kind) at \(scale)")
          if kind == "zero" { #expect(direction.allSatisfy { $0 == 0 }, "at \(scale)") }
        }
      }
    }
  }

  @Test("one task follows a positive multiple of its gradient", arguments: LawStep.cases)
  func single(_ name: String) throws {
    let run = try LawStep(name, taskCount: 1)
    let rows = WeightingLawTests.general(1)
    for _ in 0..<3 {
      run.weigh(rows, losses: [2])
      let direction = run.direction
      let factor = direction[0] / rows[0][0]
      #expect(factor > 0)
      #expect(agree(direction, rows[0].map { factor * $0 }, 1e-9))
      #expect(run.result.heads[0] > 0)
    }
  }

  @Test("sum scale is the native answer times the sum factor", arguments: LawStep.cases)
  func scale(_ name: String) throws {
    let native = try LawStep(name, taskCount: 3)
    let scaled = try LawStep(name, taskCount: 3, scale: "sum")
    let factor = native.method.rule.sumFactor
    let rows = WeightingLawTests.general(3)
    let isLoss = type(of: native.method.rule).description.family == .loss
    for _ in 0..<3 {
      native.weigh(rows, losses: WeightingLawTests.losses(3))
      scaled.weigh(rows, losses: WeightingLawTests.losses(3))
      let expected = native.direction.map { factor * $0 }
      #expect(agree(scaled.direction, expected, 1e-12))
      let heads = native.result.heads.map { isLoss ? factor * $0 : $0 }
      #expect(agree(scaled.result.heads, heads, 1e-12))
    }
  }

  @Test(
    "methods whose weights have a fixed sum sum to the number of tasks on sum scale",
    arguments: [
      "equal", "static", "uw_so", "dwa", "rlw", "famo", "gradnorm", "mgda", "mgda_ub", "imtl_g",
      "moco", "modo", "sdmgrad", "excess_mtl",
    ].filter { LawStep.names.contains($0) },
    [1, 2, 3, 5]
  )
  func sums(_ name: String, _ taskCount: Int) throws {
    let run = try LawStep(name, taskCount: taskCount, scale: "sum")
    for _ in 0..<4 {
      run.weigh(
        WeightingLawTests.general(taskCount),
        losses: WeightingLawTests.losses(taskCount)
      )
      #expect(agree([run.result.shared.reduce(0, +)], [Double(taskCount)], 1e-12))
    }
  }

  @Test(
    "with a fixed sum the weights sum to the number of tasks, or the method is refused",
    arguments: LawStep.cases,
    [1, 2, 3, 5]
  )
  func fixedSum(_ name: String, _ taskCount: Int) throws {
    let plain = try LawStep(name, taskCount: taskCount, scale: "sum")
    guard !plain.method.rule.answersDirection else {
      #expect(throws: SettingsError.self) {
        try LawStep(name, taskCount: taskCount, scale: "fixed_sum")
      }
      return
    }
    let fixed = try LawStep(name, taskCount: taskCount, scale: "fixed_sum")
    for (index, kind) in WeightingLawTests.kinds.enumerated() {
      let rows = WeightingLawTests.rows(kind, taskCount)
      let losses = WeightingLawTests.losses(taskCount).map { $0 / Double(1 + index) }
      for run in [plain, fixed] { run.weigh(rows, losses: losses) }
      let wasPolicy = plain.result.isPolicy
      let isGrouped = !fixed.result.groupShared.isEmpty
      let sums = isGrouped ? groupSums(fixed.result, taskCount) : [fixed.result.weightSum]
      for sum in sums where wasPolicy || !fixed.result.isPolicy {
        #expect(agree([sum], [Double(taskCount)], 1e-12), "\(kind)")
      }
      // Another length, the same direction.
      guard !isGrouped, plain.result.weightSum > 0 else { continue }
      let factor = Double(taskCount) / plain.result.weightSum
      let expected = (0..<taskCount).map { plain.result.weight(of: $0) * factor }
      let found = (0..<taskCount).map { fixed.result.weight(of: $0) }
      #expect(agree(found, expected, 1e-9), "\(kind)")
    }
  }

  private func groupSums(_ result: StepWeights, _ taskCount: Int) -> [Double] {
    stride(from: 0, to: result.groupShared.count, by: taskCount).map {
      result.groupShared[$0..<$0 + taskCount].reduce(0, +)
    }
  }

  @Test("no step needs more than the first", arguments: LawStep.cases)
  func needs(_ name: String) throws {
    let run = try LawStep(name, taskCount: 3)
    let first = run.method.rule.needs
    for step in 0..<5 {
      run.weigh(
        WeightingLawTests.general(3),
        losses: WeightingLawTests.losses(3),
        endsEpoch: step == 2
      )
      let needs = run.method.rule.needs
      #expect(needs.kinds.isSubset(of: first.kinds))
      #expect(needs.parameterGroups == first.parameterGroups)
    }
  }

  @Test("the same seed gives the same answers", arguments: LawStep.cases)
  func repeats(_ name: String) throws {
    let first = try answers(name, seed: 5, order: [0, 1, 2])
    let second = try answers(name, seed: 5, order: [0, 1, 2])
    #expect(first.directions == second.directions)
    #expect(first.heads == second.heads)
  }

  @Test(
    "reordering tasks reorders weights where neither draws nor the order of the tasks are the rule",
    arguments: LawStep.cases.filter { !$0.hasSuffix("order: fixed") }
  )
  func reordering(_ name: String) throws {
    let plain = try answers(name, seed: 1, order: [0, 1, 2])
    for seed in UInt64(2)...8 {
      guard try answers(name, seed: seed, order: [0, 1, 2]).directions == plain.directions
      else { return }
    }
    let order = [2, 0, 1]
    let reordered = try answers(name, seed: 1, order: order)
    for step in plain.directions.indices {
      #expect(agree(reordered.directions[step], plain.directions[step], 1e-9))
      #expect(agree(reordered.heads[step], order.map { plain.heads[step][$0] }, 1e-9))
    }
  }

  /// Directions and heads of three steps, with the tasks in `order`.
  private func answers(
    _ name: String,
    seed: UInt64,
    order: [Int]
  ) throws -> (directions: [[Double]], heads: [[Double]]) {
    let run = try LawStep(name, taskCount: 3, seed: seed)
    var directions: [[Double]] = []
    var heads: [[Double]] = []
    for step in 0..<3 {
      let shrink = 1 - 0.2 * Double(step)
      let rows = WeightingLawTests.general(3).map { $0.map { shrink * $0 + 0.1 * Double(step) } }
      let losses = WeightingLawTests.losses(3)
      run.weigh(order.map { rows[$0] }, losses: order.map { losses[$0] }, endsEpoch: step == 1)
      directions.append(run.direction)
      heads.append(run.result.heads)
    }
    return (directions, heads)
  }

  @Test("a refused step leaves the method as it was", arguments: LawStep.cases)
  func refusal(_ name: String) throws {
    let interrupted = try LawStep(name, taskCount: 3)
    let smooth = try LawStep(name, taskCount: 3)
    let rows = WeightingLawTests.general(3)
    let losses = WeightingLawTests.losses(3)
    for run in [interrupted, smooth] { run.weigh(rows, losses: losses) }
    interrupted.weigh(rows, losses: [1, .nan, 1])
    #expect(interrupted.result.refusal == StepWeights.Refusal(task: 1, reason: .nonFinite))
    for run in [interrupted, smooth] { run.weigh(rows, losses: losses.map { 0.5 * $0 }) }
    #expect(interrupted.direction == smooth.direction)
    #expect(interrupted.result.heads == smooth.result.heads)
  }

  @Test("heads are weighted by the task weights, or refused", arguments: LawStep.cases)
  func weightedHeads(_ name: String) throws {
    guard try LawStep(name, taskCount: 3).method.rule.hasTaskWeights else {
      #expect(throws: SettingsError.self) {
        try LawStep(name, taskCount: 3, heads: "weighted")
      }
      return
    }
    let run = try LawStep(name, taskCount: 3, heads: "weighted")
    for _ in 0..<3 {
      run.weigh(WeightingLawTests.general(3), losses: WeightingLawTests.losses(3))
      #expect(run.result.heads == run.result.shared)
      #expect(run.result.heads.allSatisfy { $0.isFinite })
    }
  }

  @Test("a misspelt setting is refused with its line", arguments: LawStep.names)
  func misspelt(_ name: String) throws {
    do {
      _ = try LawStep.method(name, taskCount: 2, settings: "scale: sum\nhaeds: own")
      Issue.record("accepted")
    } catch {
      #expect("\(error)".hasPrefix("suite.yaml:2:1: unknown key 'haeds'; did you mean 'heads'?"))
    }
  }

  @Test(
    "every method describes itself, and names are unique",
    arguments: WeightingRegistry.all.indices
  )
  func descriptions(_ index: Int) {
    let type = WeightingRegistry.all[index]
    let description = type.description
    #expect(!description.idea.isEmpty && description.idea.hasSuffix("."))
    #expect(!description.formula.isEmpty && !description.source.isEmpty)
    #expect(!description.passes.isEmpty)
    #expect(WeightingRegistry.names.filter { $0 == type.name }.count == 1)
  }
}
