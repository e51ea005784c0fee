import Glibc
import Kernels
import Networks
import Problems
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
    let trainer = try work.makeTrainer("equal", data)
    let made = trainer.network
    for tensor in made.tensors { writeTensor("parameter", tensor, made.parameters) }
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
    let isVector = tensor.isBias && tensor.inputCount == 1
    let shape = isVector ? [tensor.outputCount] : [tensor.outputCount, tensor.inputCount]
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
