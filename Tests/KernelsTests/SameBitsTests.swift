import Kernels
import Testing

@Suite("Same bits")
struct SameBitsTests {
  @Test("on every instruction set with a fused multiply-add, as recorded")
  func recorded() {
    for set in fusedSets {
      let hash = Self.trainedBits(KernelTable(set))
      #expect(hash == 12_879_088_375_556_488_274, "\(set)")
    }
  }

  @Test("whatever the order of runs")
  func repeated() {
    for set in InstructionSet.supported {
      #expect(Self.trainedBits(KernelTable(set)) == Self.trainedBits(KernelTable(set)))
    }
  }

  /// A hash of all numbers of a small training that uses every loop: two tasks on one hidden
  /// layer, a tanh in between, the tasks' gradients combined by their Gram matrix.
  private static func trainedBits(_ kernels: KernelTable) -> UInt64 {
    let (batch, inputs, width) = (24, 37, 45)
    let x = randomMatrix(rows: 60, columns: inputs, seed: 1)
    let weights = randomMatrix(rows: inputs + 1, columns: width, seed: 2)
    let head = randomMatrix(rows: width, columns: 7, seed: 3)
    let targets = randomMatrix(rows: batch, columns: 3, seed: 4)
    let labels = Matrix(rows: batch, columns: 1)
    for r in 0..<batch { labels[r, 0] = r % 5 == 4 ? .nan : Float(r % 4) }
    let (xBatch, headTransposed) = (
      Matrix(rows: batch, columns: inputs), Matrix(rows: 7, columns: width)
    )
    let (h, d) = (Matrix(rows: batch, columns: width), Matrix(rows: batch, columns: width))
    let (z, dz) = (Matrix(rows: batch, columns: 7), Matrix(rows: batch, columns: 7))
    let count = weights.buffer.count
    let gradients = Matrix(rows: 2, columns: count)
    let (first, second) = (FloatBuffer(count: count), FloatBuffer(count: count))
    let slices = ParameterSlices(
      count: count,
      values: weights.buffer.start,
      firstMoment: first.start,
      secondMoment: second.start
    )
    var hash = Hash()
    var stream = RandomStream(seed: 1, purpose: .batches)
    var gram = [Double](repeating: 0, count: 4)
    for t in 1...6 {
      let rows = (0..<batch).map { _ in Int32(stream.below(60)) }
      kernels.gather(rows, count: batch, of: x.view, into: xBatch.view, prefetching: rows)
      let layer = weights.view.rows(0..<inputs)
      let bias = weights.view.rows(inputs..<inputs + 1)
      kernels.multiply(xBatch.view, layer, into: h.view, end: .bias(bias.start))
      kernels.tanh(h.view)
      kernels.multiply(h.view, head.view, into: z.view, end: .store)
      let losses = [
        kernels.softmaxCrossEntropy(
          logits: z.view.columns(0..<4),
          labels: BatchTargets(labels.view),
          gradient: dz.view.columns(0..<4),
          mayMiss: true
        ),
        kernels.huberError(
          outputs: z.view.columns(4..<7),
          targets: BatchTargets(targets.view),
          gradient: dz.view.columns(4..<7),
          delta: 1
        ),
      ]
      kernels.transpose(head.view, into: headTransposed.view)
      for (k, columns) in [0..<4, 4..<7].enumerated() {
        kernels.multiply(
          dz.view.columns(columns),
          headTransposed.view.rows(columns),
          into: d.view,
          end: .store
        )
        kernels.maskByTanh(d.view, output: h.view)
        let gradient = MatrixView(
          start: gradients.view.rows(k..<k + 1).start,
          rows: inputs,
          columns: width,
          stride: 48
        )
        kernels.multiplyTransposed(xBatch.view, d.view, into: gradient, end: .store)
        kernels.columnSums(d.view, into: gradient.start + inputs * 48)
      }
      kernels.gramian(gradients.view, into: &gram)
      let weightsOfTasks = [1, Float((gram[0] / gram[3]).squareRoot())]
      kernels.adamCombining(
        slices,
        gradients: gradients.view,
        weights: weightsOfTasks,
        AdamStep(
          learningRate: 0.01,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          correction1: 1 - Portable.pow(0.9, Double(t)),
          correction2: 1 - Portable.pow(0.999, Double(t))
        )
      )
      for value in losses.map(\.mean) + gram { hash.add(value.bitPattern) }
    }
    for i in 0..<count { hash.add(UInt64(weights.buffer.start[i].bitPattern)) }
    return hash.value
  }

  private static func randomMatrix(rows: Int, columns: Int, seed: UInt64) -> Matrix {
    let matrix = Matrix(rows: rows, columns: columns)
    let values = samples(rows * columns, seed: seed)
    for r in 0..<rows {
      for c in 0..<columns { matrix[r, c] = values[r * columns + c] }
    }
    return matrix
  }
}

/// The hash of Fowler, Noll and Vo over 64-bit words.
private struct Hash {
  var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ word: UInt64) {
    value = (value ^ word) &* 0x100_0000_01b3
  }
}
