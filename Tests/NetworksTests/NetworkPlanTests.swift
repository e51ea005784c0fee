import Kernels
import Testing

@testable import Networks

@Suite("Plans of networks")
struct NetworkPlanTests {
  /// The graph of hard sharing, with its nodes trunk.0, trunk.2, the fan, and what heads go on with.
  private func hard(heads: [Int], tasks: Int = 2) -> NetworkGraph {
    var builder = NetworkBuilder(
      input: .columns(5),
      outputCounts: Array(repeating: 3, count: tasks),
      trunk: DenseTrunk(widths: [6, 7], activation: .relu),
      heads: HeadWidths(heads, .relu)
    )
    HardSharing().build(&builder)
    return builder.graph
  }

  @Test("hard sharing with linear heads: trunk shared, fan own, one product each")
  func linearHeads() {
    let plan = NetworkPlan(hard(heads: []))
    #expect(plan.isShared == [true, true, false])
    // Rows padded to 16: (5 + 1), (6 + 1) and (7 + 1) of them.
    #expect(plan.places == [0, 96, 208])
    #expect(plan.sharedCount == 208 && plan.parameterCount == 208 + 8 * 16)
    #expect(plan.lastRanges == [96..<208] && plan.topWires == [2] && plan.representation == 2)
    #expect(plan.ownPasses == [[], []] && plan.finish == [.parameters(node: 2)])
    #expect(plan.scaledWires == [[3], [4]] && plan.passedNodes == [[], []])
    let trunk: [NetworkPlan.Step] = [
      .parameters(node: 1), .input(node: 1, input: 0, .only), .parameters(node: 0),
    ]
    #expect(plan.sumPass == [.input(node: 2, input: 0, .only)] + trunk)
    #expect(plan.taskPasses[1] == [.part(node: 2, part: 1, .only)] + trunk)
    #expect(plan.beginnings[0] == [.part(node: 2, part: 0, .only), .parameters(node: 1)])
    #expect(plan.continuation == Array(trunk.dropFirst()))
    #expect(plan.representationPasses[0] == [.part(node: 2, part: 0, .first)])
    #expect(plan.fromRepresentation == [.close(wire: 2)] + trunk)
    // Transposed weights: not of the first layer, whose input's gradient nobody takes.
    #expect(plan.prepared == [1, 2])
  }

  @Test("deeper heads: own passes end at the fan, whose parameters wait for the factors")
  func deeperHeads() {
    let plan = NetworkPlan(hard(heads: [4]))
    #expect(plan.ownPasses[1] == [.parameters(node: 4), .input(node: 4, input: 0, .only)])
    #expect(plan.finish == [.parameters(node: 2)])
    #expect(plan.passedNodes == [[3], [4]])
    // The fan of 2 x 16 columns, then each head's (4 + 1) rows.
    #expect(plan.places == [0, 96, 208, 208 + 8 * 32, 208 + 8 * 32 + 5 * 16])
  }

  @Test("alone, a task's own layers are those that it would not share")
  func alone() {
    let pair = hard(heads: [])
    let plan = NetworkPlan(
      hard(heads: [], tasks: 1),
      sharedPaths: NetworkPlan(pair).sharedPaths(in: pair)
    )
    #expect(plan.isShared == [true, true, false] && plan.representation == 2)
    #expect(plan.sumPass == plan.taskPasses[0])
  }

  /// Two tasks on a diamond: a layer, two parallel ones on it, each read by both heads.
  private var diamond: NetworkGraph {
    var builder = NetworkBuilder(
      input: .columns(5),
      outputCounts: [1, 1],
      trunk: DenseTrunk(widths: [], activation: .relu),
      heads: HeadWidths([], .relu)
    )
    let below = builder.dense(builder.input, 4, .relu, path: "below", .common)
    let left = builder.dense(below, 4, .relu, path: "left", .common)
    let right = builder.dense(below, 4, .relu, path: "right", .common)
    var graph = builder.graph
    for task in 0..<2 {
      let node = NodeDraft(
        path: "head.\(task)",
        inputs: [left, right],
        parameterCount: 16,
        make: { DenseLayer($0) }
      )
      graph.outputs[task] = graph.add(node, form: .columns(1), ending: .linear).index
    }
    return graph
  }

  @Test("gradients of several readers are added up and closed")
  func severalReaders() {
    let plan = NetworkPlan(diamond)
    #expect(plan.isShared == [true, true, true, false, false])
    #expect(
      plan.representation == nil && plan.lastRanges == [96..<176, 176..<256]
        && plan.topWires == [3, 2]
    )
    #expect(
      plan.taskPasses[1] == [
        .input(node: 4, input: 1, .only), .parameters(node: 2),
        .input(node: 4, input: 0, .only), .parameters(node: 1),
        .input(node: 1, input: 0, .first), .input(node: 2, input: 0, .more), .close(wire: 1),
        .parameters(node: 0),
      ]
    )
    #expect(
      plan.sumPass.prefix(4) == [
        .input(node: 3, input: 1, .first), .input(node: 4, input: 1, .more), .close(wire: 3),
        .parameters(node: 2),
      ]
    )
    #expect(plan.continuation == Array(plan.taskPasses[1].suffix(4)))
    #expect(plan.scaledWires == [[4], [5]])
  }
}
