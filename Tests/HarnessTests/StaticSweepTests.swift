import Settings
import Testing

@testable import Harness

@Suite("The sweep of fixed weights")
struct StaticSweepTests {
  private func sweep(_ yaml: String) throws -> StaticSweep {
    var reader = SettingsReader(try YAMLReader.read(yaml, file: "sweep"))
    return try StaticSweep(settings: &reader)
  }

  @Test("two tasks begin with half decades of the ratio, three with whole ones")
  func grid() throws {
    #expect(try sweep("{}").grid(taskCount: 2) == (-3...3).map { [$0] })
    #expect(try sweep("range: 10").grid(taskCount: 2) == (-2...2).map { [$0] })
    #expect(try sweep("levels: 4").grid(taskCount: 2) == (-2...2).map { [$0] })
    #expect(try sweep("levels: 3").grid(taskCount: 2) == [[-1], [0], [1]])
    #expect(try sweep("{}").grid(taskCount: 3).count == 9)
    #expect(try sweep("{}").grid(taskCount: 3).first == [-1, -1])
  }

  @Test("a best point inside asks for no more, one at an end for the next on that side")
  func widening() throws {
    let sweep = try sweep("{range: 10, limit: 100}")
    let tried = sweep.grid(taskCount: 2)
    #expect(sweep.neighbours(of: [1], beside: tried) == [])
    #expect(!sweep.isAtBorder([1], of: tried))
    #expect(sweep.neighbours(of: [2], beside: tried) == [[3]])
    #expect(sweep.neighbours(of: [-2], beside: tried) == [[-3]])
    #expect(sweep.isAtBorder([2], of: tried))
    // A hundred is four half decades: there is no fifth.
    #expect(sweep.neighbours(of: [4], beside: tried + [[3], [4]]) == [])
    #expect(sweep.isAtBorder([4], of: tried + [[3], [4]]))
  }

  @Test("with three tasks the points beside the next one come along")
  func wideningOfThree() throws {
    let sweep = try sweep("{}")
    let more = sweep.neighbours(of: [1, 0], beside: sweep.grid(taskCount: 3))
    #expect(more == [[2, -1], [2, 0], [2, 1]])
  }

  @Test("units of one weigh every task by one over its single-task loss")
  func weights() {
    // 1/0.5 and 1/1.5 are as 3 to 1, and sum to 2.
    #expect(StaticSweep.weights(units: [1, 1], losses: [0.5, 1.5]) == [1.5, 0.5])
    #expect(StaticSweep.weights(units: [1, 3], losses: [0.5, 1.5]) == [1, 1])
    #expect(StaticSweep.units(weights: [1, 1], losses: [0.5, 1.5]) == [0.25, 0.75])
    // A loss of 0 next to another counts as 1e-9 of it.
    #expect(StaticSweep.weights(units: [1, 1], losses: [0, 1]) == [2, 2e-9])
    #expect(StaticSweep.weights(units: [1, 1], losses: [0, 0]) == [1, 1])
  }

  @Test("exponents are half decades of two tasks and decades of three")
  func units() throws {
    let sweep = try sweep("{}")
    #expect(sweep.units([2]) == [10, 1])
    #expect(abs(sweep.units([1])[0] - 10.0.squareRoot()) < 1e-14)
    #expect(sweep.units([-1, 2]) == [0.1, 100, 1])
    #expect(StaticSweep.text(sweep.units([2])) == "10:1")
    #expect(StaticSweep.text(sweep.units([-3])) == "1:31.6")
    #expect(StaticSweep.text(sweep.units([-1, 1])) == "1:100:10")
  }

  @Test("many tasks draw units within a factor of ten of one, the same every time")
  func random() throws {
    let sweep = try sweep("{}")
    let units = sweep.randomUnits(taskCount: 8, count: 50)
    #expect(units.count == 50 && units.allSatisfy { $0.count == 8 })
    #expect(units.joined().allSatisfy { $0 >= 0.1 && $0 <= 10 })
    #expect(units.joined().contains { $0 > 5 } && units.joined().contains { $0 < 0.2 })
    #expect(units == sweep.randomUnits(taskCount: 8, count: 50))
  }
}
