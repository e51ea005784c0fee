import Kernels
import Problems
import Testing

/// Task gradients at the shared layer of a small network: tanh or ReLU units, no biases.
private struct SharedLayer {
  let inputCount: Int
  let width: Int
  /// Shape [width][inputCount].
  var weights: [[Double]]

  init(inputCount: Int, width: Int, seed: UInt64) {
    self.inputCount = inputCount
    self.width = width
    var stream = RandomStream(seed: seed, purpose: .initialization)
    let deviation = 1 / Double(inputCount).squareRoot()
    weights = (0..<width).map { _ in
      (0..<inputCount).map { _ in deviation * stream.normal() }
    }
  }

  /// Gradient of the mean squared error of a task whose output is 0, for the given head.
  func gradient(_ data: ProblemData, task: Int, head: [Double], mean: Double) -> [Double] {
    let part = data.train
    var gradient = Array(repeating: 0.0, count: width * inputCount)
    for row in 0..<part.rowCount {
      let x = (0..<inputCount).map { Double(part.inputs[row, $0]) }
      let residual = mean - Double(part.targets[row, task])
      for k in 0..<width {
        var sum = 0.0
        for i in 0..<inputCount { sum += weights[k][i] * x[i] }
        if sum <= 0 { continue }
        for i in 0..<inputCount {
          gradient[k * inputCount + i] += 2 * residual * head[k] * x[i] / Double(part.rowCount)
        }
      }
    }
    return gradient
  }
}

private func product(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}

@Suite("conflict")
struct ConflictProblemTests {
  @Test(
    "where heads are alike and the offset is learned, gradients have the cosine and the norms asked",
    arguments: [-1, -0.5, 0, 0.5, 1],
    [1.0, 4]
  )
  func cosine(_ relatedness: Double, _ scale: Double) throws {
    let yaml = """
      relatedness: \(relatedness)
      scale: \(scale)
      inputs: 6
      noise: 0
      train: 6000
      """
    let data = try makeProblem("conflict", yaml).makeData(seed: 1)
    let layer = SharedLayer(inputCount: 6, width: 12, seed: 2)
    let head = Array(repeating: 1.0, count: 12)
    let a = layer.gradient(data, task: 0, head: head, mean: 4)
    let b = layer.gradient(data, task: 1, head: head, mean: 4 * scale)
    let cosine = product(a, b) / (product(a, a) * product(b, b)).squareRoot()
    let ratio = (product(b, b) / product(a, a)).squareRoot()
    // Gradients are means over 6000 rows; sines of frequency 2 leave a signal of about a tenth of
    // the residual, hence sampling errors of about a tenth.
    #expect(abs(cosine - relatedness) < 0.15)
    #expect(abs(ratio / scale - 1) < 0.25)
  }

  @Test("full agreement makes the second target a multiple of the first")
  func agreement() throws {
    let data = try makeProblem("conflict", "relatedness: 1\nscale: 2\nnoise: 0").makeData(seed: 1)
    let first = data.train.targets.column(0)
    #expect(data.train.targets.column(1) == first.map { 2 * $0 })
  }

  @Test("full opposition mirrors the second target at the offset")
  func opposition() throws {
    let yaml = "relatedness: -1\nscale: 1\noffset: 0\nnoise: 0"
    let data = try makeProblem("conflict", yaml).makeData(seed: 1)
    let first = data.train.targets.column(0)
    #expect(data.train.targets.column(1) == first.map { -$0 })
  }

  @Test("the mean predictor has the loss of the sines and the noise")
  func knownLoss() throws {
    let yaml = "relatedness: 0\nscale: 3\nnoise: 0.5\ntrain: 8000"
    let data = try makeProblem("conflict", yaml).makeData(seed: 1)
    let outputs = Matrix(rows: 8000, columns: 1)
    for (i, scale) in [1.0, 3].enumerated() {
      for row in 0..<8000 { outputs[row, 0] = Float(4 * scale) }
      let loss = TaskMetrics(
        task: data.tasks[i],
        outputs: outputs.view,
        targets: data.targets(ofTask: i, in: .train)
      ).value(.loss)
      // Variance 1 of the sines and 0.25 of the noise; 8000 rows, relative sd about 0.01.
      #expect(abs(loss / (1.25 * scale * scale) - 1) < 0.05)
    }
  }
}
