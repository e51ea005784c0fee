import Kernels
import Testing

@Suite("Convolutions")
struct ConvolutionTests {
  /// Images, kernels and pools that fill no vector, with and without borders and rests.
  static let shapes: [Convolution] = [
    (1, 6, 5, 2, 3, 1, 2), (1, 12, 12, 5, 5, 0, 2), (2, 7, 6, 7, 3, 0, 1), (3, 5, 9, 1, 2, 1, 1),
    (4, 4, 4, 3, 1, 0, 1), (5, 6, 6, 4, 3, 1, 2), (10, 6, 6, 20, 5, 0, 2), (17, 5, 5, 13, 3, 1, 1),
    (6, 9, 9, 2, 1, 0, 3), (1, 3, 2, 6, 2, 0, 1), (20, 3, 3, 11, 3, 1, 3), (33, 4, 3, 2, 2, 0, 1),
  ].map {
    Convolution(
      channels: $0.0,
      height: $0.1,
      width: $0.2,
      outputs: $0.3,
      kernel: $0.4,
      padding: $0.5,
      pool: $0.6
    )
  }

  /// One convolution of some images with everything that its passes keep.
  private struct Case {
    let shape: Convolution
    let kernels: KernelTable
    let rows: Int
    let x: MarkedWindow
    let weights: Matrix
    let bias: [Float]
    let y: MarkedWindow
    let winners: IndexBuffer
    let stride: Int

    init(_ set: InstructionSet, _ shape: Convolution, rows: Int, endsInReLU: Bool = false) {
      self.shape = shape
      self.rows = rows
      kernels = KernelTable(set)
      x = randomWindow(rows: rows, columns: shape.inputCount, seed: 1, lead: 3)
      weights = ConvolutionTests.randomMatrix(
        rows: shape.windowCount,
        columns: shape.outputs,
        seed: 2
      )
      bias = samples(shape.outputs + 16, seed: 3)
      y = MarkedWindow(rows: rows, columns: shape.outputCount, lead: 2)
      stride = shape.pool > 1 ? shape.outputCount : 0
      winners = IndexBuffer(count: max(rows * shape.outputCount, shape.positionCount))
      let scratch = FloatBuffer(count: shape.forwardScratchCount)
      kernels.convolve(
        shape,
        x.view,
        weights: weights.view,
        bias: bias,
        endsInReLU: endsInReLU,
        into: y.view,
        winners: shape.pool > 1 ? (winners.start, stride) : nil,
        scratch: scratch
      )
      if shape.pool == 1 {
        for (index, place) in shape.windowPlaces.enumerated() { winners.start[index] = place }
      }
    }

    /// Gradients of weights (and bias as the last row) and inputs for a gradient at the outputs.
    func gradients(_ d: MarkedWindow) -> (weights: Matrix, x: MarkedWindow) {
      let copies = FloatBuffer(count: shape.copyCount(rows: rows))
      kernels.layChannelsLast(shape, x.view, into: copies)
      let gradient = Matrix(rows: shape.windowCount + 1, columns: shape.outputs)
      let scratch = FloatBuffer(count: shape.backwardScratchCount)
      kernels.convolutionWeightGradient(
        shape,
        d.view,
        offsets: winners.start,
        offsetStride: stride,
        copies: copies,
        into: gradient.view.rows(0..<shape.windowCount),
        bias: gradient.view.start + shape.windowCount * gradient.stride,
        scratch: scratch
      )
      let laid = FloatBuffer(count: shape.kernelCount)
      kernels.layKernels(shape, weights: weights.view, into: laid)
      let target = MarkedWindow(rows: rows, columns: shape.inputCount, lead: 1) { _, _ in 0.5 }
      for accumulates in [false, true] {
        kernels.convolutionInputGradient(
          shape,
          d.view,
          offsets: winners.start,
          offsetStride: stride,
          kernels: laid,
          into: target.view,
          accumulates: accumulates,
          scratch: scratch
        )
      }
      return (gradient, target)
    }
  }

  /// What the definition says of one row: outputs before the pool, and where they look.
  private struct Reference {
    let shape: Convolution
    let made: Case
    let row: Int

    var rows: Int { shape.height + 2 * shape.padding - shape.kernel + 1 }
    var columns: Int { shape.width + 2 * shape.padding - shape.kernel + 1 }

    /// Calls `body` with every weight's row and every input's column of a window.
    func forEachInput(_ i: Int, _ j: Int, _ body: (_ weight: Int, _ input: Int) -> Void) {
      for c in 0..<shape.channels {
        for u in 0..<shape.kernel {
          for v in 0..<shape.kernel {
            let (y, x) = (i + u - shape.padding, j + v - shape.padding)
            guard y >= 0, y < shape.height, x >= 0, x < shape.width else { continue }
            body(
              (c * shape.kernel + u) * shape.kernel + v,
              (c * shape.height + y) * shape.width + x
            )
          }
        }
      }
    }

    func sum(_ output: Int, _ i: Int, _ j: Int) -> Double {
      var sum = Double(made.bias[output])
      forEachInput(i, j) { weight, input in
        sum += Double(made.weights[weight, output]) * Double(made.x[row, input])
      }
      return sum
    }

    /// The first largest of a pool's window.
    func winner(_ output: Int, _ i: Int, _ j: Int) -> (value: Double, i: Int, j: Int) {
      var best = (value: -Double.infinity, i: 0, j: 0)
      for part in 0..<shape.pool * shape.pool {
        let (y, x) = (i * shape.pool + part / shape.pool, j * shape.pool + part % shape.pool)
        let value = sum(output, y, x)
        if value > best.value { best = (value, y, x) }
      }
      return best
    }
  }

  private static func randomMatrix(rows: Int, columns: Int, seed: UInt64) -> Matrix {
    let matrix = Matrix(rows: rows, columns: columns)
    let values = samples(rows * columns, seed: seed)
    for row in 0..<rows {
      for column in 0..<columns { matrix[row, column] = values[row * columns + column] }
    }
    return matrix
  }

  @Test("outputs are the definition's", arguments: InstructionSet.supported, shapes)
  func forward(_ set: InstructionSet, _ shape: Convolution) {
    for (rows, endsInReLU) in [(1, false), (19, true)] {
      let made = Case(set, shape, rows: rows, endsInReLU: endsInReLU)
      for row in [0, rows - 1] {
        let reference = Reference(shape: shape, made: made, row: row)
        for place in 0..<shape.outputCount {
          let output = place / shape.positionCount
          let position = place % shape.positionCount
          let (i, j) = (position / shape.outputWidth, position % shape.outputWidth)
          var value = reference.winner(output, i, j).value
          if endsInReLU { value = max(0, value) }
          #expect(abs(Double(made.y[row, place]) - value) <= 1e-5 * Double(shape.windowCount))
        }
      }
      #expect(made.y.hasUntouchedSurroundings())
    }
  }

  @Test("gradients are the definition's", arguments: InstructionSet.supported, shapes)
  func backward(_ set: InstructionSet, _ shape: Convolution) {
    let rows = 18
    let made = Case(set, shape, rows: rows)
    let values = samples(rows * shape.outputCount, seed: 7)
    // A third of the outputs has none, as behind a ReLU.
    let d = MarkedWindow(rows: rows, columns: shape.outputCount) { row, column in
      let place = row * shape.outputCount + column
      return place % 3 == 1 ? 0 : values[place]
    }
    let (weights, x) = made.gradients(d)
    var expected = Array(
      repeating: Array(repeating: 0.0, count: shape.outputs),
      count: shape.windowCount + 1
    )
    for row in 0..<rows {
      let reference = Reference(shape: shape, made: made, row: row)
      var inputs = Array(repeating: 0.0, count: shape.inputCount)
      for place in 0..<shape.outputCount {
        let output = place / shape.positionCount
        let position = place % shape.positionCount
        let (i, j) = (position / shape.outputWidth, position % shape.outputWidth)
        let winner = reference.winner(output, i, j)
        let slope = Double(d[row, place])
        expected[shape.windowCount][output] += slope
        reference.forEachInput(winner.i, winner.j) { weight, input in
          expected[weight][output] += slope * Double(made.x[row, input])
          inputs[input] += slope * Double(made.weights[weight, output])
        }
      }
      for column in inputs.indices {
        // Stored once, added once.
        let bound = 1e-5 * Double(shape.outputs * shape.kernel * shape.kernel)
        #expect(abs(Double(x[row, column]) - 2 * inputs[column]) <= bound)
      }
    }
    for (row, numbers) in expected.enumerated() {
      for (output, number) in numbers.enumerated() {
        #expect(abs(Double(weights[row, output]) - number) <= 2e-5 * Double(shape.positionCount))
      }
      for padding in shape.outputs..<weights.stride {
        #expect(weights.view.start[row * weights.stride + padding] == 0)
      }
    }
    #expect(x.hasUntouchedSurroundings())
  }

  @Test("the same bits on every instruction set with a fused multiply-add", arguments: shapes)
  func sameBits(_ shape: Convolution) {
    let results = fusedSets.map { set in
      let made = Case(set, shape, rows: 21, endsInReLU: true)
      let d = MarkedWindow(rows: 21, columns: shape.outputCount) { made.y[$0, $1] - 0.3 }
      let (weights, x) = made.gradients(d)
      return made.y.elements + x.elements
        + (0..<weights.buffer.count).map {
          weights.buffer.start[$0]
        }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }
}
