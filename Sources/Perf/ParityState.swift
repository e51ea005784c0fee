import Glibc
import Kernels
import Networks
import Problems
import Settings
import Training
import Weighting

/// Writes out some steps of a piece of work so that another program can retrace them: the starting
/// parameters, the batches, the losses and the first gradient.
///
/// Every line is a name, a shape and numbers: `x 32 128 …`. Tensors are spelt [outputs][inputs],
/// as `torch.nn.Linear` has them.
struct ParityState {
  let work: Work
  let stepCount: Int

  func write() throws {
    let data = work.makeData()
    let tasks = TrainingTasks(data)
    let shape = NetworkShape(
      inputCount: work.inputCount,
      outputCounts: work.outputCounts,
      taskIndices: Array(work.tasks.indices),
      batchRows: work.batchRows
    )
    var network = SettingsReader(try YAMLReader.read("trunk: \(work.trunk)", file: "perf"))
    var optimizer = SettingsReader(try YAMLReader.read("optimizer: adam", file: "perf"))
    var method = SettingsReader(try YAMLReader.read("scale: sum", file: "perf"))
    let made = try NetworkRegistry.make(shape: shape, kernels: .best, settings: &network)
    made.initialize(seed: 1)
    let adam = try OptimizerRegistry.make(settings: &optimizer)
    let trainer = Trainer(
      network: made,
      tasks: tasks,
      optimizer: adam,
      method: try WeightingRegistry.make(
        "equal",
        context: MethodContext(made, tasks, adam, epochSteps: 100),
        settings: &method
      ),
      draws: WeightingDraws(RandomStream(seed: 1, purpose: .weighting)),
      kernels: .best
    )
    for tensor in made.tensors { writeTensor("parameter", tensor, made.parameters) }
    trainer.statistics.learningRate = 1e-3
    for step in 0..<stepCount {
      // Consecutive rows: what another program needs no sampler for.
      let first = step * work.batchRows % (work.rowCount - work.batchRows)
      let rows = (0..<work.batchRows).map { Int32(first + $0) }
      writeRows("inputs", data.train.inputs, rows)
      writeRows("targets", data.train.targets, rows)
      rows.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        precondition(trainer.step(StepBatches(main: start)) == nil, "step \(step) failed")
      }
      let losses = trainer.statistics.losses
      line("losses", [losses.count], losses.map { "\($0)" })
      if step == 0 {
        for tensor in made.tensors { writeTensor("gradient", tensor, made.gradient) }
      }
    }
  }

  private func writeTensor(_ kind: String, _ tensor: NamedTensor, _ values: FloatBuffer) {
    var numbers: [String] = []
    for output in 0..<tensor.outputCount {
      for input in 0..<tensor.inputCount {
        numbers.append("\(values.start[tensor.position(output: output, input: input)])")
      }
    }
    let shape = tensor.isBias ? [tensor.outputCount] : [tensor.outputCount, tensor.inputCount]
    line("\(kind).\(tensor.name)", shape, numbers)
  }

  private func writeRows(_ name: String, _ matrix: Matrix, _ rows: [Int32]) {
    let numbers = rows.flatMap { row in
      (0..<matrix.columns).map { "\(matrix[Int(row), $0])" }
    }
    line(name, [rows.count, matrix.columns], numbers)
  }

  private func line(_ name: String, _ shape: [Int], _ numbers: [String]) {
    let size = shape.map { "\($0)" }.joined(separator: "x")
    print(name, size, numbers.joined(separator: " "))
  }
}
