import Kernels
import Networks
import Testing

@Suite("Networks")
struct NetworkTests {
  private func values(_ network: Network, _ tensor: NamedTensor) -> [Float] {
    (0..<tensor.inputCount).flatMap { input in
      (0..<tensor.outputCount).map {
        network.parameters.start[tensor.position(output: $0, input: input)]
      }
    }
  }

  @Test("a head starts from the same values alone and beside others", arguments: NetworkCase.all)
  func headAlone(_ networkCase: NetworkCase) throws {
    let together = try networkCase.makeNetwork()
    for task in networkCase.tasks.indices {
      let alone = try networkCase.makeNetwork(taskIndices: [task])
      for tensor in alone.tensors {
        guard tensor.name.hasPrefix("heads.") else { continue }
        let name = tensor.name.replacing("heads.0.", with: "heads.\(task).")
        let same = try #require(together.tensors.first { $0.name == name })
        #expect(values(alone, tensor) == values(together, same), "\(name)")
      }
    }
  }

  @Test("starting values fill ±1/sqrt(inputs) and differ by seed", arguments: NetworkCase.all)
  func startingValues(_ networkCase: NetworkCase) throws {
    let network = try networkCase.makeNetwork(seed: 1)
    let other = try networkCase.makeNetwork(seed: 2)
    for tensor in network.tensors {
      let drawn = values(network, tensor)
      guard case .uniform(let width) = tensor.start else { continue }
      let bound = Float(width)
      #expect(drawn.allSatisfy { abs($0) <= bound && $0 != 0 })
      #expect(drawn != values(other, tensor))
    }
  }

  @Test("an evaluator computes what the training pass computes", arguments: NetworkCase.all)
  func evaluator(_ networkCase: NetworkCase) throws {
    let loaded = try LoadedNetwork(networkCase)
    let network = loaded.network
    // Evaluation takes the likeliest draw, and running statistics.
    guard !network.draws, network.states.isEmpty else { return }
    network.forward()
    // The batch again and again, over more rows than one pass of the evaluator takes.
    let batch = network.input
    let repeats = 300 / batch.rows + 1
    let inputs = Matrix(rows: repeats * batch.rows, columns: batch.columns)
    for row in 0..<inputs.rows {
      for column in 0..<batch.columns {
        inputs[row, column] = batch.start[row % batch.rows * batch.stride + column]
      }
    }
    let evaluator = network.makeEvaluator(rowCount: inputs.rows)
    evaluator.evaluate(inputs.view)
    for (task, output) in evaluator.outputs.enumerated() {
      let expected = network.outputs(of: task)
      for row in 0..<output.rows {
        for column in 0..<output.columns {
          let value = expected.start[row % batch.rows * expected.stride + column]
          #expect(output.start[row * output.stride + column] == value)
        }
      }
    }
  }
}
